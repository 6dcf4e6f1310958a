import Box from '@material-ui/core/Box';
import Checkbox from '@material-ui/core/Checkbox';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import FormLabel from '@material-ui/core/FormLabel';
import { Checklist } from 'backstage-plugin-break-glass-common';
import { useId } from 'react';
import { useText } from '../../translation';

const ITEMS = ['ended', 'matchesReason', 'rotated', 'lessons'] as const;

/** What the reviewer confirms, item by item. */
export const ChecklistFields = (props: {
  checklist: Checklist;
  onChange: (checklist: Checklist) => void;
}) => {
  const { checklist, onChange } = props;
  const t = useText();
  const id = useId();
  return (
    <Box
      mt={2}
      display="flex"
      flexDirection="column"
      role="group"
      aria-labelledby={id}
    >
      <FormLabel id={id} component="span">
        {t('review.checklist')}
      </FormLabel>
      {ITEMS.map(item => (
        <FormControlLabel
          key={item}
          label={t(`review.${item}`)}
          control={
            <Checkbox
              color="primary"
              size="small"
              checked={checklist[item]}
              onChange={event =>
                onChange({ ...checklist, [item]: event.target.checked })
              }
            />
          }
        />
      ))}
    </Box>
  );
};

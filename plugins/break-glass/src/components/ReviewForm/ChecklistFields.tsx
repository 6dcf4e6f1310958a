import Box from '@material-ui/core/Box';
import Checkbox from '@material-ui/core/Checkbox';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import FormLabel from '@material-ui/core/FormLabel';
import { useId } from 'react';
import { useText } from '../../translation';

/** What the reviewer confirms, item by item. */
export function ChecklistFields<K extends string>(props: {
  items: { item: K; label: string }[];
  checklist: Record<K, boolean>;
  onChange: (checklist: Record<K, boolean>) => void;
}) {
  const { items, checklist, onChange } = props;
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
      {items.map(({ item, label }) => (
        <FormControlLabel
          key={item}
          label={label}
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
}

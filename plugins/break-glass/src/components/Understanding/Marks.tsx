import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import { Understanding } from 'backstage-plugin-break-glass-common';
import { useText } from '../../translation';
import { Section } from './Section';

/** Sensitive calls by their rule; each leads to the sensitive events of the timeline. */
export const Marks = (props: {
  marks: Understanding['marks'];
  onShow: () => void;
}) => {
  const { marks, onShow } = props;
  const t = useText();
  return marks.length > 0 ? (
    <Section title={t('understanding.marks')}>
      {marks.map(({ rule, title, why, events }) => (
        <Box key={rule} mb={1}>
          <Alert severity="warning">
            <Button
              size="small"
              color="inherit"
              variant="outlined"
              onClick={onShow}
              aria-label={t('understanding.markShow', {
                title,
                events: String(events),
              })}
            >
              {title} · {events}
            </Button>
            <Typography variant="body2">{why}</Typography>
          </Alert>
        </Box>
      ))}
    </Section>
  ) : null;
};

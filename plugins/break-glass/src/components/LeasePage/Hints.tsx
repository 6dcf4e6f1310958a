import Box from '@material-ui/core/Box';
import Alert from '@material-ui/lab/Alert';
import { Hint } from 'backstage-plugin-break-glass-common';

/** What to weigh before deciding. */
export const Hints = (props: { hints: Hint[] }) => (
  <>
    {props.hints.map(hint => (
      <Box key={hint.code} mb={2}>
        <Alert severity="warning">{hint.message}</Alert>
      </Box>
    ))}
  </>
);

import Typography from '@material-ui/core/Typography';
import { ForeignText } from '../shared';

/** A named value of a log record. */
export const DetailLine = (props: { name: string; value: string }) => (
  <Typography variant="body2">
    <strong>{props.name}</strong>: <ForeignText text={props.value} />
  </Typography>
);

import Typography from '@material-ui/core/Typography';
import { Explanation } from 'backstage-plugin-break-glass-common';

/** Why somebody cannot do something, reason by reason. */
export const Reasons = (props: {
  title: string;
  reasons: Explanation['reasons'];
}) => (
  <>
    <Typography variant="body2">{props.title}</Typography>
    {props.reasons.map(reason => (
      <Typography key={reason.code} variant="body2">
        {reason.message}
      </Typography>
    ))}
  </>
);

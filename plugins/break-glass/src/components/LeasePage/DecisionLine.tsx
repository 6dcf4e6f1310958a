import Typography from '@material-ui/core/Typography';
import { Decision } from 'backstage-plugin-break-glass-common';
import { useText } from '../../translation';
import { Instant, PeopleText, PersonName } from '../shared';

/** Who decided what, when, and why. */
export function DecisionLine(props: { decision: Decision }) {
  const { by, verdict, comment, at } = props.decision;
  const t = useText();
  return (
    <>
      <Typography variant="body2">
        <PersonName by={by} />{' '}
        {verdict === 'approve' ? t('lease.approvedBy') : t('lease.rejectedBy')}{' '}
        <Instant at={at} />
      </Typography>
      {comment && <PeopleText text={comment} />}
    </>
  );
}

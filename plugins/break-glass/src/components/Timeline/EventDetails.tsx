import Box from '@material-ui/core/Box';
import { makeStyles } from '@material-ui/core/styles';
import Alert from '@material-ui/lab/Alert';
import { ActivityEvent } from 'backstage-plugin-break-glass-common';
import { useText } from '../../translation';
import { ForeignText } from '../shared';
import { DetailLine } from './DetailLine';
import { EventRecord } from './EventRecord';

const useStyles = makeStyles(
  theme => ({
    root: { padding: theme.spacing(1, 2, 2) },
  }),
  { name: 'BreakGlassEventDetails' },
);

/** What is known of one event: marks, error, resources, and the redacted record. */
export const EventDetails = (props: {
  event: ActivityEvent;
  leaseId?: string;
}) => {
  const { event, leaseId } = props;
  const classes = useStyles();
  const t = useText();
  return (
    <div className={classes.root}>
      {event.sensitive.map(mark => (
        <Box key={mark.rule} mb={1}>
          <Alert severity="warning">
            {t('timeline.why')}: <ForeignText text={mark.why} />
          </Alert>
        </Box>
      ))}
      {event.profileHint && (
        <Box mb={1}>
          <Alert severity="info">
            {t('timeline.profileHint', { profile: event.profileHint })}
          </Alert>
        </Box>
      )}
      {(event.errorCode || event.errorMessage) && (
        <DetailLine
          name={t('timeline.error')}
          value={[event.errorCode, event.errorMessage]
            .filter(Boolean)
            .join(': ')}
        />
      )}
      <DetailLine
        name={t('timeline.resources')}
        value={event.resources.join(', ') || t('timeline.none')}
      />
      <DetailLine name={t('timeline.region')} value={event.region} />
      {event.accountId && (
        <DetailLine name={t('timeline.account')} value={event.accountId} />
      )}
      {event.alsoIn && event.alsoIn.length > 0 && (
        <DetailLine
          name={t('timeline.alsoIn')}
          value={event.alsoIn.join(', ')}
        />
      )}
      {event.sourceIp && (
        <DetailLine name={t('timeline.from')} value={event.sourceIp} />
      )}
      {event.userAgent && (
        <DetailLine name={t('timeline.agent')} value={event.userAgent} />
      )}
      {leaseId && <EventRecord leaseId={leaseId} eventId={event.id} />}
    </div>
  );
};

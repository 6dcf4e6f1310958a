import Box from '@material-ui/core/Box';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import { ActivityEvent } from 'backstage-plugin-break-glass-common';
import { useBreakGlassQuery } from '../../hooks/useBreakGlassQuery';
import { useText } from '../../translation';
import { CodeBlock, CopyButton, ErrorState, Shape } from '../shared';

const useStyles = makeStyles(
  theme => ({
    root: { padding: theme.spacing(1, 2, 2) },
    line: { overflowWrap: 'anywhere' },
  }),
  { name: 'BreakGlassEventDetails' },
);

/** What is known of one event: marks, error, resources, and the redacted record. */
export const EventDetails = (props: {
  event: ActivityEvent;
  leaseId: string;
}) => {
  const { event, leaseId } = props;
  const classes = useStyles();
  const t = useText();
  return (
    <div className={classes.root}>
      {event.sensitive.map(mark => (
        <Box key={mark.rule} mb={1}>
          <Alert severity="warning">
            {t('timeline.why')}: {mark.why}
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
        <Line
          name={t('timeline.error')}
          value={[event.errorCode, event.errorMessage]
            .filter(Boolean)
            .join(': ')}
        />
      )}
      <Line
        name={t('timeline.resources')}
        value={event.resources.join(', ') || t('timeline.none')}
      />
      <Line name={t('timeline.region')} value={event.region} />
      {event.sourceIp && (
        <Line name={t('timeline.from')} value={event.sourceIp} />
      )}
      {event.userAgent && (
        <Line name={t('timeline.agent')} value={event.userAgent} />
      )}
      <Record leaseId={leaseId} eventId={event.id} />
    </div>
  );
};

function Line(props: { name: string; value: string }) {
  const classes = useStyles();
  return (
    <Typography variant="body2" className={classes.line}>
      <strong>{props.name}</strong>: {props.value}
    </Typography>
  );
}

function Record(props: { leaseId: string; eventId: string }) {
  const t = useText();
  const { data, error, refetch } = useBreakGlassQuery('getActivityRecord', {
    params: { id: props.leaseId, eventId: props.eventId },
  });
  if (!data) {
    return error === undefined ? (
      <Shape heights={[60]} />
    ) : (
      <ErrorState error={error} onRetry={refetch} />
    );
  }
  return (
    <>
      <Json
        title={t('timeline.parameters')}
        value={data.record.requestParameters}
      />
      <Json
        title={t('timeline.response')}
        value={data.record.responseElements}
      />
      <Json title={t('timeline.raw')} value={data.record} copy />
    </>
  );
}

function Json(props: { title: string; value: unknown; copy?: boolean }) {
  const { title, value, copy } = props;
  const t = useText();
  if (value === undefined || value === null) {
    return <Line name={title} value={t('timeline.none')} />;
  }
  const text = JSON.stringify(value, null, 2);
  return (
    <Box mt={1}>
      <Typography variant="subtitle2" component="h4">
        {title} {copy && <CopyButton text={text} />}
      </Typography>
      <CodeBlock label={title} text={text} />
    </Box>
  );
}

import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useText } from '../../translation';
import { ForeignText, Instant, PeopleText, PersonName } from '../shared';
import { EventRow } from './EventRow';
import { TimelineRow } from './timelineRows';

const useStyles = makeStyles(
  theme => ({
    milestone: {
      padding: theme.spacing(1),
      borderLeft: `4px solid ${theme.palette.primary.main}`,
    },
    session: {
      padding: theme.spacing(1),
      marginTop: theme.spacing(1),
      borderBottom: `1px solid ${theme.palette.divider}`,
      overflowWrap: 'anywhere',
    },
  }),
  { name: 'BreakGlassTimelineRow' },
);

/** One line of the timeline. */
export const TimelineRowView = (props: {
  row: TimelineRow;
  leaseId: string;
  open: boolean;
  onToggle: (key: string) => void;
}) => {
  const { row, leaseId, open, onToggle } = props;
  const classes = useStyles();
  switch (row.kind) {
    case 'milestone':
      return (
        <div className={classes.milestone}>
          <Milestone entry={row.entry} />
        </div>
      );
    case 'session':
      return (
        <div className={classes.session}>
          <SessionHead row={row} />
        </div>
      );
    default:
      return (
        <EventRow
          event={row.event}
          leaseId={leaseId}
          open={open}
          rowKey={row.key}
          onToggle={onToggle}
        />
      );
  }
};

function Milestone(props: {
  entry: Extract<TimelineRow, { kind: 'milestone' }>['entry'];
}) {
  const { entry } = props;
  const t = useText();
  if (entry.kind === 'decision') {
    const { by, verdict, comment } = entry.decision;
    return (
      <>
        <Typography variant="body2">
          <strong>
            {verdict === 'approve'
              ? t('timeline.approved')
              : t('timeline.rejectedDecision')}
          </strong>{' '}
          <PersonName by={by} /> · <Instant at={entry.at} />
        </Typography>
        {comment && <PeopleText text={comment} />}
      </>
    );
  }
  return (
    <>
      <Typography variant="body2">
        <strong>{t(`timeline.lease.${entry.what}`)}</strong>
        {entry.by && (
          <>
            {' '}
            <PersonName by={entry.by} />
          </>
        )}
        {' · '}
        <Instant at={entry.at} />
      </Typography>
      {entry.comment && <PeopleText text={entry.comment} />}
    </>
  );
}

function SessionHead(props: {
  row: Extract<TimelineRow, { kind: 'session' }>;
}) {
  const { session, at, count, continued } = props.row;
  const t = useText();
  return (
    <>
      <Typography variant="subtitle2" component="h3">
        {session
          ? t(`timeline.sessionType.${session.type}`)
          : t('timeline.noSession')}
        {' · '}
        {continued && `${t('timeline.continued')} · `}
        {t('timeline.events', { count })}
      </Typography>
      {session && !continued && (
        <Typography variant="caption" component="p">
          <Instant at={at} /> · <ForeignText text={session.sessionName} />
          {session.accessKeyId && ` · ${session.accessKeyId}`} ·{' '}
          {t(`states.session.${session.state}`)}
        </Typography>
      )}
    </>
  );
}

import { makeStyles } from '@material-ui/core/styles';
import ExpandLessIcon from '@material-ui/icons/ExpandLess';
import ExpandMoreIcon from '@material-ui/icons/ExpandMore';
import ReportIcon from '@material-ui/icons/ReportProblemOutlined';
import { ActivityEvent } from 'backstage-plugin-break-glass-common';
import { memo, useId } from 'react';
import { useText } from '../../translation';

import { exactWords, ForeignText, ToneChip } from '../shared';
import { isReading } from './accessLevels';
import { EventDetails } from './EventDetails';

const useStyles = makeStyles(
  theme => ({
    root: { borderBottom: `1px solid ${theme.palette.divider}` },
    head: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(0.5, 1),
      width: '100%',
      padding: theme.spacing(0.75, 1),
      font: 'inherit',
      color: 'inherit',
      textAlign: 'left',
      background: 'none',
      border: 0,
      cursor: 'pointer',
      '&:hover': { backgroundColor: theme.palette.action.hover },
      '&:focus-visible': {
        outline: `2px solid ${theme.palette.primary.main}`,
        outlineOffset: -2,
      },
    },
    time: {
      ...theme.typography.body2,
      fontVariantNumeric: 'tabular-nums',
    },
    name: {
      ...theme.typography.body2,
      flex: '1 1 220px',
      minWidth: 0,
      overflowWrap: 'anywhere',
    },
    // All on one line, or all below the name.
    marks: {
      display: 'inline-flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(0.5, 1),
    },
    mark: { color: theme.palette.warning.main },
  }),
  { name: 'BreakGlassEventRow' },
);

/** One event: when, what, its level, and its marks; it opens to its details. */
export const EventRow = memo(
  (props: {
    event: ActivityEvent;
    /** Whose raw record can be asked for; absent where none is kept. */
    leaseId?: string;
    open: boolean;
    rowKey: string;
    onToggle: (key: string) => void;
  }) => {
    const { event, leaseId, open, rowKey, onToggle } = props;
    const classes = useStyles();
    const t = useText();
    const id = useId();
    return (
      <div className={classes.root} data-testid="timeline-event">
        <button
          type="button"
          className={classes.head}
          aria-expanded={open}
          aria-controls={open ? id : undefined}
          onClick={() => onToggle(rowKey)}
        >
          <time
            className={classes.time}
            dateTime={event.at}
            title={exactWords(event.at)}
          >
            {event.at.slice(11, 19)}
          </time>
          <span className={classes.name}>
            <strong>
              <ForeignText text={`${event.service}:${event.action}`} />
            </strong>{' '}
            {event.resources[0] && <ForeignText text={event.resources[0]} />}
          </span>
          <span className={classes.marks}>
            {event.viaConsole && (
              <ToneChip tone="quiet" label={t('timeline.viaConsole')} />
            )}
            {event.chained && (
              <ToneChip tone="waiting" label={t('timeline.chained')} />
            )}
            <ToneChip
              tone={isReading(event.accessLevel) ? 'quiet' : 'waiting'}
              label={t(`states.accessLevel.${event.accessLevel}`)}
            />
            {event.refused && (
              <ToneChip tone="bad" label={t('timeline.refusedMark')} />
            )}
            {event.sensitive.length > 0 && (
              <ReportIcon
                className={classes.mark}
                fontSize="small"
                titleAccess={t('timeline.sensitive')}
              />
            )}
            {open ? (
              <ExpandLessIcon fontSize="small" />
            ) : (
              <ExpandMoreIcon fontSize="small" />
            )}
          </span>
        </button>
        {open && (
          <div id={id}>
            <EventDetails event={event} leaseId={leaseId} />
          </div>
        )}
      </div>
    );
  },
);

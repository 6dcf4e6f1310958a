import { makeStyles, Theme } from '@material-ui/core/styles';
import {
  ApprovalKind,
  LeaseStatus,
  ReviewState,
} from 'backstage-plugin-break-glass-common';
import { useText } from '../../translation';

type Tone = 'good' | 'waiting' | 'bad' | 'quiet';

const useStyles = makeStyles(
  (theme: Theme) => ({
    chip: {
      display: 'inline-flex',
      alignItems: 'center',
      gap: theme.spacing(0.75),
      maxWidth: '100%',
      minHeight: 24,
      padding: theme.spacing(0, 1),
      fontSize: '0.8125rem',
      verticalAlign: 'middle',
      color: theme.palette.text.primary,
      border: `1px solid ${
        theme.palette.type === 'light'
          ? theme.palette.grey[400]
          : theme.palette.grey[600]
      }`,
      borderRadius: 12,
    },
    dot: { flexShrink: 0, width: 8, height: 8, borderRadius: '50%' },
    good: { backgroundColor: theme.palette.success.main },
    waiting: { backgroundColor: theme.palette.warning.main },
    bad: { backgroundColor: theme.palette.error.main },
    quiet: { backgroundColor: theme.palette.text.disabled },
  }),
  { name: 'BreakGlassStateChip' },
);

const LEASE_TONES: Record<LeaseStatus, Tone> = {
  pending: 'waiting',
  scheduled: 'waiting',
  active: 'good',
  rejected: 'bad',
  cancelled: 'quiet',
  lapsed: 'quiet',
  expired: 'quiet',
  ended: 'quiet',
  revoked: 'bad',
};

const REVIEW_TONES: Record<ReviewState, Tone> = {
  none: 'quiet',
  collecting: 'waiting',
  open: 'waiting',
  accepted: 'good',
  flagged: 'bad',
};

/** A word with a coloured dot: the word carries the meaning, the colour repeats it. */
export const ToneChip = (props: { tone: Tone; label: string }) => {
  const classes = useStyles();
  return (
    <span className={classes.chip}>
      <span className={`${classes.dot} ${classes[props.tone]}`} aria-hidden />
      <span>{props.label}</span>
    </span>
  );
};

/** The state of a lease. */
export const LeaseStateChip = (props: { status: LeaseStatus }) => {
  const t = useText();
  return (
    <ToneChip
      tone={LEASE_TONES[props.status]}
      label={t(`states.lease.${props.status}`)}
    />
  );
};

/** The state of the review of a lease. */
export const ReviewStateChip = (props: { state: ReviewState }) => {
  const t = useText();
  return (
    <ToneChip
      tone={REVIEW_TONES[props.state]}
      label={t(`states.review.${props.state}`)}
    />
  );
};

/** Label of leases that came to be active without people deciding (I1); nothing for the others. */
export const ApprovalKindChip = (props: { kind: ApprovalKind }) => {
  const t = useText();
  return props.kind === 'people' ? null : (
    <ToneChip tone="bad" label={t(`states.approvalKind.${props.kind}`)} />
  );
};

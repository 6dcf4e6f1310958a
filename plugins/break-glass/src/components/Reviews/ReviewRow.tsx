import Checkbox from '@material-ui/core/Checkbox';
import Typography from '@material-ui/core/Typography';
import { LeaseSummary } from 'backstage-plugin-break-glass-common';
import { useText } from '../../translation';
import {
  Instant,
  LeaseRow,
  OpenLeaseButton,
  ReviewStateChip,
  ToneChip,
} from '../shared';
import { canBulk } from './bulk';
import { RiskWords } from './RiskWords';

const EVIDENCE_TONES = {
  collecting: 'waiting',
  complete: 'good',
  'logs-missing': 'bad',
} as const;

/** One lease in the queue: when it is due, how far the logs are, what stands out, and who took it on. */
export const ReviewRow = (props: {
  lease: LeaseSummary;
  /** Entity reference of the person who looks at the queue. */
  viewer?: string;
  selected: boolean;
  onSelect: (selected: boolean) => void;
}) => {
  const { lease, viewer, selected, onSelect } = props;
  const { state, overdue, evidence } = lease.review;
  const t = useText();
  const names = {
    person: lease.requester.displayName,
    account: lease.account.title,
  };
  return (
    <LeaseRow
      lease={lease}
      showRequester
      before={
        canBulk(lease) && (
          <Checkbox
            color="primary"
            size="small"
            checked={selected}
            onChange={event => onSelect(event.target.checked)}
            inputProps={{ 'aria-label': t('reviews.select', names) }}
          />
        )
      }
      state={
        <>
          <ReviewStateChip state={state} />
          {overdue && <ToneChip tone="bad" label={t('reviews.overdue')} />}
          {evidence && evidenceAdds(lease) && (
            <ToneChip
              tone={EVIDENCE_TONES[evidence]}
              label={t(`reviews.evidence.${evidence}`)}
            />
          )}
        </>
      }
      side={
        <>
          <Standing lease={lease} viewer={viewer} />
          <OpenLeaseButton leaseId={lease.id} label={t('reviews.open')} />
        </>
      }
    />
  );
};

function Standing(props: { lease: LeaseSummary; viewer?: string }) {
  const { lease, viewer } = props;
  const { dueAt, risk } = lease.review;
  const t = useText();
  return (
    <div>
      <Typography variant="body2">
        {lease.sessionCount === 0
          ? t('reviews.noSessions')
          : t('reviews.sessions', { count: lease.sessionCount })}
        {dueAt && (
          <>
            {' · '}
            {t('reviews.due')} <Instant at={dueAt} />
          </>
        )}
      </Typography>
      {risk && lease.sessionCount > 0 && <RiskWords risk={risk} />}
      <Typography variant="caption" component="p">
        <Reviewer lease={lease} viewer={viewer} />
      </Typography>
    </div>
  );
}

function Reviewer(props: { lease: LeaseSummary; viewer?: string }) {
  const { reviewer } = props.lease.review;
  const t = useText();
  if (!reviewer) {
    return <>{t('reviews.unassigned')}</>;
  }
  return (
    <>
      {props.viewer === reviewer.ref
        ? t('reviews.yours')
        : t('reviews.takenBy', { person: reviewer.displayName })}
    </>
  );
}

/** Whether the state of the evidence says more than that of the review does. */
function evidenceAdds({ sessionCount, review }: LeaseSummary): boolean {
  return (
    sessionCount > 0 &&
    !(review.state === 'collecting' && review.evidence === 'collecting')
  );
}

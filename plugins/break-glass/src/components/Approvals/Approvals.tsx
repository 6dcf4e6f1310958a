import Typography from '@material-ui/core/Typography';
import { LeaseSummary } from 'backstage-plugin-break-glass-common';
import { useNow } from '../../hooks/useNow';
import { useText } from '../../translation';
import {
  Instant,
  LeaseQueue,
  LeaseRow,
  LeaseStateChip,
  OpenLeaseButton,
  ToneChip,
} from '../shared';

/** A request that lapses sooner than this, in milliseconds, is marked. */
const URGENT_MS = 60 * 60_000;
const EVERY_MS = 30_000;

/** Requests that the caller may decide, oldest first. */
export const Approvals = () => {
  const t = useText();
  return (
    <LeaseQueue
      view="approvals"
      title={t('approvals.title')}
      emptyTitle={t('approvals.empty')}
      emptyHint={t('approvals.emptyHint')}
      order={oldestFirst}
      row={lease => <ApprovalRow key={lease.id} lease={lease} />}
    />
  );
};

function ApprovalRow(props: { lease: LeaseSummary }) {
  const { lease } = props;
  const t = useText();
  const { extensionAsked, expiresAt } = lease;
  const decidedBy = extensionAsked && expiresAt ? expiresAt : lease.lapsesAt;
  const urgent = Date.parse(decidedBy) - useNow(EVERY_MS) < URGENT_MS;
  return (
    <LeaseRow
      lease={lease}
      showRequester
      state={
        urgent ? (
          <ToneChip tone="bad" label={t('approvals.urgent')} />
        ) : (
          <LeaseStateChip status={lease.status} />
        )
      }
      side={
        <>
          <Typography variant="body2">
            {t('role.asked')} <Instant at={lease.requestedAt} />
            {' · '}
            {t('role.lapses')} <Instant at={decidedBy} />
          </Typography>
          <OpenLeaseButton leaseId={lease.id} label={t('approvals.open')} />
        </>
      }
    />
  );
}

function oldestFirst(leases: LeaseSummary[]): LeaseSummary[] {
  return [...leases].sort(
    (a, b) => Date.parse(a.requestedAt) - Date.parse(b.requestedAt),
  );
}

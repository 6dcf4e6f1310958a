import { LinkButton } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import Typography from '@material-ui/core/Typography';
import { LeaseSummary } from 'backstage-plugin-break-glass-common';
import { useLeaseList } from '../../hooks/useLeaseList';
import { useNow } from '../../hooks/useNow';
import { leaseRouteRef } from '../../routes';
import { useText } from '../../translation';
import {
  Instant,
  LeaseRow,
  LeaseRows,
  LeaseStateChip,
  ListState,
  Nothing,
} from '../shared';
import { ToneChip } from '../shared/StateChip';

/** A request that lapses sooner than this, in milliseconds, is marked. */
const URGENT_MS = 60 * 60_000;
const EVERY_MS = 30_000;

/** Requests that the caller may decide, oldest first. */
export const Approvals = () => {
  const t = useText();
  const list = useLeaseList({ view: 'approvals' });
  return (
    <ListState
      list={list}
      empty={
        <Nothing title={t('approvals.empty')} hint={t('approvals.emptyHint')} />
      }
    >
      {items => (
        <>
          <Typography variant="h6" component="h2" gutterBottom>
            {t('approvals.title')}
          </Typography>
          <LeaseRows label={t('approvals.title')}>
            {oldestFirst(items).map(lease => (
              <ApprovalRow key={lease.id} lease={lease} />
            ))}
          </LeaseRows>
        </>
      )}
    </ListState>
  );
};

function ApprovalRow(props: { lease: LeaseSummary }) {
  const { lease } = props;
  const t = useText();
  const leaseRoute = useRouteRef(leaseRouteRef);
  const urgent = Date.parse(lease.lapsesAt) - useNow(EVERY_MS) < URGENT_MS;
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
            {t('role.lapses')} <Instant at={lease.lapsesAt} />
          </Typography>
          <LinkButton
            to={leaseRoute({ id: lease.id })}
            variant="outlined"
            color="primary"
            size="small"
          >
            {t('approvals.open')}
          </LinkButton>
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

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
  ListState,
  Nothing,
  ReviewStateChip,
} from '../shared';
import { ToneChip } from '../shared/StateChip';

const EVERY_MS = 60_000;

/** Leases that wait for the caller's review, with due dates and the state of their evidence. */
export const Reviews = () => {
  const t = useText();
  const list = useLeaseList({ view: 'reviews' });
  return (
    <ListState
      list={list}
      empty={
        <Nothing title={t('reviews.empty')} hint={t('reviews.emptyHint')} />
      }
    >
      {items => (
        <>
          <Typography variant="h6" component="h2" gutterBottom>
            {t('reviews.title')}
          </Typography>
          <LeaseRows label={t('reviews.title')}>
            {items.map(lease => (
              <ReviewRow key={lease.id} lease={lease} />
            ))}
          </LeaseRows>
        </>
      )}
    </ListState>
  );
};

function ReviewRow(props: { lease: LeaseSummary }) {
  const { lease } = props;
  const t = useText();
  const leaseRoute = useRouteRef(leaseRouteRef);
  const { dueAt, state } = lease.review;
  const now = useNow(EVERY_MS);
  const overdue = dueAt !== undefined && Date.parse(dueAt) < now;
  return (
    <LeaseRow
      lease={lease}
      showRequester
      state={
        <>
          <ReviewStateChip state={state} />
          {overdue && <ToneChip tone="bad" label={t('reviews.overdue')} />}
        </>
      }
      side={
        <>
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
          <LinkButton
            to={leaseRoute({ id: lease.id })}
            variant="outlined"
            color="primary"
            size="small"
          >
            {t('reviews.open')}
          </LinkButton>
        </>
      }
    />
  );
}

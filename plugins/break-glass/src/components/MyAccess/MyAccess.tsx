import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import Box from '@material-ui/core/Box';
import Typography from '@material-ui/core/Typography';
import { LeaseSummary } from 'backstage-plugin-break-glass-common';
import { ReactNode } from 'react';
import { useLeaseList } from '../../hooks/useLeaseList';
import { leaseRouteRef } from '../../routes';
import { useText } from '../../translation';
import { LeaseControls } from '../LeaseControls';
import {
  Countdown,
  Instant,
  LeaseRow,
  Rows,
  LeaseStateChip,
  ListState,
  Nothing,
} from '../shared';
import { RequestAgain } from './RequestAgain';

/** The caller's own leases: active with countdowns, waiting, and past. */
export const MyAccess = () => {
  const t = useText();
  const list = useLeaseList({ view: 'mine' });
  return (
    <ListState
      list={list}
      empty={<Nothing title={t('mine.empty')} hint={t('mine.emptyHint')} />}
    >
      {items => <Groups items={items} onChanged={list.refetch} />}
    </ListState>
  );
};

function Groups(props: { items: LeaseSummary[]; onChanged: () => void }) {
  const { items, onChanged } = props;
  const t = useText();
  const active = items.filter(lease => lease.status === 'active');
  const waiting = items.filter(
    lease => lease.status === 'pending' || lease.status === 'scheduled',
  );
  const past = items.filter(
    lease => !active.includes(lease) && !waiting.includes(lease),
  );
  return (
    <>
      <Group
        title={t('mine.active')}
        none={t('mine.noneActive')}
        leases={active}
        side={lease => <OpenSide lease={lease} onChanged={onChanged} />}
      />
      <Group
        title={t('mine.waiting')}
        none={t('mine.noneWaiting')}
        leases={waiting}
        side={lease => <OpenSide lease={lease} onChanged={onChanged} />}
      />
      <Group
        title={t('mine.past')}
        none={t('mine.nonePast')}
        leases={past}
        side={lease => (
          <>
            <Typography variant="body2">
              <Instant at={lease.closedAt ?? lease.requestedAt} />
            </Typography>
            <Box
              display="flex"
              flexWrap="wrap"
              alignItems="center"
              gridGap={12}
            >
              <RequestAgain lease={lease} onRequested={onChanged} />
              <LeaseLink lease={lease} />
            </Box>
          </>
        )}
      />
    </>
  );
}

function Group(props: {
  title: string;
  none: string;
  leases: LeaseSummary[];
  side: (lease: LeaseSummary) => ReactNode;
}) {
  const { title, none, leases, side } = props;
  return (
    <Box mb={3}>
      <Typography variant="h6" component="h2" gutterBottom>
        {title}
      </Typography>
      {leases.length === 0 && <Typography variant="body2">{none}</Typography>}
      <Rows label={title}>
        {leases.map(lease => (
          <LeaseRow
            key={lease.id}
            lease={lease}
            state={<LeaseStateChip status={lease.status} />}
            side={side(lease)}
          />
        ))}
      </Rows>
    </Box>
  );
}

function OpenSide(props: { lease: LeaseSummary; onChanged: () => void }) {
  const { lease, onChanged } = props;
  const t = useText();
  return (
    <>
      <Typography variant="body2">
        {lease.status === 'active' && lease.expiresAt ? (
          <>
            {t('common.timeLeft')}{' '}
            <strong>
              <Countdown until={lease.expiresAt} onOver={onChanged} />
            </strong>
          </>
        ) : (
          <Waiting lease={lease} />
        )}
      </Typography>
      <LeaseControls
        lease={{
          id: lease.id,
          status: lease.status,
          account: lease.account,
        }}
        canIssue={!lease.issuingStopped}
        onChanged={onChanged}
      />
      <LeaseLink lease={lease} />
    </>
  );
}

function Waiting(props: { lease: LeaseSummary }) {
  const { lease } = props;
  const t = useText();
  const startAt = lease.activeFrom ?? lease.term.startAt;
  if (lease.status === 'scheduled' && startAt) {
    return (
      <>
        {t('role.starts')} <Instant at={startAt} withClock />
      </>
    );
  }
  return (
    <>
      {t('role.asked')} <Instant at={lease.requestedAt} />
      {' · '}
      {t('role.lapses')} <Instant at={lease.lapsesAt} />
    </>
  );
}

function LeaseLink(props: { lease: LeaseSummary }) {
  const t = useText();
  const leaseRoute = useRouteRef(leaseRouteRef);
  return (
    <Link to={leaseRoute({ id: props.lease.id })}>{t('role.viewLease')}</Link>
  );
}

import { Link } from '@backstage/core-components';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import Typography from '@material-ui/core/Typography';
import { LeaseDetail } from 'backstage-plugin-break-glass-common';
import { useText } from '../../translation';
import {
  durationWords,
  Fact,
  Facts,
  Instant,
  PeopleText,
  PersonName,
  PolicyInWords,
  StickyFacts,
} from '../shared';

/** What the lease is for and what it covers: the reason first, and always in sight. */
export const LeaseFacts = (props: { lease: LeaseDetail }) => {
  const { lease } = props;
  const t = useText();
  return (
    <StickyFacts>
      <Facts>
        <Fact name={t('lease.reason')}>
          <PeopleText text={lease.reason} />
        </Fact>
        <Fact name={t('lease.ticket')}>
          <Ticket ticket={lease.ticket} url={lease.ticketUrl} />
        </Fact>
        <Fact name={t('lease.account')}>
          <div>
            <EntityRefLink entityRef={lease.account.ref}>
              {lease.account.title}
            </EntityRefLink>
          </div>
          <div>
            <code>{lease.account.accountId}</code> · {lease.account.partition} ·{' '}
            {lease.account.region}
          </div>
        </Fact>
        <Fact name={t('lease.role')}>{lease.role.title}</Fact>
        <Fact name={t('lease.profile')}>{lease.profile.title}</Fact>
        <Parameters lease={lease} />
        <Term lease={lease} />
        <Closing lease={lease} />
      </Facts>
      <Typography variant="subtitle2" component="h2">
        <strong>{t('lease.policy')}</strong>
      </Typography>
      <PolicyInWords {...lease.policy} />
    </StickyFacts>
  );
};

function Ticket(props: { ticket?: string; url?: string }) {
  const { ticket, url } = props;
  const t = useText();
  if (!ticket) {
    return <>{t('lease.noTicket')}</>;
  }
  return url ? <Link to={url}>{ticket}</Link> : <>{ticket}</>;
}

function Parameters(props: { lease: LeaseDetail }) {
  const t = useText();
  const parameters = Object.entries(props.lease.profile.parameters);
  return parameters.length === 0 ? null : (
    <Fact name={t('lease.parameters')}>
      {parameters.map(([name, value]) => (
        <span key={name} style={{ display: 'block' }}>
          {name}: <code>{value}</code>
        </span>
      ))}
    </Fact>
  );
}

function Term(props: { lease: LeaseDetail }) {
  const { lease } = props;
  const t = useText();
  return (
    <>
      <Fact name={t('lease.duration')}>
        {durationWords(lease.term.durationMinutes, t)}
      </Fact>
      <Fact name={t('lease.start')}>
        {startOf(lease) ? (
          <Instant at={startOf(lease)!} withClock={!lease.closedAt} />
        ) : (
          t('lease.startNow')
        )}
      </Fact>
      {lease.expiresAt && !lease.closedAt && (
        <Fact name={t('lease.ends')}>
          <Instant at={lease.expiresAt} withClock />
        </Fact>
      )}
      {lease.status === 'pending' && (
        <Fact name={t('lease.lapses')}>
          <Instant at={lease.lapsesAt} withClock />
        </Fact>
      )}
    </>
  );
}

function Closing(props: { lease: LeaseDetail }) {
  const { lease } = props;
  const t = useText();
  return lease.closedAt ? (
    <Fact name={t(`states.lease.${lease.status}`)}>
      <Instant at={lease.closedAt} />
      {lease.closedBy && (
        <>
          {' '}
          {t('lease.closedBy')} <PersonName by={lease.closedBy} />
        </>
      )}
      {lease.closeComment && <PeopleText text={lease.closeComment} />}
    </Fact>
  ) : null;
}

function startOf(lease: LeaseDetail): string | undefined {
  return lease.activeFrom ?? lease.term.startAt;
}

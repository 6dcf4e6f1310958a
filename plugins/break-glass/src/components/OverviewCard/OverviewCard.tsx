import { stringifyEntityRef } from '@backstage/catalog-model';
import { InfoCard } from '@backstage/core-components';
import { useEntity } from '@backstage/plugin-catalog-react';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { LeaseSummary } from 'backstage-plugin-break-glass-common';
import { ReactNode } from 'react';
import { useBreakGlassQuery } from '../../hooks/useBreakGlassQuery';
import { useText } from '../../translation';
import { ErrorState, Instant, Shape } from '../shared';

const useStyles = makeStyles(
  theme => ({
    facts: {
      display: 'grid',
      gridTemplateColumns: '1fr auto',
      gap: theme.spacing(1, 2),
      margin: 0,
    },
    value: { margin: 0, textAlign: 'right' },
  }),
  { name: 'BreakGlassOverviewCard' },
);

/** Card of an account: active leases now, the last break glass, overdue reviews. */
export const OverviewCard = () => {
  const { entity } = useEntity();
  const classes = useStyles();
  const t = useText();
  const accountRef = stringifyEntityRef(entity);
  const { data, error, refetch } = useBreakGlassQuery('listLeases', {
    query: { accountRef, limit: 100 },
  });
  if (!data) {
    return (
      <InfoCard title={t('account.cardTitle')}>
        {error === undefined ? (
          <Shape heights={[20, 20, 20]} />
        ) : (
          <ErrorState error={error} onRetry={refetch} />
        )}
      </InfoCard>
    );
  }
  const facts = overviewOf(data.items, Date.now());
  const more = data.nextCursor ? '+' : '';
  return (
    <InfoCard title={t('account.cardTitle')}>
      <dl className={classes.facts}>
        <Fact name={t('account.cardActive')}>{facts.active}</Fact>
        <Fact name={t('account.cardLast')}>
          {facts.last ? <Instant at={facts.last} /> : t('account.cardNever')}
        </Fact>
        <Fact name={t('account.cardOverdue')}>
          {facts.overdue}
          {more}
        </Fact>
      </dl>
    </InfoCard>
  );
};

function Fact(props: { name: string; children: ReactNode }) {
  const classes = useStyles();
  return (
    <>
      <Typography component="dt" variant="body2">
        {props.name}
      </Typography>
      <Typography component="dd" variant="body2" className={classes.value}>
        <strong>{props.children}</strong>
      </Typography>
    </>
  );
}

/** Counts over leases of one account; `now` in milliseconds. */
export function overviewOf(leases: LeaseSummary[], now: number) {
  const starts = leases.flatMap(lease => lease.activeFrom ?? []);
  return {
    active: leases.filter(lease => lease.status === 'active').length,
    last: starts.reduce<string | undefined>(
      (latest, at) =>
        Date.parse(at) <= now &&
        (!latest || Date.parse(at) > Date.parse(latest))
          ? at
          : latest,
      undefined,
    ),
    overdue: leases.filter(({ review }) => review.overdue).length,
  };
}

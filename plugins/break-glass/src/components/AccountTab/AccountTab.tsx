import { getCompoundEntityRef } from '@backstage/catalog-model';
import { InfoCard } from '@backstage/core-components';
import { useEntity } from '@backstage/plugin-catalog-react';
import Grid from '@material-ui/core/Grid';
import {
  AccountDetail,
  AccountRole,
} from 'backstage-plugin-break-glass-common';
import { useBreakGlassQuery } from '../../hooks/useBreakGlassQuery';
import { useText } from '../../translation';
import { ErrorState, Nothing, ReadableTheme, Shape } from '../shared';
import { PanicNotices } from '../Panic';
import { UnbrokeredNotice } from '../Unbrokered';
import { AccountHeader } from './AccountHeader';
import { AccountHistory } from './AccountHistory';
import { AccountProblems } from './AccountProblems';
import { RoleCard } from './RoleCard';

/** The tab "Break Glass" of an account entity. */
export const AccountTab = () => (
  <ReadableTheme>
    <AccountOfEntity />
  </ReadableTheme>
);

function AccountOfEntity() {
  const { entity } = useEntity();
  const { kind, namespace, name } = getCompoundEntityRef(entity);
  const params = {
    kind: kind.toLocaleLowerCase('en-US'),
    namespace: namespace.toLocaleLowerCase('en-US'),
    name: name.toLocaleLowerCase('en-US'),
  };
  const { data, error, loading, refetch } = useBreakGlassQuery('getAccount', {
    params,
  });
  if (data) {
    return (
      <div data-testid="break-glass-account">
        {error !== undefined && <ErrorState error={error} onRetry={refetch} />}
        <AccountBody account={data} onChanged={refetch} />
      </div>
    );
  }
  if (loading) {
    return <Shape heights={[96, 180, 180, 240]} />;
  }
  return <ErrorState error={error} onRetry={refetch} />;
}

function AccountBody(props: { account: AccountDetail; onChanged: () => void }) {
  const { account, onChanged } = props;
  const t = useText();
  const blocked = account.problems.length > 0;
  // A lease that is open already can be ended whatever is wrong with the account (I4).
  const roles = inOrderOfUse(account.roles).filter(
    role => !blocked || role.openLeases.length > 0,
  );
  return (
    <Grid container spacing={3}>
      <Grid item xs={12}>
        <AccountHeader account={account} />
        <PanicNotices stops={account.stops} />
        <UnbrokeredNotice accountRef={account.ref} />
      </Grid>
      {blocked && (
        <Grid item xs={12}>
          <AccountProblems problems={account.problems} />
        </Grid>
      )}
      {roles.map(role => (
        <Grid item xs={12} md={6} key={role.id}>
          <RoleCard
            account={account}
            role={role}
            blocked={blocked}
            onChanged={onChanged}
          />
        </Grid>
      ))}
      {!blocked && roles.length === 0 && (
        <Grid item xs={12}>
          <Nothing
            title={t('account.noRoles')}
            hint={t('account.noRolesHint')}
          />
        </Grid>
      )}
      <Grid item xs={12}>
        <InfoCard title={t('account.history')}>
          <AccountHistory accountRef={account.ref} />
        </InfoCard>
      </Grid>
    </Grid>
  );
}

/** What the viewer came for first: open leases, what they may ask for, what they may use, and the rest. */
export function inOrderOfUse(roles: AccountRole[]): AccountRole[] {
  const rank = ({ openLeases, eligible, access }: AccountRole) => {
    if (openLeases.length > 0) {
      return 0;
    }
    if (!eligible.allowed) {
      return 3;
    }
    return access === 'lease' ? 1 : 2;
  };
  return [...roles].sort((a, b) => rank(a) - rank(b));
}

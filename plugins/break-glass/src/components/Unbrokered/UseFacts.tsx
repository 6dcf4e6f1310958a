import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { UnbrokeredDetail } from 'backstage-plugin-break-glass-common';
import { leaseRouteRef } from '../../routes';
import { useText } from '../../translation';
import { Fact, Facts, ForeignText, Instant, StickyFacts } from '../shared';

/** What the record says of an unbrokered use. */
export const UseFacts = (props: { use: UnbrokeredDetail }) => {
  const { use } = props;
  const t = useText();
  return (
    <StickyFacts>
      <Facts>
        <Fact name={t('unbrokered.who')}>
          <ForeignText text={use.principal} />
        </Fact>
        <Foreign
          name={t('unbrokered.emergencyUser')}
          value={use.emergencyUser}
        />
        <Fact name={t('unbrokered.account')}>
          {use.account.ref ? (
            <EntityRefLink entityRef={use.account.ref}>
              {use.account.title}
            </EntityRefLink>
          ) : (
            use.account.title
          )}
          <div>
            <code>{use.account.accountId}</code> · {use.account.partition}
          </div>
        </Fact>
        {(use.role || use.roleArn) && (
          <Fact name={t('unbrokered.role')}>
            {use.role?.title}
            {use.roleArn && (
              <div>
                <ForeignText text={use.roleArn} />
              </div>
            )}
          </Fact>
        )}
        <Foreign name={t('unbrokered.sessionName')} value={use.sessionName} />
        <LeaseName leaseId={use.leaseId} />
        <Fact name={t('unbrokered.when')}>
          <Instant at={use.at} withClock />
        </Fact>
        <Fact name={t('unbrokered.found')}>
          <Instant at={use.foundAt} /> {t(`unbrokered.via.${use.via}`)}
        </Fact>
        <Foreign name={t('unbrokered.sourceIp')} value={use.sourceIp} />
        <Foreign name={t('unbrokered.userAgent')} value={use.userAgent} />
      </Facts>
    </StickyFacts>
  );
};

function Foreign(props: { name: string; value?: string }) {
  return props.value ? (
    <Fact name={props.name}>
      <ForeignText text={props.value} />
    </Fact>
  ) : null;
}

function LeaseName(props: { leaseId?: string }) {
  const t = useText();
  const leaseRoute = useRouteRef(leaseRouteRef);
  return props.leaseId ? (
    <Fact name={t('unbrokered.lease')}>
      <Link to={leaseRoute({ id: props.leaseId })}>
        {t('unbrokered.openLease')}
      </Link>
      <div>{t('unbrokered.notThatLease')}</div>
    </Fact>
  ) : null;
}

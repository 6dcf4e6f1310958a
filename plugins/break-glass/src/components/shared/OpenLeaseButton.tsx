import { LinkButton } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { leaseRouteRef } from '../../routes';

/** Leads from a queue to the page of a lease. */
export const OpenLeaseButton = (props: { leaseId: string; label: string }) => {
  const leaseRoute = useRouteRef(leaseRouteRef);
  return (
    <LinkButton
      to={leaseRoute({ id: props.leaseId })}
      variant="outlined"
      color="primary"
      size="small"
    >
      {props.label}
    </LinkButton>
  );
};

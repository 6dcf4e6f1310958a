import { createPermissionResourceRef } from '@backstage/plugin-permission-node';
import { RESOURCE_TYPE_LEASE } from 'backstage-plugin-break-glass-common';
import { LeaseRow } from '../../database/types';

/** What a rule asks of the database; each list means "one of". */
export interface LeaseQueryFilter {
  requesters?: string[];
  beneficiaries?: string[];
  accountOwners?: string[];
  accountRefs?: string[];
  roleIds?: string[];
  statuses?: string[];
}

/** Leases, for the permission framework. */
export const leaseResourceRef = createPermissionResourceRef<
  LeaseRow,
  LeaseQueryFilter
>().with({
  pluginId: 'break-glass',
  resourceType: RESOURCE_TYPE_LEASE,
});

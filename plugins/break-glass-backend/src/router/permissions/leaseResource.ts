import { createPermissionResourceRef } from '@backstage/plugin-permission-node';
import { RESOURCE_TYPE_LEASE } from 'backstage-plugin-break-glass-common';
import { ApprovalPolicyConfig } from '../../config/types';
import { LeaseCriterion, LeaseRow, Millis } from '../../database/types';

/** A lease as rules look at it: with the time, and the policies in force. */
export interface LeaseResource {
  row: LeaseRow;
  now: Millis;
  approvalPolicies: ApprovalPolicyConfig[];
}

/** What a rule asks of the database. */
export interface LeaseRuleQuery extends Omit<LeaseCriterion, 'decidable'> {
  /** Leases that somebody with these refs may decide. */
  decidableBy?: string[];
}

/** Leases, for the permission framework. */
export const leaseResourceRef = createPermissionResourceRef<
  LeaseResource,
  LeaseRuleQuery
>().with({
  pluginId: 'break-glass',
  resourceType: RESOURCE_TYPE_LEASE,
});

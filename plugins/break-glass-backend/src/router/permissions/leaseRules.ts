import { createPermissionRule } from '@backstage/plugin-permission-node';
import { z } from 'zod';
import { statusAt } from '../../leases';
import { decidableByClaims } from './decidableByClaims';
import { leaseResourceRef } from './leaseResource';

/** Leases that one of these people asked for. */
export const isRequester = createPermissionRule({
  name: 'IS_REQUESTER',
  description: 'Allow leases requested by one of these people',
  resourceRef: leaseResourceRef,
  paramsSchema: z.object({
    userRefs: z.array(z.string()).describe('User entity refs'),
  }),
  apply: ({ row }, { userRefs }) => userRefs.includes(row.requester),
  toQuery: ({ userRefs }) => ({ requesters: userRefs }),
});

/** Leases on behalf of one of these people. */
export const isBeneficiary = createPermissionRule({
  name: 'IS_BENEFICIARY',
  description: 'Allow leases on behalf of one of these people',
  resourceRef: leaseResourceRef,
  paramsSchema: z.object({
    userRefs: z.array(z.string()).describe('User entity refs'),
  }),
  apply: ({ row }, { userRefs }) =>
    !!row.beneficiary && userRefs.includes(row.beneficiary),
  toQuery: ({ userRefs }) => ({ beneficiaries: userRefs }),
});

/** Leases on accounts that one of these owners owned at request. */
export const isAccountOwner = createPermissionRule({
  name: 'IS_ACCOUNT_OWNER',
  description: 'Allow leases on accounts owned by one of these',
  resourceRef: leaseResourceRef,
  paramsSchema: z.object({
    claims: z.array(z.string()).describe('User and group entity refs'),
  }),
  apply: ({ row }, { claims }) =>
    !!row.accountOwner && claims.includes(row.accountOwner),
  toQuery: ({ claims }) => ({ accountOwners: claims }),
});

/** Leases on one of these accounts. */
export const isAccount = createPermissionRule({
  name: 'IS_ACCOUNT',
  description: 'Allow leases on one of these accounts',
  resourceRef: leaseResourceRef,
  paramsSchema: z.object({
    accountRefs: z.array(z.string()).describe('Account entity refs'),
  }),
  apply: ({ row }, { accountRefs }) => accountRefs.includes(row.accountRef),
  toQuery: ({ accountRefs }) => ({ accountRefs }),
});

/** Leases of one of these roles. */
export const hasRole = createPermissionRule({
  name: 'HAS_ROLE',
  description: 'Allow leases of one of these roles',
  resourceRef: leaseResourceRef,
  paramsSchema: z.object({
    roleIds: z.array(z.string()).describe('Configured role ids'),
  }),
  apply: ({ row }, { roleIds }) => roleIds.includes(row.roleId),
  toQuery: ({ roleIds }) => ({ roleIds }),
});

/** Leases that are in one of these states now. */
export const hasStatus = createPermissionRule({
  name: 'HAS_STATUS',
  description: 'Allow leases in one of these states, by the clock',
  resourceRef: leaseResourceRef,
  paramsSchema: z.object({
    statuses: z.array(z.string()).describe('Lease states'),
  }),
  apply: ({ row, now }, { statuses }) => statuses.includes(statusAt(row, now)),
  toQuery: ({ statuses }) => ({ statuses }),
});

/** Leases that somebody with these refs is asked to decide on, whether or not they are decided; none of their own. */
export const canDecide = createPermissionRule({
  name: 'CAN_DECIDE',
  description: 'Allow leases that one of these people or groups may decide on',
  resourceRef: leaseResourceRef,
  paramsSchema: z.object({
    claims: z.array(z.string()).describe('User and group entity refs'),
  }),
  apply: ({ row, approvalPolicies }, { claims }) => {
    const able = decidableByClaims(approvalPolicies, claims);
    const { approvalPolicyId, accountOwner, requester, beneficiary } = row;
    const isAsked =
      able.policyIds.includes(approvalPolicyId) ||
      (able.ownedPolicyIds.includes(approvalPolicyId) &&
        !!accountOwner &&
        able.owners.includes(accountOwner));
    const isOwn =
      able.notOf.includes(requester) ||
      (!!beneficiary && able.notOf.includes(beneficiary));
    return isAsked && !isOwn;
  },
  toQuery: ({ claims }) => ({ decidableBy: claims }),
});

/** Every rule for policies on leases. */
export const leaseRules = {
  isRequester,
  isBeneficiary,
  isAccountOwner,
  isAccount,
  canDecide,
  hasRole,
  hasStatus,
};

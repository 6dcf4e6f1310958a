import { createPermissionRule } from '@backstage/plugin-permission-node';
import { z } from 'zod';
import { statusAt } from '../../leases';
import { leaseResourceRef } from './leaseResource';

/** Leases that one of these people asked for. */
export const isRequester = createPermissionRule({
  name: 'IS_REQUESTER',
  description: 'Allow leases requested by one of these people',
  resourceRef: leaseResourceRef,
  paramsSchema: z.object({
    userRefs: z.array(z.string()).describe('User entity refs'),
  }),
  apply: (lease, { userRefs }) => userRefs.includes(lease.requester),
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
  apply: (lease, { userRefs }) =>
    !!lease.beneficiary && userRefs.includes(lease.beneficiary),
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
  apply: (lease, { claims }) =>
    !!lease.accountOwner && claims.includes(lease.accountOwner),
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
  apply: (lease, { accountRefs }) => accountRefs.includes(lease.accountRef),
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
  apply: (lease, { roleIds }) => roleIds.includes(lease.roleId),
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
  apply: (lease, { statuses }) =>
    statuses.includes(statusAt(lease, Date.now())),
  toQuery: ({ statuses }) => ({ statuses }),
});

/** Every rule for policies on leases. */
export const leaseRules = {
  isRequester,
  isBeneficiary,
  isAccountOwner,
  isAccount,
  hasRole,
  hasStatus,
};

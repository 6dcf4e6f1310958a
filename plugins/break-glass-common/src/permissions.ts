import { createPermission } from '@backstage/plugin-permission-common';

/** Resource type of leases in the permission framework. */
export const RESOURCE_TYPE_LEASE = 'break-glass-lease';

/** See accounts and use their standing roles. */
export const accountUsePermission = createPermission({
  name: 'break-glass.account.use',
  attributes: { action: 'read' },
});

/** Request a lease. */
export const leaseCreatePermission = createPermission({
  name: 'break-glass.lease.create',
  attributes: { action: 'create' },
});

/** Read a lease. */
export const leaseReadPermission = createPermission({
  name: 'break-glass.lease.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_LEASE,
});

/** Approve or reject a lease. */
export const leaseDecidePermission = createPermission({
  name: 'break-glass.lease.decide',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_LEASE,
});

/** End or cancel one's own lease. Ending always works for the requester (I4): see the documentation. */
export const leaseEndPermission = createPermission({
  name: 'break-glass.lease.end',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_LEASE,
});

/** Take a lease away. */
export const leaseRevokePermission = createPermission({
  name: 'break-glass.lease.revoke',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_LEASE,
});

/** Get credentials or a console URL. */
export const sessionCreatePermission = createPermission({
  name: 'break-glass.session.create',
  attributes: { action: 'create' },
  resourceType: RESOURCE_TYPE_LEASE,
});

/** Read what was done under a lease. */
export const activityReadPermission = createPermission({
  name: 'break-glass.activity.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_LEASE,
});

/** Give a verdict on the evidence of a lease. */
export const reviewCreatePermission = createPermission({
  name: 'break-glass.review.create',
  attributes: { action: 'create' },
  resourceType: RESOURCE_TYPE_LEASE,
});

/** Say that a follow-up of a review is done. */
export const followUpUpdatePermission = createPermission({
  name: 'break-glass.follow-up.update',
  attributes: { action: 'update' },
});

/** See uses of roles that no lease explains. */
export const unbrokeredReadPermission = createPermission({
  name: 'break-glass.unbrokered.read',
  attributes: { action: 'read' },
});

/** Justify, assign and review uses that no lease explains. */
export const unbrokeredUpdatePermission = createPermission({
  name: 'break-glass.unbrokered.update',
  attributes: { action: 'update' },
});

/** Stop everything of a person, an account or all, and lift it again. */
export const panicUpdatePermission = createPermission({
  name: 'break-glass.panic.update',
  attributes: { action: 'update' },
});

/** Check the broker in all accounts. */
export const brokerCheckCreatePermission = createPermission({
  name: 'break-glass.broker-check.create',
  attributes: { action: 'create' },
});

/** Read, export and verify the audit log. */
export const auditReadPermission = createPermission({
  name: 'break-glass.audit.read',
  attributes: { action: 'read' },
});

/** Read the insights. */
export const insightsReadPermission = createPermission({
  name: 'break-glass.insights.read',
  attributes: { action: 'read' },
});

/** Every permission of the plugin. */
export const breakGlassPermissions = [
  accountUsePermission,
  leaseCreatePermission,
  leaseReadPermission,
  leaseDecidePermission,
  leaseEndPermission,
  leaseRevokePermission,
  sessionCreatePermission,
  activityReadPermission,
  reviewCreatePermission,
  followUpUpdatePermission,
  unbrokeredReadPermission,
  unbrokeredUpdatePermission,
  panicUpdatePermission,
  brokerCheckCreatePermission,
  auditReadPermission,
  insightsReadPermission,
];

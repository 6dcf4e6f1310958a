import { Partition } from 'backstage-plugin-break-glass-common';
import { toAthena } from './athenaConfig';
import { frozenPolicies } from './frozenPolicies';
import { RoleInput } from './schema/roleSchema';
import { Section } from './schema/sectionSchema';
import { ApprovalPolicyConfig, BreakGlassConfig, RoleConfig } from './types';
import { toUnbrokered } from './unbrokeredConfig';

const NOBODY = { groups: [], users: [], accountOwner: false };

/** A checked section as the typed configuration that all rooms use. */
export function toConfig(section: Section, issuer: string): BreakGlassConfig {
  const {
    activity: _read,
    approvals,
    audit,
    review,
    profiles,
    ...same
  } = section;
  const policies = [
    ...section.approvalPolicies,
    ...section.roles.filter(usesDefaultPolicy).map(defaultPolicy),
  ];
  return {
    ...same,
    issuer,
    partitions: mapValues(section.partitions, it => ({
      brokerAccountId: it.brokerAccountId,
      brokerPerAccount: it.brokerPerAccount,
      brokerArn: it.brokerArn,
      timeoutMs: it.timeout,
      endpoints: it.endpoints,
    })),
    defaultRegions: mapValues(section.partitions, it => it.defaultRegion),
    roles: section.roles.map(toRole),
    profiles: profiles.map(({ residue, ...profile }) => ({
      ...profile,
      residueReviewed: residue === 'reviewed',
    })),
    approvalPolicies: [
      ...policies,
      ...frozenPolicies(policies, section.freezes),
    ],
    review: {
      dueMinutes: review.due,
      settlingMinutes: review.settling,
      collectEveryMinutes: review.collectEvery,
      approverMayReview: review.approverMayReview,
      remindBeforeMinutes: review.remindBefore,
      remindEveryMinutes: review.remindEvery,
      escalateAfterMinutes: review.escalateAfter,
      escalateTo: review.escalateTo ?? NOBODY,
      maxBytesPerLease: review.maxBytesPerLease,
      maxRecordsPerLook: review.maxRecordsPerLook,
    },
    approvals: {
      remindAfterMinutes: approvals.remindAfter,
      escalateAfterMinutes: approvals.escalateAfter,
      escalateTo: approvals.escalateTo ?? NOBODY,
    },
    kills: { lookEveryMinutes: section.kills.lookEvery },
    unbrokered: toUnbrokered(section),
    athena: toAthena(section),
    audit: {
      anchorFile: audit.anchorFile,
      anchorEveryMinutes: audit.anchorEvery,
      spoolFile: audit.spoolFile,
      acceptedHead: audit.acceptedHead,
    },
  };
}

function usesDefaultPolicy(role: RoleInput): boolean {
  return role.access === 'lease' && !role.approvalPolicy;
}

/** Id of the policy of a role that names none. */
export function defaultPolicyId(roleId: string): string {
  return `one-other-${roleId}`;
}

/** One step: one other person of those who are eligible (03-domain.md). That it is another is I1, for every policy. */
function defaultPolicy(role: RoleInput): ApprovalPolicyConfig {
  return {
    id: defaultPolicyId(role.id),
    order: 'parallel',
    steps: [
      {
        id: 'second-person',
        title: 'Second person',
        from: role.eligible,
        exclude: { groups: [], users: [], accountOwner: false },
        count: 1,
      },
    ],
  };
}

function toRole(role: RoleInput): RoleConfig {
  const { maxSession, ...common } = role;
  if (common.access === 'standing') {
    const minutes = Math.floor(maxSession / 60);
    return {
      ...common,
      approvalOverrides: [],
      maxSessionSeconds: maxSession,
      maxDurationMinutes: minutes,
      suggestedDurationMinutes: [],
      pendingTimeoutMinutes: minutes,
      kill: { type: 'none' },
    };
  }
  const { maxDuration, suggestedDurations, pendingTimeout, ...lease } = common;
  return {
    ...lease,
    approvalPolicy: lease.approvalPolicy ?? defaultPolicyId(lease.id),
    maxSessionSeconds: maxSession,
    maxDurationMinutes: maxDuration,
    suggestedDurationMinutes: suggestedDurations,
    pendingTimeoutMinutes: pendingTimeout,
  };
}

function mapValues<A, B>(
  record: Partial<Record<Partition, A>>,
  map: (value: A) => B,
): Partial<Record<Partition, B>> {
  return Object.fromEntries(
    Object.entries(record).map(([key, value]) => [key, map(value as A)]),
  ) as Partial<Record<Partition, B>>;
}

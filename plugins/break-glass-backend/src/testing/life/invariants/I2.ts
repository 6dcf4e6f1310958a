import canonicalize from 'canonicalize';
import { createHash } from 'crypto';
import { Row } from '../Snapshot';
import { StepView } from '../StepView';
import { frozenPolicy } from './I1';

/** I2: what was approved is what is issued. */
export function I2(view: StepView): string[] {
  const { after, before, world } = view;
  const problems: string[] = [];
  for (const lease of after.leases.values()) {
    const at = `I2: lease ${lease.id}`;
    const scope = JSON.parse(lease.scope);
    if (sha256(canonicalize(scope)!) !== lease.scope_hash) {
      problems.push(`${at} has a hash that is not its scope's`);
    }
    const same =
      scope.leaseId === lease.id &&
      scope.requester === lease.requester &&
      (scope.beneficiary ?? null) === lease.beneficiary &&
      scope.accountId === lease.account_id &&
      scope.roleArn === lease.role_arn &&
      scope.profileId === lease.profile_id;
    if (!same) {
      problems.push(`${at} has a scope of something else`);
    }
    problems.push(...policyProblems(view, lease, at));
    const asked = world.memory.requests.get(lease.id)!.durationMinutes;
    const approved = [...after.extensions.values()].filter(
      each => each.lease_id === lease.id && each.status === 'approved',
    );
    const longest = Math.max(
      asked,
      ...approved.map(({ to_minutes: minutes }) => minutes),
    );
    if (lease.duration_minutes !== longest) {
      problems.push(`${at} lasts ${lease.duration_minutes}, not ${longest}`);
    }
    const isOn = (minutes: number) => (decision: Row) =>
      decision.scope_hash === lease.scope_hash &&
      decision.start_at === lease.start_at &&
      decision.duration_minutes === minutes;
    const mine = after.decisions.filter(each => each.lease_id === lease.id);
    if (!mine.every(isOn(asked))) {
      problems.push(`${at} has a decision on another scope or term`);
    }
    for (const decision of after.extensionDecisions) {
      const extension = after.extensions.get(decision.extension_id)!;
      if (
        extension.lease_id === lease.id &&
        !isOn(extension.to_minutes)(decision)
      ) {
        problems.push(`${at} has a decision on another extension`);
      }
    }
    if (lease.active_from !== null) {
      const lasts = lease.expires_at - lease.active_from;
      if (lasts !== lease.duration_minutes * 60_000) {
        problems.push(`${at} does not last as long as was approved`);
      }
      if (lease.active_from < (lease.start_at ?? 0)) {
        problems.push(`${at} begins before its start`);
      }
    }
  }
  for (const session of after.sessions.values()) {
    if (session.lease_id !== null && !before.sessions.has(session.id)) {
      problems.push(...driftOf(view, session));
    }
  }
  return problems;
}

/** The frozen policy is the one that was in force, read from the configuration by hand. */
function policyProblems(
  { before, world, replaced }: StepView,
  lease: Row,
  at: string,
): string[] {
  if (replaced || before.leases.has(lease.id)) {
    return [];
  }
  const { policy } = world.memory.requests.get(lease.id)!;
  const plain = ({ order, steps }: Row) =>
    JSON.stringify({
      order,
      steps: steps.map(({ id, from, exclude, count }: Row) => [
        ...[id, count],
        ...[from, exclude].map(each => [
          [...each.groups].sort(),
          [...each.users].sort(),
          each.accountOwner,
        ]),
      ]),
    });
  return policy && plain(policy) === plain(frozenPolicy(lease))
    ? []
    : [`${at} froze another policy than the one in force`];
}

/** Nothing is issued where a name means something else now. */
function driftOf({ after, world }: StepView, session: Row): string[] {
  const lease = after.leases.get(session.lease_id)!;
  const { profile } = world.memory.requests.get(lease.id)!;
  const account = world.catalog.account(lease.account_ref);
  const at = `I2: session ${session.id} was begun, but`;
  return [
    ...(account?.id === lease.account_id
      ? []
      : [`${at} its account is another`]),
    ...(world.configuration.profile(lease.profile_id) === profile
      ? []
      : [`${at} its profile is another`]),
    ...(session.account_id === lease.account_id &&
    session.role_arn === lease.role_arn
      ? []
      : [`${at} it is for something else`]),
  ];
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

import { SeenSession } from '../LifeMemory';
import { Row } from '../Snapshot';
import { StepView } from '../StepView';

const HOUR = 3_600_000;
const ISSUED = ['issued', 'discarded', 'issuing'];

/** I3: credentials only to the requester, only while the lease is active, recorded first. */
export function I3(view: StepView): string[] {
  const { after, before, seen, handedOut, replaced } = view;
  const begun = replaced
    ? []
    : [...after.sessions.values()].filter(({ id }) => !before.sessions.has(id));
  return [
    ...begun.flatMap(session => begunProblems(view, session)),
    ...seen.flatMap(each => seenProblems(view, each)),
    ...handedOut.flatMap(({ caller, leaseId, sessionId }) => {
      const session = after.sessions.get(sessionId);
      const lease = leaseId && after.leases.get(leaseId);
      const problems = [
        ...(session?.state === 'issued' ? [] : ['is not recorded as issued']),
        ...(session?.requester === caller ? [] : ['is somebody else’s']),
        ...(lease && lease.requester !== caller ? ['is of another lease'] : []),
        ...(lease && lease.status !== 'approved' ? ['came after its end'] : []),
      ];
      return problems.map(each => `I3: session ${sessionId} ${each}`);
    }),
  ];
}

function begunProblems(view: StepView, session: Row): string[] {
  const { after, before, now, world, struck } = view;
  const problems = refusalsOf(view, session);
  if (session.expires_at > now + HOUR) {
    problems.push('lasts longer than an hour');
  }
  if (session.state === 'issuing' && !struck) {
    problems.push('was not completed');
  }
  const person = world.catalog.person(session.requester);
  if (session.lease_id === null) {
    const owner = world.catalog.account(session.account_ref)?.owner;
    if (!owner || !person?.groups.has(owner)) {
      problems.push('is of somebody who does not own the account');
    }
    return problems.map(each => `I3: standing session ${session.id} ${each}`);
  }
  const lease = after.leases.get(session.lease_id)!;
  // As the step found it: what it did itself to the lease came later, or is a defect.
  const was = before.leases.get(session.lease_id);
  if (!was || was.status !== 'approved') {
    problems.push(`was begun under a lease that was ${was?.status}`);
  } else if (now < was.active_from || now >= was.expires_at) {
    problems.push('was begun outside of its lease');
  }
  if (session.requester !== lease.requester) {
    problems.push('is somebody else’s');
  }
  if (session.expires_at > lease.expires_at && session.state === 'issued') {
    problems.push('goes past the end of its lease');
  }
  if (was?.issuing_stopped) {
    problems.push('was begun under a lease that issues nothing any more');
  }
  if (!person?.groups.has('group:default/cloud-admins')) {
    problems.push('is of somebody who is not eligible any more');
  }
  return problems.map(each => `I3: session ${session.id} ${each}`);
}

/** What stops everything. */
function refusalsOf(view: StepView, session: Row): string[] {
  const { before, skew, wasRestored } = view;
  const lease = before.leases.get(session.lease_id);
  const stopped = [...before.panics.values()].some(
    panic => panic.lifted_at === null && isAbout(panic, session, lease),
  );
  return [
    ...(stopped ? ['was begun in a panic'] : []),
    ...(Math.abs(skew) > 30_000 ? ['was begun with clocks apart'] : []),
    ...(wasRestored ? ['was begun on a restored database'] : []),
  ];
}

/** Whether a panic stops what a session or lease is for. */
export function isAbout(panic: Row, session: Row, lease?: Row): boolean {
  return (
    panic.kind === 'all' ||
    (panic.kind === 'account' && panic.target_key === session.account_id) ||
    (panic.kind === 'person' &&
      [
        ...[session.requester, lease?.requester_key],
        ...[lease?.beneficiary, lease?.beneficiary_key],
      ].some(
        each =>
          each && (each === panic.target_ref || each === panic.target_key),
      ))
  );
}

function seenProblems(
  { after }: StepView,
  { session, states }: SeenSession,
): string[] {
  const { name, role, createdAt, expiresAt, inlinePolicy } = session;
  const problems: string[] = [];
  if (!states.includes('issuing')) {
    problems.push(`was asked of AWS with nothing recorded: ${states}`);
  }
  if (expiresAt - createdAt > HOUR) {
    problems.push('lives longer than an hour in AWS');
  }
  const row = [...after.sessions.values()].find(
    each => each.session_name === name && each.role_arn === role.arn,
  );
  const lease = row?.lease_id && after.leases.get(row.lease_id);
  if (row && !ISSUED.includes(row.state)) {
    problems.push(`is recorded as ${row.state}, and AWS made it`);
  }
  if (lease) {
    const end = `${new Date(lease.expires_at).toISOString().slice(0, 19)}Z`;
    if (!JSON.stringify(inlinePolicy).includes(end)) {
      problems.push('is not refused by AWS after the end of its lease');
    }
  }
  return problems.map(each => `I3: ${name} ${each}`);
}

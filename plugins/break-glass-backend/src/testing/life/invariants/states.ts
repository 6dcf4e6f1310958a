import { Row } from '../Snapshot';
import { StepView } from '../StepView';

/** The arrows of the states, as stored. `approved` is scheduled, active or expired by the clock. */
const ARROWS: Record<string, string[]> = {
  pending: ['approved', 'rejected', 'cancelled', 'lapsed'],
  approved: ['cancelled', 'expired', 'ended', 'revoked'],
};
const REVIEW: Record<string, string[]> = {
  none: ['collecting'],
  collecting: ['open', 'accepted', 'flagged'],
  open: ['accepted', 'flagged'],
};
const EXTENSION: Record<string, string[]> = {
  pending: ['approved', 'rejected', 'cancelled'],
};
const SESSION: Record<string, string[]> = {
  issuing: ['issued', 'refused', 'discarded'],
};

/** What never changes once it is there. */
const FIXED = [
  ...['requester', 'requester_key', 'beneficiary', 'beneficiary_key'],
  ...['account_ref', 'account_id', 'role_arn', 'profile_id', 'scope'],
  ...['scope_hash', 'start_at', 'approval_kind', 'requested_at', 'lapses_at'],
];
/** What never changes once it has a value. */
const ONCE = ['active_from', 'closed_at', 'closed_by', 'issuing_stopped'];

/** States only move along the arrows of 03-domain.md, and what is over stays as it was. */
export function states(view: StepView): string[] {
  const { after, before, replaced, now } = view;
  if (replaced) {
    return [];
  }
  const problems: string[] = [];
  for (const [id, was] of before.leases) {
    const is = after.leases.get(id);
    if (!is) {
      problems.push(`states: lease ${id} is gone`);
      continue;
    }
    problems.push(...changes(was, is, now));
  }
  for (const lease of after.leases.values()) {
    if (!before.leases.has(lease.id)) {
      const first =
        lease.approval_kind === 'emergency' ? 'approved' : 'pending';
      if (lease.status !== first) {
        problems.push(`states: lease ${lease.id} begins ${lease.status}`);
      }
    }
    const reviewed = ['expired', 'ended', 'revoked'].includes(lease.status);
    const began =
      lease.active_from !== null && lease.active_from <= lease.closed_at;
    if ((lease.review_state !== 'none') !== (reviewed && began)) {
      problems.push(
        `states: lease ${lease.id} is ${lease.status}, its review ${lease.review_state}`,
      );
    }
  }
  const moved = (
    rows: 'extensions' | 'sessions',
    key: string,
    arrows: typeof ARROWS,
  ) => {
    for (const [id, was] of before[rows]) {
      const is = after[rows].get(id);
      if (!is || !follows(arrows, was[key], is[key])) {
        problems.push(
          `states: of ${rows} ${id} went from ${was[key]} to ${is?.[key]}`,
        );
      }
    }
  };
  moved('extensions', 'status', EXTENSION);
  moved('sessions', 'state', SESSION);
  return problems;
}

function changes(was: Row, is: Row, now: number): string[] {
  const at = `states: lease ${is.id}`;
  const problems: string[] = [];
  if (!follows(ARROWS, was.status, is.status)) {
    problems.push(`${at} went from ${was.status} to ${is.status}`);
  }
  // Two steps of a review can fall into one of ours: it is collected, then opened.
  if (!follows(REVIEW, was.review_state, is.review_state, 2)) {
    problems.push(`${at}: its review became ${is.review_state}`);
  }
  if (was.status !== is.status && !clockAllows(was, is.status, now)) {
    problems.push(`${at} became ${is.status} at the wrong time`);
  }
  const changed = [...FIXED, ...ONCE.filter(name => was[name] !== null)].filter(
    name => was[name] !== is[name],
  );
  if (changed.length > 0) {
    problems.push(`${at} changed its ${changed}`);
  }
  if (is.expires_at < was.expires_at) {
    problems.push(`${at} ends earlier`);
  }
  if (
    is.expires_at > was.expires_at &&
    now >= was.expires_at &&
    was.active_from !== null
  ) {
    problems.push(`${at} was made longer after its end`);
  }
  if (is.version <= was.version && JSON.stringify(is) !== JSON.stringify(was)) {
    problems.push(`${at} changed, but its version did not`);
  }
  return problems;
}

/** What the clock says of a lease decides what can still happen to it. */
function clockAllows(was: Row, to: string, now: number): boolean {
  switch (to) {
    case 'approved':
    case 'rejected':
      return now < was.lapses_at;
    case 'lapsed':
      return now >= was.lapses_at;
    case 'expired':
      return now >= was.expires_at;
    case 'ended':
      return now >= was.active_from && now < was.expires_at;
    case 'revoked':
      return now < was.expires_at;
    default:
      return was.status === 'pending'
        ? now < was.lapses_at
        : now < was.active_from;
  }
}

function follows(
  arrows: Record<string, string[]>,
  from: string,
  to: string,
  steps = 1,
): boolean {
  return (
    from === to ||
    (steps > 0 &&
      (arrows[from] ?? []).some(next => follows(arrows, next, to, steps - 1)))
  );
}

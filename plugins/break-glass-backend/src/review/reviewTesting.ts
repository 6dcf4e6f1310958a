import { ReviewRequest } from 'backstage-plugin-break-glass-common';
import { People, Person } from '../accounts/types';
import {
  anEndedLease,
  callOf,
  collecting,
  issueOf,
} from '../activity/collectorTesting';
import { Database } from '../database/types';
import { ulids } from '../ids';
import { findingAll } from '../testing/approvals';
import { aDecisionRow, NOON } from '../testing/rows';
import { BulkReview } from './BulkReview';
import { FollowUpService } from './FollowUpService';
import { ReviewAssignment } from './ReviewAssignment';
import { ReviewReminders } from './ReviewReminders';
import { ReviewReopening } from './ReviewReopening';
import { ReviewRules } from './ReviewRules';
import { ReviewService } from './ReviewService';

const MINUTE = 60_000;
const SETTLED = NOON + 90 * MINUTE;
export const REVIEWERS = 'group:default/security-reviewers';

/** Somebody, a reviewer unless said otherwise. */
export const person = (
  name: string,
  groups: string[] = [REVIEWERS],
): Person => ({
  ref: `user:default/${name}`,
  displayName: name,
  key: `user:default/${name}`,
  groups: new Set(groups),
});

async function find(ref: string): Promise<Person | undefined> {
  const name = ref.split('/')[1];
  const known = ['rita', 'oscar', 'mary', 'alice', 'daniel', 'carla'];
  return known.includes(name)
    ? person(name, name === 'carla' ? [] : [REVIEWERS])
    : undefined;
}

/** People who are all reviewers, but for carla. */
export const people: People = {
  find,
  findAll: findingAll(find),
  names: async () => new Map(),
  members: async ({ groups }) =>
    groups.includes(REVIEWERS) ? [person('rita')] : [],
};

/** All that reviewers use, on a database, with a clock that a test moves. */
export function reviewing(database: Database) {
  const portal = collecting(database);
  const deps = { ...portal, people, ids: ulids(portal.clock) };
  const rules = new ReviewRules(deps);
  const reviews = new ReviewService(deps, rules);
  return {
    ...portal,
    reviews,
    bulk: new BulkReview(deps, reviews),
    assignment: new ReviewAssignment(deps, rules),
    reopening: new ReviewReopening(deps),
    followUps: new FollowUpService(deps),
    reminders: new ReviewReminders(deps),
  };
}

/** A verdict that accepts, with a follow-up that nobody owns. */
export const aRequest = (
  change: Partial<ReviewRequest> = {},
): ReviewRequest => ({
  verdict: 'accepted',
  comment: 'Matches the ticket',
  checklist: { ended: true, matchesReason: true, rotated: true, lessons: true },
  followUps: [{ title: 'Put the policy right in code' }],
  evidenceHash: '0'.repeat(64),
  ...change,
});

/** What makes a verdict a flagging one: somebody has something to do. */
export const flagged = () => ({
  verdict: 'flagged' as const,
  followUps: [
    {
      title: 'Rotate the key',
      owner: 'user:default/carla',
      dueAt: new Date(NOON + 7 * 24 * 60 * MINUTE).toISOString(),
    },
  ],
});

/** A lease with complete evidence of one call, approved by Daniel. */
export async function aLeaseToReview<Opened extends { database: Database }>(
  opened: Opened,
  at = SETTLED,
) {
  const { database } = opened;
  const portal = reviewing(database);
  const { lease, session } = await anEndedLease(database);
  await database.decisions.insert(aDecisionRow({ leaseId: lease.id }));
  portal.source.records = [
    issueOf(session),
    callOf(session, { eventID: 'one' }),
  ];
  portal.clock.set(at);
  await portal.collector.collect(lease.id);
  const { hash } = (await database.evidence.get(lease.id))!;
  const give = (name: string, change: Partial<ReviewRequest> = {}) =>
    portal.reviews.review(
      { ref: `user:default/${name}` },
      lease.id,
      aRequest({ evidenceHash: hash, ...change }),
    );
  const auditOf = () =>
    database.audit.list({ leaseId: lease.id }, { limit: 10 });
  return { ...opened, ...portal, lease, session, hash, give, auditOf };
}

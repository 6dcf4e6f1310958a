import { FollowUp, ReviewRequest } from 'backstage-plugin-break-glass-common';
import { FollowUpRow, Millis } from '../database/types';
import { inputError } from '../errors';
import { Ids } from '../ids';
import { KnownRefs } from './knownRefs';

/**
 * Checks what is to be done after a verdict: a flagged review names at least one
 * follow-up, and each of its follow-ups has an owner that the catalog knows and a
 * day in the future. What nobody owns is done by nobody.
 * @throws InputError `invalid-input` that names the follow-up.
 */
export async function assertFollowUps(
  request: Pick<ReviewRequest, 'verdict' | 'followUps'>,
  known: KnownRefs,
  now: Millis,
): Promise<void> {
  const { verdict, followUps } = request;
  if (verdict === 'flagged' && followUps.length === 0) {
    throw inputError(
      'invalid-input',
      'followUps: say what is to be followed up, by whom and until when.',
    );
  }
  for (const [index, followUp] of followUps.entries()) {
    await assertFollowUp(`followUps.${index}`, followUp, {
      mustBeOwned: verdict === 'flagged',
      known,
      now,
    });
  }
}

async function assertFollowUp(
  at: string,
  { owner, dueAt }: FollowUp,
  rule: { mustBeOwned: boolean; known: KnownRefs; now: Millis },
) {
  if (rule.mustBeOwned && (!owner || !dueAt)) {
    throw inputError(
      'invalid-input',
      `${at}: name who has to do it, and until when.`,
    );
  }
  if (owner && !(await rule.known(owner))) {
    throw inputError(
      'invalid-input',
      `${at}.owner: ${owner} is no person or group that break glass trusts. Choose another.`,
    );
  }
  if (dueAt && Date.parse(dueAt) <= rule.now) {
    throw inputError('invalid-input', `${at}.dueAt: must be in the future.`);
  }
}

/** Follow-ups of a verdict as rows of their own, so that each can be done. */
export function followUpRows(
  ids: Ids,
  review: {
    id: string;
    leaseId?: string;
    unbrokeredId?: string;
    accountTitle: string;
    reviewer: string;
    followUps: FollowUp[];
    at: Millis;
  },
): FollowUpRow[] {
  return review.followUps.map(({ title, owner, dueAt }) => ({
    id: ids.next(),
    leaseId: review.leaseId,
    unbrokeredId: review.unbrokeredId,
    reviewId: review.id,
    accountTitle: review.accountTitle,
    title,
    owner,
    dueAt: dueAt === undefined ? undefined : Date.parse(dueAt),
    createdAt: review.at,
    createdBy: review.reviewer,
  }));
}

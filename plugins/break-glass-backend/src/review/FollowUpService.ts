import {
  Explanation,
  FollowUpListQuery,
  FollowUpState,
  Page,
} from 'backstage-plugin-break-glass-common';
import { matches } from '../accounts/principals';
import { Person } from '../accounts/types';
import { FollowUpRow, LeaseCriteria, Millis } from '../database/types';
import { conflictError, notAllowedError, notFoundError } from '../errors';
import { attempt, Caller, iso, isoOr, personOf } from '../leases';
import { explainFinish } from './explainFinish';
import { ReviewDependencies } from './ReviewRules';

/** What remains to be done after reviews: read, and done. */
export class FollowUpService {
  constructor(private readonly deps: ReviewDependencies) {}

  /**
   * A page of follow-ups, oldest first: one's own, or all for those who oversee
   * reviews. Others see their own in either view.
   */
  async list(
    caller: Caller,
    query: FollowUpListQuery,
    permitted?: LeaseCriteria,
  ): Promise<Page<FollowUpState>> {
    const person = await personOf(this.deps.people, caller);
    const now = this.deps.clock.now();
    const all = query.view === 'all' && this.oversees(person);
    const rows = await this.deps.database.followUps.list(
      {
        owners: all ? undefined : ownersOf(person),
        state: query.state,
        leaseId: query.leaseId,
        unbrokeredId: query.unbrokeredId,
        permitted,
        now,
      },
      { limit: query.limit + 1, after: query.cursor },
    );
    const page = rows.slice(0, query.limit);
    return {
      items: page.map(row => this.view(row, person, now)),
      nextCursor:
        rows.length > query.limit ? page[page.length - 1].id : undefined,
    };
  }

  /**
   * Says that a follow-up is done, and how.
   * @param permitted - what the permission framework leaves of the leases
   * @throws NotFoundError `follow-up-unknown`, also for what the caller may not see.
   * @throws NotAllowedError `not-follow-up-owner`
   * @throws ConflictError `conflict` where it was done before.
   */
  async finish(
    caller: Caller,
    id: string,
    comment: string,
    permitted?: LeaseCriteria,
  ): Promise<FollowUpState> {
    const what = {
      actor: caller.ref,
      action: 'follow-up.done',
      details: { followUpId: id },
    };
    return attempt(this.deps, what, async () => {
      const person = await personOf(this.deps.people, caller);
      const row = await this.visible(id, person, permitted);
      const [reason] = this.explain(row, person).reasons;
      if (reason) {
        throw reason.code === 'conflict'
          ? conflictError('conflict', reason.message)
          : notAllowedError(reason.code as never, reason.message);
      }
      return this.write(row, person, comment);
    });
  }

  private async write(row: FollowUpRow, person: Person, comment: string) {
    const { database, audit, clock } = this.deps;
    const now = clock.now();
    const done = { doneAt: now, doneBy: person.ref, doneComment: comment };
    await database.transaction(async stores => {
      if (!(await stores.followUps.finish(row.id, done))) {
        throw conflictError('conflict', 'This follow-up was done already.');
      }
      await audit.record(stores, {
        at: now,
        actor: person.ref,
        action: 'follow-up.done',
        outcome: 'done',
        leaseId: row.leaseId,
        details: {
          followUpId: row.id,
          reviewId: row.reviewId,
          unbrokeredId: row.unbrokeredId,
          comment,
        },
      });
      const { leaseId, unbrokeredId } = row;
      await stores.outbox.enqueue(
        [{ kind: 'signal', leaseId, unbrokeredId }],
        now,
      );
    });
    this.deps.wake();
    return this.view({ ...row, ...done }, person, now);
  }

  /** By the same criteria as in lists, so that what they leave out is not there. */
  private async visible(
    id: string,
    person: Person,
    permitted: LeaseCriteria | undefined,
  ): Promise<FollowUpRow> {
    const now = this.deps.clock.now();
    const [row] = await this.deps.database.followUps.list(
      { id, permitted, now },
      { limit: 1 },
    );
    const mine = row?.owner && ownersOf(person).includes(row.owner);
    if (!row || !(mine || this.oversees(person))) {
      throw notFoundError(
        'follow-up-unknown',
        `There is no follow-up ${id} that you may see.`,
      );
    }
    return row;
  }

  private explain(row: FollowUpRow, person: Person): Explanation {
    return explainFinish(row, {
      person,
      isReviewer: matches(this.deps.config.reviewers, person),
    });
  }

  private oversees(person: Person): boolean {
    const { reviewers, responders, auditors } = this.deps.config;
    return [reviewers, responders, auditors].some(each =>
      matches(each, person),
    );
  }

  private view(row: FollowUpRow, person: Person, now: Millis): FollowUpState {
    return {
      id: row.id,
      title: row.title,
      owner: row.owner,
      dueAt: isoOr(row.dueAt),
      overdue:
        row.doneAt === undefined && row.dueAt !== undefined && row.dueAt < now,
      leaseId: row.leaseId,
      unbrokeredId: row.unbrokeredId,
      accountTitle: row.accountTitle,
      createdAt: iso(row.createdAt),
      createdBy: row.createdBy,
      done:
        row.doneAt === undefined
          ? undefined
          : {
              by: row.doneBy!,
              at: iso(row.doneAt),
              comment: row.doneComment ?? '',
            },
      canFinish: this.explain(row, person),
    };
  }
}

function ownersOf(person: Person): string[] {
  return [person.ref, ...person.groups];
}

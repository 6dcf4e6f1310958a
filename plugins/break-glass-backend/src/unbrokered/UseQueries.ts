import {
  ActivityEvent,
  Page,
  UnbrokeredDetail,
  UnbrokeredListQuery,
  UnbrokeredUse,
} from 'backstage-plugin-break-glass-common';
import { matches } from '../accounts/principals';
import { Person } from '../accounts/types';
import { UnbrokeredFilter, UnbrokeredRow } from '../database/types';
import { Caller, LeaseDependencies, personOf } from '../leases/dependencies';
import {
  explainAssign,
  explainJustify,
  explainReview,
  mayReadUse,
  readsAllUses,
} from './explainUse';
import { refsOf } from './isNamedIn';
import { unbrokeredUnknown } from './unbrokeredUnknown';
import { refsIn, useReviewView, useView } from './useView';

/** What reading uses needs. */
export type UseQueryDependencies = Pick<
  LeaseDependencies,
  'config' | 'database' | 'people' | 'clock'
>;

/** Reads unbrokered uses, as far as a person may see them. */
export class UseQueries {
  constructor(private readonly deps: UseQueryDependencies) {}

  /** A page of uses; every filter works in the database (pitfall 23). */
  async list(
    caller: Caller,
    query: UnbrokeredListQuery,
  ): Promise<Page<UnbrokeredUse>> {
    const person = await personOf(this.deps.people, caller);
    const { view, state, accountRef, leaseId, limit, cursor } = query;
    const rows = await this.deps.database.unbrokered.list(
      {
        states: state && [state],
        accountRef,
        leaseId,
        ...this.readable(person),
        ...(view === 'mine' && { waitingFor: this.waitingFor(person) }),
      },
      { limit: limit + 1, before: cursor },
    );
    const page = rows.slice(0, limit);
    return {
      items: await this.views(page),
      nextCursor: rows.length > limit ? page[page.length - 1].id : undefined,
    };
  }

  /** @throws NotFoundError `unbrokered-unknown`, also for what the caller may not see. */
  async detail(caller: Caller, id: string): Promise<UnbrokeredDetail> {
    const { person, row } = await this.read(caller, id);
    const { config, database } = this.deps;
    const reviews = await database.unbrokered.reviewsOf(id);
    const [view] = await this.views([row]);
    return {
      ...view,
      version: row.version,
      reviews: reviews.map(useReviewView),
      actions: {
        assign: explainAssign(config, row, person),
        justify: explainJustify(row, person),
        review: explainReview(config, row, person),
      },
    };
  }

  /** What was done in a use, oldest first. @throws NotFoundError `unbrokered-unknown` */
  async activity(
    caller: Caller,
    id: string,
    query: { limit: number; cursor?: string },
  ): Promise<{ items: ActivityEvent[]; nextCursor?: string; total: number }> {
    await this.read(caller, id);
    return this.deps.database.unbrokered.events(id, query);
  }

  /** How many uses wait for a person, for badges. */
  async openCount(person: Person): Promise<number> {
    return this.deps.database.unbrokered.count({
      waitingFor: this.waitingFor(person),
    });
  }

  private async read(
    caller: Caller,
    id: string,
  ): Promise<{ person: Person; row: UnbrokeredRow }> {
    const person = await personOf(this.deps.people, caller);
    const row = await this.deps.database.unbrokered.get(id);
    if (!row || !mayReadUse(this.deps.config, row, person)) {
      throw unbrokeredUnknown(id);
    }
    return { person, row };
  }

  private readable(person: Person): Pick<UnbrokeredFilter, 'involving'> {
    return readsAllUses(this.deps.config, person)
      ? {}
      : { involving: { owners: ownersOf(person) } };
  }

  private waitingFor(person: Person): UnbrokeredFilter['waitingFor'] {
    return {
      owners: ownersOf(person),
      reviewer: matches(this.deps.config.reviewers, person)
        ? { refs: [...refsOf(person)] }
        : undefined,
    };
  }

  private async views(rows: UnbrokeredRow[]): Promise<UnbrokeredUse[]> {
    const { config, people, clock } = this.deps;
    const names = await people.names([...new Set(rows.flatMap(refsIn))]);
    return rows.map(row => useView(row, { config, names, now: clock.now() }));
  }
}

function ownersOf(person: Person): string[] {
  return [person.ref, ...person.groups];
}

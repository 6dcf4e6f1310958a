import {
  LeaseListQuery,
  LeaseSummary,
  LeaseView,
  Page,
} from 'backstage-plugin-break-glass-common';
import { Person } from '../accounts/types';
import { LeaseCriteria, LeaseRow } from '../database/types';
import { Caller, LeaseDependencies, personOf } from './dependencies';
import { leaseFilter } from './leaseFilter';
import { leaseSummary } from './leaseView';

/** Queues begin with what waits longest, or is due first. */
const ORDER: Partial<Record<LeaseView, 'oldest' | 'due'>> = {
  approvals: 'oldest',
  reviews: 'due',
};

/** Lists and counts leases, as far as a person may see them. */
export class LeaseLists {
  constructor(private readonly deps: LeaseDependencies) {}

  /**
   * A page of leases; every filter works in the database (pitfall 23).
   * @param permitted - what the permission framework leaves of them
   */
  async list(
    caller: Caller,
    query: LeaseListQuery,
    permitted?: LeaseCriteria,
  ): Promise<Page<LeaseSummary>> {
    const person = await personOf(this.deps.people, caller);
    const filter = leaseFilter(
      this.deps.config,
      person,
      query,
      this.deps.clock.now(),
    );
    if (!filter) {
      return { items: [] };
    }
    const rows = await this.deps.database.leases.list(
      { ...filter, permitted },
      { limit: query.limit + 1, before: query.cursor },
      ORDER[query.view] ?? 'newest',
    );
    const page = rows.slice(0, query.limit);
    return {
      items: await this.summaries(page),
      nextCursor:
        rows.length > query.limit ? page[page.length - 1].id : undefined,
    };
  }

  /** How many leases wait for a person, for badges. */
  async openCounts(person: Person, permitted?: LeaseCriteria) {
    const count = async (view: 'approvals' | 'reviews') => {
      const filter = leaseFilter(
        this.deps.config,
        person,
        { view, limit: 1 },
        this.deps.clock.now(),
      );
      return filter
        ? this.deps.database.leases.count({ ...filter, permitted })
        : 0;
    };
    const [approvals, reviews, mine] = await Promise.all([
      count('approvals'),
      count('reviews'),
      this.deps.database.leases.count({
        requester: person.ref,
        statuses: ['pending', 'scheduled', 'active'],
        permitted,
        now: this.deps.clock.now(),
      }),
    ]);
    return { approvals, reviews, mine };
  }

  /** Leases of one person on one account that are still open. */
  async openOn(person: Person, accountRef: string): Promise<LeaseSummary[]> {
    const rows = await this.deps.database.leases.list(
      {
        requester: person.ref,
        accountRef,
        statuses: ['pending', 'scheduled', 'active'],
        now: this.deps.clock.now(),
      },
      { limit: 100 },
    );
    return this.summaries(rows);
  }

  private async summaries(rows: LeaseRow[]): Promise<LeaseSummary[]> {
    const ids = rows.map(row => row.id);
    const refs = rows.flatMap(refsOf);
    const [decisions, counts, evidence, extensions, names] = await Promise.all([
      this.deps.database.decisions.ofLeases(ids),
      this.deps.database.sessions.countOfLeases(ids),
      this.deps.database.evidence.ofLeases(ids),
      this.deps.database.extensions.ofLeases(ids),
      this.deps.people.names([...new Set(refs)]),
    ]);
    const now = this.deps.clock.now();
    return rows.map(row =>
      leaseSummary(row, {
        now,
        names,
        decisions: decisions.filter(each => each.leaseId === row.id),
        sessionCount: counts.get(row.id) ?? 0,
        evidence: evidence.find(each => each.leaseId === row.id),
        extensions: extensions.filter(each => each.leaseId === row.id),
      }),
    );
  }
}

/** Whom a lease in a list names. */
export function refsOf({
  requester,
  beneficiary,
  reviewer,
}: LeaseRow): string[] {
  return [requester, beneficiary, reviewer].flatMap(ref => ref ?? []);
}

import {
  Panic,
  PanicList,
  PanicListQuery,
  PanicNotice,
} from 'backstage-plugin-break-glass-common';
import { matches } from '../../accounts/principals';
import { Person } from '../../accounts/types';
import { PanicRow } from '../../database/types';
import { notAllowedError, notFoundError } from '../../errors';
import { Caller, LeaseDependencies, personOf } from '../dependencies';
import { iso } from '../leaseView';
import { explainLift } from './explainLift';
import { openUnder } from './PanicService';

/** Shows what is stopped. */
export class PanicQueries {
  constructor(private readonly deps: LeaseDependencies) {}

  /** @throws NotAllowedError for who is neither responder nor auditor */
  async list(caller: Caller, query: PanicListQuery): Promise<PanicList> {
    const person = await this.reader(caller);
    const rows = await this.deps.database.panics.list(
      { open: query.state === 'open' },
      { limit: query.limit + 1, before: query.cursor },
    );
    const page = rows.slice(0, query.limit);
    return {
      items: await this.views(page, person),
      nextCursor:
        rows.length > query.limit ? page[page.length - 1].id : undefined,
    };
  }

  /** @throws NotFoundError `panic-unknown` */
  async get(caller: Caller, id: string): Promise<Panic> {
    const person = await this.reader(caller);
    const row = await this.deps.database.panics.get(id);
    if (!row) {
      throw notFoundError('panic-unknown', `There is no panic ${id}.`);
    }
    const [view] = await this.views([row], person);
    return view;
  }

  /** What stops a person everywhere, for every page that they see. */
  async noticesFor(person: Person): Promise<PanicNotice[]> {
    const rows = await this.deps.database.panics.inForce({ people: [person] });
    return rows.map(noticeOf);
  }

  /** What stops an account, or everything. */
  async noticesOn(accountId: string): Promise<PanicNotice[]> {
    const rows = await this.deps.database.panics.inForce({
      people: [],
      accountId,
    });
    return rows.map(noticeOf);
  }

  private async reader(caller: Caller): Promise<Person> {
    const { config, people } = this.deps;
    const person = await personOf(people, caller);
    if (
      !matches(config.responders, person) &&
      !matches(config.auditors, person)
    ) {
      throw notAllowedError(
        'not-responder',
        'Only incident responders and auditors see what is stopped.',
      );
    }
    return person;
  }

  private async views(rows: PanicRow[], person: Person): Promise<Panic[]> {
    const { people, database, clock, config } = this.deps;
    const refs = rows.flatMap(row =>
      [row.raisedBy, row.liftAskedBy, row.liftedBy].flatMap(ref => ref ?? []),
    );
    const names = await people.names([...new Set(refs)]);
    const named = (ref: string) => ({
      ref,
      displayName: names.get(ref) ?? ref,
    });
    return Promise.all(
      rows.map(async row => ({
        ...noticeOf(row),
        state: stateOf(row),
        ref: row.targetRef,
        ...(row.kind === 'account' && { accountId: row.targetKey }),
        raisedBy: named(row.raisedBy),
        ...(row.liftAskedBy && {
          liftAskedBy: named(row.liftAskedBy),
          liftAskedAt: iso(row.liftAskedAt!),
          liftReason: row.liftReason,
        }),
        ...(row.liftedBy && {
          liftedBy: named(row.liftedBy),
          liftedAt: iso(row.liftedAt!),
        }),
        openLeases:
          row.liftedAt === undefined
            ? await database.leases.count(openUnder(row, clock.now()))
            : 0,
        lift: explainLift(config, row, person),
      })),
    );
  }
}

function stateOf(row: PanicRow): Panic['state'] {
  if (row.liftedAt !== undefined) {
    return 'lifted';
  }
  return row.liftAskedBy ? 'lift-asked' : 'raised';
}

function noticeOf(row: PanicRow): PanicNotice {
  const { id, kind, title, reason } = row;
  return { id, kind, title, reason, raisedAt: iso(row.raisedAt) };
}

import { PanicTarget, RaisePanic } from 'backstage-plugin-break-glass-common';
import { Person } from '../../accounts/types';
import { LeaseFilter, LeaseRow, PanicRow, Stores } from '../../database/types';
import { conflictError, notAllowedError, notFoundError } from '../../errors';
import { ClosingService } from '../ClosingService';
import { attempt, Caller, LeaseDependencies, personOf } from '../dependencies';
import { explainLift, explainResponder } from './explainLift';
import { panicMessages } from './panicMessages';

/** Leases that are revoked before the list is looked at again. */
const BATCH = 100;
/** Rounds of one run; what remains is taken up by the next try of the message. */
const MAX_ROUNDS = 100;

/**
 * Stops everything of a person, an account, or all: nothing is issued or approved
 * from the moment it is written, and leases are revoked one by one after it.
 */
export class PanicService {
  constructor(
    private readonly deps: LeaseDependencies,
    private readonly closing: ClosingService,
  ) {}

  /**
   * Raises a panic. Whom or what it stops need not be in the catalog (any more).
   * @returns its id
   * @throws NotAllowedError `not-responder`, NotFoundError `account-unknown`
   */
  async raise(caller: Caller, request: RaisePanic): Promise<string> {
    const { target, reason } = request;
    const what = {
      actor: caller.ref,
      action: 'panic.raise',
      details: { kind: target.kind },
    };
    return attempt(this.deps, what, async () => {
      const person = await this.responder(caller);
      const row: PanicRow = {
        id: this.deps.ids.next(),
        kind: target.kind,
        ...(await this.named(target)),
        reason,
        raisedBy: person.ref,
        raisedAt: this.deps.clock.now(),
      };
      await this.deps.database.transaction(async stores => {
        await stores.panics.insert(row);
        await this.record(stores, row, 'panic.raise', person.ref, { reason });
        await stores.outbox.enqueue(
          panicMessages.raised(this.deps.config, row, person.displayName),
          row.raisedAt,
        );
      });
      this.deps.wake();
      return row.id;
    });
  }

  /**
   * Takes one of the two steps of lifting: the first responder asks, a second one
   * confirms. Who did what is checked in the write.
   * @throws NotFoundError `panic-unknown`, NotAllowedError, ConflictError
   */
  async lift(caller: Caller, id: string, reason: string): Promise<void> {
    const what = {
      actor: caller.ref,
      action: 'panic.lift',
      details: { panicId: id },
    };
    await attempt(this.deps, what, async () => {
      const person = await this.responder(caller);
      const row = await this.deps.database.panics.get(id);
      if (!row) {
        throw notFoundError('panic-unknown', `There is no panic ${id}.`);
      }
      const { reasons } = explainLift(this.deps.config, row, person);
      if (reasons.length > 0) {
        const [{ code, message }] = reasons;
        throw code === 'wrong-status' || code === 'second-responder-needed'
          ? conflictError(code, message)
          : notAllowedError(code as never, message);
      }
      const written = await this.deps.database.transaction(stores =>
        row.liftAskedByKey === undefined
          ? this.askLift(stores, row, person, reason)
          : this.confirmLift(stores, row, row.liftAskedByKey, person, reason),
      );
      if (!written) {
        throw conflictError(
          'conflict',
          'Another responder was at it at the same moment. Reload the page.',
        );
      }
      this.deps.wake();
    });
  }

  /**
   * Revokes what a panic stops; can be repeated. One that was lifted meanwhile
   * revokes nothing more.
   * @throws Error where a lease could not be revoked, or the catalog not asked for other entities: the message is tried again
   */
  async revokeAll(id: string): Promise<void> {
    const failed = new Map<string, unknown>();
    for (let round = 0; round < MAX_ROUNDS; round++) {
      const row = await this.deps.database.panics.get(id);
      if (!row || row.liftedAt !== undefined) {
        break;
      }
      const left = await this.openLeases(row, failed);
      if (left.length === 0) {
        break;
      }
      for (const lease of left) {
        try {
          await this.closing.revokeFor(
            lease.id,
            row.raisedBy,
            `Stopped by incident responders: ${row.reason}`.slice(0, 1_000),
          );
        } catch (error) {
          failed.set(lease.id, error);
        }
      }
    }
    if (failed.size > 0) {
      throw new Error(
        `${failed.size} leases could not be revoked, the first because of ${
          [...failed.values()][0]
        }`,
      );
    }
  }

  /** Some of the leases to revoke. Those that need no catalog to be known come first (I4). */
  private async openLeases(
    row: PanicRow,
    without: ReadonlyMap<string, unknown>,
  ): Promise<LeaseRow[]> {
    const { clock, database } = this.deps;
    const stopped = openUnder(row, clock.now());
    const listed = async (filter: LeaseFilter) => {
      const page = { limit: BATCH };
      const open = await database.leases.list(filter, page, 'oldest');
      return open.filter(({ id }) => !without.has(id));
    };
    const known = await listed(stopped);
    if (known.length > 0) {
      return known;
    }
    const others = (await this.otherEntities(row)).map(ref =>
      listed({ ...stopped, person: { ref, key: ref } }),
    );
    return (await Promise.all(others)).flat();
  }

  /** Other entities of the human being who was stopped. */
  private async otherEntities({ kind, targetRef }: PanicRow) {
    const person =
      kind === 'person' ? await this.deps.people.find(targetRef!) : undefined;
    return [...(person?.against?.refs ?? [])].filter(ref => ref !== targetRef);
  }

  private async askLift(
    stores: Stores,
    row: PanicRow,
    person: Person,
    reason: string,
  ): Promise<boolean> {
    const at = this.deps.clock.now();
    const asked = {
      liftAskedBy: person.ref,
      liftAskedByKey: person.key,
      liftAskedAt: at,
      liftReason: reason,
    };
    if (!(await stores.panics.askLift(row.id, asked))) {
      return false;
    }
    await this.record(stores, row, 'panic.ask-lift', person.ref, { reason });
    await stores.outbox.enqueue(
      panicMessages.liftAsked(this.deps.config, row, person.displayName),
      at,
    );
    return true;
  }

  private async confirmLift(
    stores: Stores,
    row: PanicRow,
    askedByKey: string,
    person: Person,
    reason: string,
  ): Promise<boolean> {
    const at = this.deps.clock.now();
    const lifted = { liftedBy: person.ref, liftedAt: at };
    if (!(await stores.panics.lift(row.id, askedByKey, lifted))) {
      return false;
    }
    await this.record(stores, row, 'panic.lift', person.ref, {
      reason,
      askedBy: row.liftAskedBy,
    });
    await stores.outbox.enqueue(
      panicMessages.lifted(this.deps.config, row, person.displayName),
      at,
    );
    return true;
  }

  private async record(
    stores: Stores,
    row: PanicRow,
    action: string,
    actor: string,
    details: Record<string, unknown>,
  ): Promise<void> {
    await this.deps.audit.record(stores, {
      at: this.deps.clock.now(),
      actor,
      action,
      outcome: 'done',
      accountRef: row.kind === 'account' ? row.targetRef : undefined,
      details: {
        panicId: row.id,
        kind: row.kind,
        target: row.targetRef,
        ...details,
      },
    });
  }

  private async responder(caller: Caller): Promise<Person> {
    const person = await personOf(this.deps.people, caller);
    const { reasons } = explainResponder(this.deps.config, person);
    if (reasons.length > 0) {
      throw notAllowedError('not-responder', reasons[0].message);
    }
    return person;
  }

  /** What the target is called, and by what it is found. */
  private async named(
    target: PanicTarget,
  ): Promise<Pick<PanicRow, 'targetRef' | 'targetKey' | 'title'>> {
    if (target.kind === 'all') {
      return { targetKey: '', title: 'everything' };
    }
    const ref = target.ref.toLocaleLowerCase('en-US');
    if (target.kind === 'person') {
      const person = await this.deps.people.find(ref);
      return {
        targetRef: ref,
        targetKey: person?.key ?? ref,
        title: person?.displayName ?? ref,
      };
    }
    const { accountId, title } = await this.deps.resolver.anyAccount(ref);
    return { targetRef: ref, targetKey: accountId, title };
  }
}

/** Leases that a panic takes away. */
export function openUnder(row: PanicRow, now: number): LeaseFilter {
  return {
    now,
    statuses: ['scheduled', 'active'],
    ...(row.kind === 'account' && { accountId: row.targetKey }),
    ...(row.kind === 'person' && {
      person: { ref: row.targetRef!, key: row.targetKey },
    }),
  };
}

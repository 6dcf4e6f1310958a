import {
  Explanation,
  JustifyUnbrokered,
  ReviewUnbrokered,
} from 'backstage-plugin-break-glass-common';
import { Person } from '../accounts/types';
import { wholePattern } from '../config/anchoredPattern';
import { OutboxMessage, Stores, UnbrokeredRow } from '../database/types';
import { conflictError, inputError, notAllowedError } from '../errors';
import {
  attempt,
  Caller,
  LeaseDependencies,
  personOf,
} from '../leases/dependencies';
import { assertFollowUps, followUpRows } from '../review/followUps';
import { KnownRefs, knownRefs } from '../review/knownRefs';
import {
  explainAssign,
  explainJustify,
  explainReview,
  mayReadUse,
} from './explainUse';
import { explainVerdict } from './explainVerdict';
import { unbrokeredUnknown } from './unbrokeredUnknown';
import { useMessages } from './useMessages';
import { REOPENED } from './useRow';

/** What dealing with uses needs. */
export type UnbrokeredDependencies = Pick<
  LeaseDependencies,
  'config' | 'database' | 'audit' | 'people' | 'clock' | 'ids' | 'wake'
>;

/** Codes of what a person may not do at all. */
const FORBIDDEN: ReadonlySet<string> = new Set([
  'not-responder',
  'not-unbrokered-owner',
  'not-reviewer',
  'involved-review',
]);

/** One change of a use, decided on inside of its transaction. */
interface Change {
  change: Partial<UnbrokeredRow>;
  details: Record<string, unknown>;
  messages: (use: UnbrokeredRow) => OutboxMessage[];
  /** What else is written with it. */
  also?: (stores: Stores) => Promise<void>;
}

/** Names who explains a use, takes the explanation and the verdict. */
export class UnbrokeredService {
  private readonly known: KnownRefs;

  constructor(private readonly deps: UnbrokeredDependencies) {
    this.known = knownRefs(deps.people);
  }

  /**
   * Names who has to explain a use. What was explained before has to be
   * explained again; the earlier words stay in the audit log.
   * @throws NotAllowedError `not-responder`
   * @throws InputError `invalid-input` for somebody whom the catalog does not know
   * @throws ConflictError `wrong-status`, `conflict`
   */
  async assign(caller: Caller, id: string, to: string): Promise<void> {
    const owner = to.toLocaleLowerCase('en-US');
    const details = { owner };
    await this.attempt(
      caller,
      id,
      'unbrokered.assign',
      details,
      async person => {
        if (!(await this.known(owner))) {
          throw inputError(
            'invalid-input',
            `owner: ${owner} is no person or group that break glass trusts. Choose another.`,
          );
        }
        return use => {
          refuse(explainAssign(this.deps.config, use, person));
          return {
            change: { ...REOPENED, owner },
            details: { ...details, before: use.owner, wasState: use.state },
            messages: now => useMessages.assigned(now, person.displayName),
          };
        };
      },
    );
  }

  /**
   * Takes the explanation of a use.
   * @throws NotAllowedError `not-unbrokered-owner`
   * @throws InputError `ticket-invalid`
   * @throws ConflictError `wrong-status`, `conflict`
   */
  async justify(
    caller: Caller,
    id: string,
    { text, ticket }: JustifyUnbrokered,
  ): Promise<void> {
    const { config, clock } = this.deps;
    const details = { text, ticket };
    await this.attempt(
      caller,
      id,
      'unbrokered.justify',
      details,
      async person => use => {
        refuse(explainJustify(use, person));
        this.assertTicket(ticket);
        return {
          change: {
            state: 'justified',
            justifiedBy: person.ref,
            justifiedAt: clock.now(),
            justification: text,
            ticket: ticket || undefined,
          },
          details,
          messages: now => useMessages.justified(config, now),
        };
      },
    );
  }

  /**
   * Gives a verdict on what was on the page.
   * @throws NotAllowedError `not-reviewer`, `involved-review`
   * @throws InputError `invalid-input` for follow-ups that nobody owns
   * @throws ConflictError `wrong-status`, `conflict`, `justification-missing`, `checklist-incomplete`, `evidence-incomplete`
   */
  async review(
    caller: Caller,
    id: string,
    request: ReviewUnbrokered,
  ): Promise<void> {
    const { config, clock } = this.deps;
    const { verdict, version } = request;
    const action = `unbrokered.${verdict}`;
    await this.attempt(caller, id, action, { version }, async person => {
      await assertFollowUps(request, this.known, clock.now());
      return use => {
        refuse(explainReview(config, use, person));
        if (use.version !== version) {
          throw changed();
        }
        refuse(explainVerdict(use, request));
        const { checklist, followUps } = request;
        return {
          change: { state: verdict, remindedAt: undefined },
          details: { version, checklist, followUps: followUps.length },
          messages: now => useMessages.reviewed(now, verdict),
          also: stores => this.keepReview(stores, use, person, request),
        };
      };
    });
  }

  private async keepReview(
    stores: Stores,
    use: UnbrokeredRow,
    person: Person,
    request: ReviewUnbrokered,
  ): Promise<void> {
    const { ids, clock } = this.deps;
    const { verdict, comment, checklist, followUps } = request;
    const review = {
      ...{ id: ids.next(), useId: use.id, reviewer: person.ref },
      ...{ verdict, comment, checklist, followUps, at: clock.now() },
    };
    await stores.unbrokered.addReview(review);
    await stores.followUps.insert(
      followUpRows(ids, {
        ...review,
        unbrokeredId: use.id,
        accountTitle: use.accountTitle,
      }),
    );
  }

  /** The change, its audit entry and what others are told: all or nothing. A refusal is audited by itself. */
  private async attempt(
    caller: Caller,
    id: string,
    action: string,
    details: Record<string, unknown>,
    prepare: (person: Person) => Promise<(use: UnbrokeredRow) => Change>,
  ): Promise<void> {
    const { config, database, clock, people, audit, wake } = this.deps;
    const what = {
      actor: caller.ref,
      action,
      details: { unbrokeredId: id, ...details },
    };
    await attempt(this.deps, what, async () => {
      const person = await personOf(people, caller);
      const decide = await prepare(person);
      await database.transaction(async stores => {
        const use = await stores.unbrokered.get(id);
        if (!use || !mayReadUse(config, use, person)) {
          throw unbrokeredUnknown(id);
        }
        const step = decide(use);
        const at = clock.now();
        if (!(await stores.unbrokered.update(id, use.version, step.change))) {
          throw changed();
        }
        await step.also?.(stores);
        await audit.record(stores, {
          ...{ at, actor: person.ref, action, outcome: 'done' },
          leaseId: use.leaseId,
          accountRef: use.accountRef,
          details: { unbrokeredId: id, ...step.details },
        });
        const messages = step.messages({ ...use, ...step.change });
        await stores.outbox.enqueue(messages, at);
      });
      wake();
    });
  }

  private assertTicket(ticket: string | undefined): void {
    const { pattern, example } = this.deps.config.ticket;
    if (ticket && !wholePattern(pattern).test(ticket)) {
      throw inputError(
        'ticket-invalid',
        `ticket: must look like ${example}, or be left out.`,
      );
    }
  }
}

/** What a person may not do is 403, what cannot be done now is 409. */
function refuse({ reasons: [reason] }: Explanation): void {
  if (!reason) {
    return;
  }
  const code = reason.code as never;
  throw FORBIDDEN.has(reason.code)
    ? notAllowedError(code, reason.message)
    : conflictError(code, reason.message);
}

function changed() {
  return conflictError(
    'conflict',
    'This use changed since you opened the page: more was found, or somebody else was faster. Reload it and look again.',
  );
}

import { agoWords } from '../agoWords';
import {
  BrokerCheck,
  BrokerCheckResult,
  BrokerChecks as BrokerChecksView,
  BrokerChecksQuery,
  Partition,
} from 'backstage-plugin-break-glass-common';
import { matches } from '../accounts/principals';
import {
  BrokerCheckResultRow,
  BrokerCheckRow,
  Millis,
} from '../database/types';
import { inputError, notAllowedError } from '../errors';
import {
  attempt,
  Caller,
  LeaseDependencies,
  personOf,
} from '../leases/dependencies';
import { iso } from '../leases/leaseView';
import { BrokerChecks } from './BrokerChecks';

/** Checks of the broker as responders and auditors start and see them. */
export class BrokerCheckQueries {
  constructor(
    private readonly deps: LeaseDependencies,
    private readonly checks: Pick<BrokerChecks, 'start'>,
  ) {}

  /**
   * Starts one.
   * @throws NotAllowedError `not-responder`, ConflictError `rate-limited`
   */
  async start(caller: Caller): Promise<BrokerCheck> {
    const what = { actor: caller.ref, action: 'broker-check.start' };
    return attempt(this.deps, what, async () => {
      await this.assertOperator(caller);
      return this.view(await this.checks.start(caller.ref));
    });
  }

  /**
   * The newest, with a page of its results: those with problems first.
   * @throws NotAllowedError `not-responder`, InputError
   */
  async newest(
    caller: Caller,
    query: BrokerChecksQuery,
  ): Promise<BrokerChecksView> {
    const what = { actor: caller.ref, action: 'health.read' };
    await attempt(this.deps, what, () => this.assertOperator(caller));
    const { brokerChecks } = this.deps.database;
    const check = await brokerChecks.latest();
    if (!check) {
      return { items: [] };
    }
    const rows = await brokerChecks.results(
      check.id,
      { problems: query.problems && query.problems === 'true' },
      { limit: query.limit + 1, after: place(query.cursor) },
    );
    const page = rows.slice(0, query.limit);
    const last = page.at(-1);
    return {
      check: await this.view(check),
      items: page.map(resultView),
      nextCursor:
        last && rows.length > query.limit
          ? `${last.problemCount} ${last.accountRef}`
          : undefined,
    };
  }

  /** For the health route. */
  async state(): Promise<{ ok: boolean; words: string }> {
    const check = await this.deps.database.brokerChecks.latest();
    return check
      ? {
          ok: check.state !== 'failed' && !check.problems,
          words: words(check, this.deps.clock.now()),
        }
      : {
          ok: true,
          words: 'No check of all accounts was made yet. Run one on this page.',
        };
  }

  /** @throws NotAllowedError `not-responder` for who is neither responder nor auditor */
  async assertOperator(caller: Caller): Promise<void> {
    const { config, people } = this.deps;
    const person = await personOf(people, caller);
    if (
      !matches(config.responders, person) &&
      !matches(config.auditors, person)
    ) {
      throw notAllowedError(
        'not-responder',
        'Only incident responders and auditors see how the parts are and check the broker.',
      );
    }
  }

  private async view(row: BrokerCheckRow): Promise<BrokerCheck> {
    const names = await this.deps.people.names([row.startedBy]);
    return {
      id: row.id,
      state: row.state,
      startedAt: iso(row.startedAt),
      startedBy: {
        ref: row.startedBy,
        displayName: names.get(row.startedBy) ?? row.startedBy,
      },
      finishedAt:
        row.finishedAt === undefined ? undefined : iso(row.finishedAt),
      total: row.total,
      done: row.done,
      problems: row.problems,
      words: row.words,
    };
  }
}

function resultView(row: BrokerCheckResultRow): BrokerCheckResult {
  return {
    ref: row.accountRef,
    title: row.accountTitle,
    accountId: row.accountId,
    partition: row.partition as Partition,
    checkedAt: iso(row.checkedAt),
    roles: row.roles,
    problems: row.problems,
  };
}

/** @throws InputError where the cursor is not one of this list */
function place(cursor: string | undefined) {
  if (cursor === undefined) {
    return undefined;
  }
  const parts = /^([0-9]{1,4}) (\S{1,390})$/.exec(cursor);
  if (!parts) {
    throw inputError(
      'invalid-input',
      'The cursor is not one of this list; start again without it.',
    );
  }
  return { problemCount: Number(parts[1]), accountRef: parts[2] };
}

function words(check: BrokerCheckRow, now: Millis): string {
  const when = agoWords(now - (check.finishedAt ?? check.startedAt));
  switch (check.state) {
    case 'running':
      return `A check is running: ${check.done} of ${
        check.total ?? 'all'
      } accounts are done, ${check.problems} with a problem.`;
    case 'failed':
      return `The check of ${when} failed. ${check.words}`;
    default:
      return check.problems
        ? `The broker has a problem in ${check.problems} of ${check.done} accounts, as of ${when}. Look at each for the fix.`
        : `The broker can use all roles of ${check.done} accounts, as of ${when}.`;
  }
}

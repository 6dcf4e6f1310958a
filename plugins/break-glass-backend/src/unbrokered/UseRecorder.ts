import { AuditLog } from '../audit';
import { BreakGlassConfig } from '../config/types';
import { Stores, UnbrokeredRow } from '../database/types';
import { Ids } from '../ids';
import { identityOf, keyedIdentityOf } from './identity';
import { UnexplainedUse } from './judgeUses';
import { useMessages, useSignal } from './useMessages';
import { changeOf, Finding, isDecided, newUseRow } from './useRow';
import { whatHappened } from './useWords';

/** How often writing is tried again where somebody else was faster. */
const MAX_ROUNDS = 5;

/** Alarms of one run that are raised one by one. */
export const MOST_ALARMS = 20;

/** Which alarm the next new use of a run raises: its own, the one for many more, or none. */
export function alarmFor(newSoFar: number): 'own' | 'for-many' | 'none' {
  if (newSoFar < MOST_ALARMS) {
    return 'own';
  }
  return newSoFar === MOST_ALARMS ? 'for-many' : 'none';
}

/** What became of a finding. */
export type Recorded = 'new' | 'changed' | 'known';

/** A finding, and whether it raises an alarm of its own or the one for many. */
export interface ToRecord extends Finding {
  alarm?: 'own' | 'for-many' | 'none';
}

/**
 * Makes uses into items, each once, with the alarm, the audit entry and the
 * signal, in the caller's transaction.
 */
export class UseRecorder {
  constructor(
    private readonly deps: {
      config: BreakGlassConfig;
      audit: AuditLog;
      ids: Ids;
    },
  ) {}

  /** @throws Error where somebody else keeps changing the use; it is found again. */
  async record(
    stores: Stores,
    found: UnexplainedUse,
    how: ToRecord,
  ): Promise<Recorded> {
    for (let round = 1; round <= MAX_ROUNDS; round++) {
      const { known, identity } = await lookUp(stores, found);
      const outcome = known
        ? await this.merge(stores, known, found, how)
        : await this.insert(stores, identity, found, how);
      if (outcome) {
        return outcome;
      }
    }
    throw new Error(
      `An unbrokered use of ${found.watched.account.title} keeps changing; it is looked at again.`,
    );
  }

  /** Whether a use is an item already. */
  async isKnown(
    stores: Pick<Stores, 'unbrokered'>,
    found: UnexplainedUse,
  ): Promise<boolean> {
    return (await lookUp(stores, found)).known !== undefined;
  }

  private async insert(
    stores: Stores,
    identity: string,
    found: UnexplainedUse,
    how: ToRecord,
  ): Promise<Recorded | undefined> {
    const { config, ids } = this.deps;
    const row = newUseRow(config, found, { id: ids.next(), identity }, how);
    if (!(await stores.unbrokered.insert(row))) {
      return undefined;
    }
    await this.entry(stores, row, 'unbrokered.found', how, {
      kind: row.kind,
      via: row.via,
      principal: row.principal,
      roleArn: row.roleArn,
      sessionArn: row.sessionArn,
      accessKeyIds: row.accessKeyIds,
      eventId: found.use.eventId,
      owner: row.owner,
      person: row.person,
    });
    await stores.outbox.enqueue(this.alarm(row, found, how), how.now);
    return 'new';
  }

  private async merge(
    stores: Stores,
    known: UnbrokeredRow,
    found: UnexplainedUse,
    how: ToRecord,
  ): Promise<Recorded | undefined> {
    const change = changeOf(this.deps.config, known, found, how);
    if (!change) {
      return 'known';
    }
    const { id, version } = known;
    if (!(await stores.unbrokered.update(id, version, change))) {
      return undefined;
    }
    const now: UnbrokeredRow = { ...known, ...change };
    await this.entry(stores, now, 'unbrokered.confirmed', how, {
      via: how.via,
      principal: now.principal,
      accessKeyIds: now.accessKeyIds,
      eventId: found.use.eventId,
      reopened: known.state !== now.state,
    });
    // Nobody looks at what has its verdict: taking it back is an alarm.
    const messages =
      isDecided(known) && !isDecided(now)
        ? this.alarm(now, found, how)
        : [useSignal(id)];
    await stores.outbox.enqueue(messages, how.now);
    return 'changed';
  }

  private alarm(row: UnbrokeredRow, found: UnexplainedUse, how: ToRecord) {
    const { config } = this.deps;
    switch (how.alarm ?? 'own') {
      case 'own':
        return useMessages.found(config, row, whatHappened(found));
      case 'for-many':
        return useMessages.more(config, row);
      default:
        return [useSignal(row.id)];
    }
  }

  private async entry(
    stores: Stores,
    row: UnbrokeredRow,
    action: string,
    { now }: Finding,
    details: Record<string, unknown>,
  ): Promise<void> {
    await this.deps.audit.record(stores, {
      at: now,
      actor: 'system',
      action,
      outcome: 'done',
      leaseId: row.leaseId,
      accountRef: row.accountRef,
      details: { unbrokeredId: row.id, ...details },
    });
  }
}

/**
 * The item of a use, or the identity under which it is to be stored. A second
 * session of one name in one second is told from the first by its key.
 */
async function lookUp(
  stores: Pick<Stores, 'unbrokered'>,
  { use }: UnexplainedUse,
): Promise<{ known?: UnbrokeredRow; identity: string }> {
  const identity = identityOf(use);
  const key = use.kind === 'assume-role' ? use.issuedKeyId : undefined;
  const keyed = key ? keyedIdentityOf(identity, key) : identity;
  const rows = await stores.unbrokered.findByIdentity([identity, keyed]);
  const first = rows.find(row => row.identity === identity);
  const isFirst =
    !first ||
    !key ||
    first.accessKeyIds.length === 0 ||
    first.accessKeyIds.includes(key);
  return isFirst
    ? { known: first, identity }
    : { known: rows.find(row => row.identity === keyed), identity: keyed };
}

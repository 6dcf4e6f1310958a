import { Knex } from 'knex';
import { chainHash, storableEvent } from './auditChain';
import { mapping, toNumber } from './columns';
import { inTransaction } from './dialect';
import { withholdSecrets } from './refuseSecrets';
import {
  AuditEvent,
  AuditRow,
  AuditStore,
  AuditWitness,
  Millis,
} from './types';

const auditMapping = mapping<AuditRow>({
  seq: 'integer',
  at: 'integer',
  actor: 'text',
  action: 'text',
  outcome: 'text',
  leaseId: 'text',
  accountRef: 'text',
  code: 'text',
  details: 'json',
  prevHash: 'text',
  hash: 'text',
});

const READ_BATCH = 500;
const HEAD_MISSING =
  'The head row of the audit log is missing: somebody removed it. Nothing can be written until it is restored from a backup.';
const ANCHORED_MISSING =
  'The row that says how far the audit log was anchored is missing: somebody removed it. Nothing is issued until it is restored from a backup.';

/** `audit_log`, `audit_head` and `audit_anchored` in the database. */
export class DatabaseAuditStore implements AuditStore {
  constructor(private readonly knex: Knex) {}

  async append(event: AuditEvent): Promise<AuditRow> {
    const details = withholdSecrets(event.details);
    const stored = storableEvent({ ...event, details });
    return inTransaction(this.knex, async trx => {
      // Taking the number locks the head until the end of the transaction.
      const [head] = await trx('audit_head')
        .where({ id: 1 })
        .update({ seq: trx.raw('seq + 1') })
        .returning(['seq', 'hash']);
      if (!head) {
        throw new Error(HEAD_MISSING);
      }
      const seq = toNumber(head.seq);
      const prevHash = String(head.hash);
      const hash = chainHash(prevHash, seq, stored);
      const row = { ...stored, seq, prevHash, hash };
      // The head takes the hash from the entry.
      await trx('audit_log').insert(auditMapping.toRecord(row));
      return row;
    });
  }

  async head(): Promise<{ seq: number; hash: string }> {
    const head = await this.knex('audit_head')
      .where({ id: 1 })
      .first('seq', 'hash');
    if (!head) {
      throw new Error(HEAD_MISSING);
    }
    return { seq: toNumber(head.seq), hash: head.hash };
  }

  async witness(seq: number): Promise<AuditWitness> {
    const one = this.knex.raw('1');
    const [row] = await this.knex(this.knex.raw('(select 1 as one) as it'))
      .leftJoin('audit_head', 'audit_head.id', one)
      .leftJoin('audit_anchored', 'audit_anchored.id', one)
      .leftJoin('audit_log', 'audit_log.seq', this.knex.raw('?', [seq]))
      .select(
        'audit_head.seq as seq',
        'audit_head.hash as hash',
        'audit_anchored.seq as anchored',
        'audit_log.hash as hash_at',
      );
    if (row.seq === null) {
      throw new Error(HEAD_MISSING);
    }
    if (row.anchored === null) {
      throw new Error(ANCHORED_MISSING);
    }
    return {
      head: { seq: toNumber(row.seq), hash: row.hash },
      anchoredSeq: toNumber(row.anchored),
      hashAt: row.hash_at ?? undefined,
    };
  }

  async anchored(seq: number): Promise<void> {
    await this.knex('audit_anchored').where({ id: 1 }).update({ seq });
  }

  async list(
    filter: Parameters<AuditStore['list']>[0],
    page: { limit: number; beforeSeq?: number },
  ): Promise<AuditRow[]> {
    const query = this.knex('audit_log').orderBy('seq', 'desc');
    const equal = {
      actor: filter.actor,
      account_ref: filter.accountRef,
      lease_id: filter.leaseId,
      action: filter.action,
      outcome: filter.outcome,
    };
    for (const [column, value] of Object.entries(equal)) {
      if (value !== undefined) {
        query.where(column, value);
      }
    }
    if (filter.from !== undefined) {
      query.where('at', '>=', filter.from);
    }
    if (filter.to !== undefined) {
      query.where('at', '<', filter.to);
    }
    if (page.beforeSeq !== undefined) {
      query.where('seq', '<', page.beforeSeq);
    }
    return (await query.limit(page.limit)).map(auditMapping.toRow);
  }

  async *scan(fromSeq: number = 1): AsyncIterable<AuditRow> {
    let next = fromSeq;
    let batch: AuditRow[];
    do {
      const records = await this.knex('audit_log')
        .where('seq', '>=', next)
        .orderBy('seq')
        .limit(READ_BATCH);
      batch = records.map(auditMapping.toRow);
      yield* batch;
      next = batch.length > 0 ? batch[batch.length - 1].seq + 1 : next;
    } while (batch.length === READ_BATCH);
  }

  async countRefused(actor: string, since: Millis): Promise<number> {
    const [{ total }] = await this.knex('audit_log')
      .where({ actor, outcome: 'refused' })
      .where('at', '>=', since)
      .count({ total: '*' });
    return toNumber(total);
  }
}

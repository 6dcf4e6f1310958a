import { Knex } from 'knex';
import { chainHash, GENESIS_HASH } from '../database/auditChain';
import { AuditEvent, AuditStore } from '../database/types';
import { NOON } from './rows';

/** An entry of Mary's. */
export function anAuditEvent(change: Partial<AuditEvent> = {}): AuditEvent {
  return {
    at: NOON,
    actor: 'user:default/mary',
    action: 'lease.request',
    outcome: 'done',
    details: {},
    ...change,
  };
}

/** Appends that many entries. */
export async function appendEntries(
  audit: AuditStore,
  count: number,
): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    await audit.append(anAuditEvent({ details: { index } }));
  }
}

/** What an attacker with the rights of the database's owner does first. */
export async function dropAuditTriggers(knex: Knex): Promise<void> {
  const postgres = knex.client.config.client === 'pg';
  const names: Array<[string, string]> = postgres
    ? [
        ['audit_log_append_only', 'audit_log'],
        ['audit_log_link', 'audit_log'],
        ['audit_head_one_row', 'audit_head'],
        ['audit_head_forward', 'audit_head'],
      ]
    : [
        ['audit_log_no_update', ''],
        ['audit_log_no_delete', ''],
        ['audit_log_link', ''],
        ['audit_head_no_insert', ''],
        ['audit_head_no_delete', ''],
        ['audit_head_forward', ''],
      ];
  for (const [trigger, table] of names) {
    await knex.raw(`DROP TRIGGER ${trigger}${table && ` ON ${table}`}`);
  }
}

/** Writes the hashes of all entries and the head anew, as a clever attacker does. */
export async function rechain(knex: Knex): Promise<void> {
  let previous = GENESIS_HASH;
  let seq = 0;
  for (const row of await knex('audit_log').orderBy('seq')) {
    seq = Number(row.seq);
    const hash = chainHash(previous, seq, {
      at: Number(row.at),
      actor: row.actor,
      action: row.action,
      outcome: row.outcome,
      leaseId: row.lease_id ?? undefined,
      accountRef: row.account_ref ?? undefined,
      code: row.code ?? undefined,
      details: JSON.parse(row.details),
    });
    await knex('audit_log')
      .where({ seq })
      .update({ prev_hash: previous, hash });
    previous = hash;
  }
  await knex('audit_head').update({ seq, hash: previous });
}

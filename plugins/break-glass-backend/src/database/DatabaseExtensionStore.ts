import { Knex } from 'knex';
import { conflictError } from '../errors';
import { mapping } from './columns';
import { decisionColumns } from './DatabaseDecisionStore';
import {
  ExtensionDecisionRow,
  ExtensionRow,
  ExtensionStore,
  Millis,
} from './types';

const extensionMapping = mapping<ExtensionRow>({
  id: 'text',
  leaseId: 'text',
  status: 'text',
  reason: 'text',
  fromMinutes: 'integer',
  toMinutes: 'integer',
  requestedAt: 'integer',
  settledAt: 'integer',
});

const decisionMapping = mapping<ExtensionDecisionRow>({
  ...decisionColumns,
  extensionId: 'text',
});

/** `extensions` and `extension_decisions` in the database. */
export class DatabaseExtensionStore implements ExtensionStore {
  constructor(private readonly knex: Knex) {}

  async insert(row: ExtensionRow): Promise<boolean> {
    const inserted = await this.knex('extensions')
      .insert(extensionMapping.toRecord(row))
      .onConflict()
      .ignore()
      .returning('id');
    return inserted.length > 0;
  }

  async ofLeases(leaseIds: string[]): Promise<ExtensionRow[]> {
    const records = await this.knex('extensions')
      .whereIn('lease_id', leaseIds)
      .orderBy('id');
    return records.map(extensionMapping.toRow);
  }

  async settle(
    id: string,
    status: Exclude<ExtensionRow['status'], 'pending'>,
    at: Millis,
  ): Promise<boolean> {
    const updated = await this.knex('extensions')
      .where({ id, status: 'pending' })
      .update({ status, settled_at: at });
    return updated === 1;
  }

  async decide(row: ExtensionDecisionRow): Promise<void> {
    const inserted = await this.knex('extension_decisions')
      .insert(decisionMapping.toRecord(row))
      .onConflict(['extension_id', 'person_key'])
      .ignore()
      .returning('id');
    if (inserted.length === 0) {
      throw conflictError(
        'already-decided',
        `${row.person} has decided on this extension before. One person decides once.`,
      );
    }
  }

  async decisionsOf(leaseIds: string[]): Promise<ExtensionDecisionRow[]> {
    const records = await this.knex('extension_decisions')
      .whereIn('lease_id', leaseIds)
      .orderBy(['ordinal', 'id']);
    return records.map(decisionMapping.toRow);
  }
}

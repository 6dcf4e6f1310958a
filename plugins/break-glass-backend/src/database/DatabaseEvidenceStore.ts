import { Knex } from 'knex';
import { mapping } from './columns';
import { EvidenceRow, EvidenceStore } from './types';

const evidenceMapping = mapping<EvidenceRow>({
  leaseId: 'text',
  state: 'text',
  words: 'text',
  lastLookAt: 'integer',
  nextLookAt: 'integer',
  settledAt: 'integer',
  source: 'text',
  regions: 'json',
  dataEvents: 'text',
  filesRead: 'integer',
  unreadable: 'json',
  sessionsMissing: 'json',
  eventCount: 'integer',
  hash: 'text',
  frozenAt: 'integer',
});

/** What a later look that leaves something out clears. */
const NOTHING: Partial<EvidenceRow> = {
  nextLookAt: undefined,
  settledAt: undefined,
  filesRead: undefined,
  frozenAt: undefined,
};

/** `evidence` in the database. */
export class DatabaseEvidenceStore implements EvidenceStore {
  constructor(private readonly knex: Knex) {}

  async get(leaseId: string): Promise<EvidenceRow | undefined> {
    const record = await this.knex('evidence')
      .where({ lease_id: leaseId })
      .first();
    return record && evidenceMapping.toRow(record);
  }

  async put(row: EvidenceRow): Promise<boolean> {
    const written = await this.knex('evidence')
      .insert(evidenceMapping.toRecord({ ...NOTHING, ...row }))
      .onConflict('lease_id')
      .merge()
      .whereNull('evidence.frozen_at')
      .returning('lease_id');
    return written.length === 1;
  }
}

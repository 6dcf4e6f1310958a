import { Knex } from 'knex';
import { mapping } from './columns';
import { EvidenceRow, EvidenceStore, Millis } from './types';

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
  notes: 'json',
  blindSpots: 'json',
  bytesScanned: 'integer',
  writes: 'integer',
  refused: 'integer',
  sensitive: 'integer',
  residueOpen: 'integer',
  networks: 'json',
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
  bytesScanned: undefined,
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

  async ofLeases(leaseIds: string[]): Promise<EvidenceRow[]> {
    const records = await this.knex('evidence').whereIn('lease_id', leaseIds);
    return records.map(evidenceMapping.toRow);
  }

  async networksOf(
    requesterKey: string,
    other: { thanLease: string; since: Millis; before: Millis },
  ): Promise<string[]> {
    const records: Array<{ networks: string }> = await this.knex('evidence')
      .join('leases', 'leases.id', 'evidence.lease_id')
      .where('leases.requester_key', requesterKey)
      .whereNot('leases.id', other.thanLease)
      .where('leases.requested_at', '>=', other.since)
      .where('leases.requested_at', '<', other.before)
      .distinct('evidence.networks');
    const networks = records.flatMap(
      record => JSON.parse(record.networks) as string[],
    );
    return [...new Set(networks)].sort();
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

  async unfreeze(leaseId: string): Promise<boolean> {
    const changed = await this.knex('evidence')
      .where({ lease_id: leaseId })
      .whereNotNull('frozen_at')
      .update({ frozen_at: null });
    return changed === 1;
  }
}

import { Knex } from 'knex';
import { mapping } from './columns';
import { ResidueRow, ResidueStore } from './types';

const residueMapping = mapping<ResidueRow>({
  leaseId: 'text',
  key: 'text',
  kind: 'text',
  what: 'text',
  resource: 'text',
  eventId: 'text',
  at: 'integer',
  state: 'text',
  comment: 'text',
  decidedBy: 'text',
  decidedAt: 'integer',
});

/** `residue` in the database. */
export class DatabaseResidueStore implements ResidueStore {
  constructor(private readonly knex: Knex) {}

  async ofLease(leaseId: string): Promise<ResidueRow[]> {
    const records = await this.knex('residue')
      .where({ lease_id: leaseId })
      .orderBy(['at', 'key']);
    return records.map(residueMapping.toRow);
  }

  async put(leaseId: string, rows: ResidueRow[]): Promise<void> {
    for (const row of rows) {
      await this.knex('residue')
        .insert(residueMapping.toRecord({ ...row, leaseId }))
        .onConflict(['lease_id', 'key'])
        .merge(['state'])
        .whereIn('residue.state', ['open', 'gone']);
    }
  }

  async decide(
    leaseId: string,
    key: string,
    decision: Required<
      Pick<ResidueRow, 'state' | 'comment' | 'decidedBy' | 'decidedAt'>
    >,
  ): Promise<boolean> {
    const changed = await this.knex('residue')
      .where({ lease_id: leaseId, key })
      .whereNot('state', 'gone')
      .update(residueMapping.toRecord(decision));
    return changed === 1;
  }
}

import { Knex } from 'knex';
import { conflictError } from '../errors';
import { Columns, mapping, toNumber } from './columns';
import { DecisionRow, DecisionStore, Millis } from './types';

/** Columns of a decision, on a lease or on an extension of one. */
export const decisionColumns: Columns<DecisionRow> = {
  id: 'text',
  leaseId: 'text',
  stepId: 'text',
  person: 'text',
  personKey: 'text',
  verdict: 'text',
  comment: 'text',
  scopeHash: 'text',
  startAt: 'integer',
  durationMinutes: 'integer',
  decidedAt: 'integer',
};

const decisionMapping = mapping<DecisionRow>(decisionColumns);

/** `decisions` in the database. */
export class DatabaseDecisionStore implements DecisionStore {
  constructor(private readonly knex: Knex) {}

  async insert(row: DecisionRow): Promise<void> {
    const inserted = await this.knex('decisions')
      .insert(decisionMapping.toRecord(row))
      .onConflict(['lease_id', 'person_key'])
      .ignore()
      .returning('id');
    if (inserted.length === 0) {
      throw conflictError(
        'already-decided',
        `${row.person} has decided on this lease before. One person decides once.`,
      );
    }
  }

  async ofLeases(leaseIds: string[]): Promise<DecisionRow[]> {
    const records = await this.knex('decisions')
      .whereIn('lease_id', leaseIds)
      .orderBy('id');
    return records.map(decisionMapping.toRow);
  }

  async countApprovals(of: {
    approverKey: string;
    requesterKey: string;
    since: Millis;
  }): Promise<number> {
    const [{ total }] = await this.knex('decisions')
      .join('leases', 'leases.id', 'decisions.lease_id')
      .where('decisions.person_key', of.approverKey)
      .where('decisions.decided_at', '>=', of.since)
      .where('decisions.verdict', 'approve')
      .where('leases.requester_key', of.requesterKey)
      .count({ total: '*' });
    return toNumber(total);
  }
}

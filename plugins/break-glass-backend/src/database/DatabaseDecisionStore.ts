import { Knex } from 'knex';
import { conflictError } from '../errors';
import { Columns, DatabaseRecord, mapping, toNumber } from './columns';
import { isPostgres } from './dialect';
import { DecisionRow, DecisionStore, Millis, PanicScope } from './types';
import { whereInForce } from './whereInForce';

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
  ordinal: 'integer',
};

/** The mapping of `decisions`. */
export const decisionMapping = mapping<DecisionRow>(decisionColumns);

/** `decisions` in the database. */
export class DatabaseDecisionStore implements DecisionStore {
  constructor(private readonly knex: Knex) {}

  async insert(row: DecisionRow, unlessStopped?: PanicScope): Promise<boolean> {
    const record = decisionMapping.toRecord(row);
    // SQLite has one writer: what is looked at before the write is still so in it.
    const together = isPostgres(this.knex) && unlessStopped;
    if (unlessStopped && !together && (await this.isStopped(unlessStopped))) {
      return false;
    }
    const inserted = await (together
      ? this.insertUnless(record, unlessStopped)
      : this.knex('decisions').insert(record)
    )
      .onConflict(['lease_id', 'person_key'])
      .ignore()
      .returning('id');
    if (inserted.length > 0) {
      return true;
    }
    if (unlessStopped && (await this.isStopped(unlessStopped))) {
      return false;
    }
    throw conflictError(
      'already-decided',
      `${row.person} has decided on this lease before. One person decides once.`,
    );
  }

  /** The row is there to be inserted only while nothing is stopped. */
  private insertUnless(record: DatabaseRecord, stopped: PanicScope) {
    const columns = Object.keys(record);
    const marks = columns.map(() => '??').join(', ');
    const target = this.knex.raw(`?? (${marks})`, ['decisions', ...columns]);
    const values = columns.map(name =>
      this.knex.raw('?', [record[name] as Knex.RawBinding]),
    );
    const panic = whereInForce(this.knex('panics').select('id'), stopped);
    return this.knex(target).insert(
      this.knex.select(values).whereNotExists(panic),
    );
  }

  private async isStopped(scope: PanicScope): Promise<boolean> {
    return !!(await whereInForce(this.knex('panics'), scope).first('id'));
  }

  async ofLeases(leaseIds: string[]): Promise<DecisionRow[]> {
    const records = await this.knex('decisions')
      .whereIn('lease_id', leaseIds)
      .orderBy(['ordinal', 'id']);
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

import { Knex } from 'knex';
import { AccessKeyTaken, isKeyTaken } from './AccessKeyTaken';
import { DatabaseRecord, mapping, toNumber } from './columns';
import { Millis, SessionRow, SessionStore } from './types';

const sessionMapping = mapping<SessionRow>({
  id: 'text',
  leaseId: 'text',
  leaseVersion: 'integer',
  requester: 'text',
  accountRef: 'text',
  accountId: 'text',
  partition: 'text',
  roleId: 'text',
  roleArn: 'text',
  type: 'text',
  state: 'text',
  sessionName: 'text',
  accessKeyId: 'text',
  requestedAt: 'integer',
  issuedAt: 'integer',
  expiresAt: 'integer',
  errorCode: 'text',
});

const COMPLETED_BY: ReadonlySet<string> = new Set<keyof SessionRow>([
  'state',
  'accessKeyId',
  'issuedAt',
  'expiresAt',
  'errorCode',
]);

/** `sessions` in the database. */
export class DatabaseSessionStore implements SessionStore {
  constructor(private readonly knex: Knex) {}

  async insert(row: SessionRow): Promise<void> {
    await this.knex('sessions').insert(sessionMapping.toRecord(row));
  }

  async complete(id: string, change: Partial<SessionRow>): Promise<boolean> {
    const frozen = Object.keys(change).filter(key => !COMPLETED_BY.has(key));
    if (frozen.length > 0) {
      throw new TypeError(`A session cannot change its ${frozen.join(', ')}`);
    }
    try {
      const updated = await this.knex('sessions')
        .where({ id, state: 'issuing' })
        .update(sessionMapping.toRecord(change));
      return updated === 1;
    } catch (error) {
      throw isKeyTaken(error) ? new AccessKeyTaken(change.accessKeyId) : error;
    }
  }

  async ofLeases(leaseIds: string[]): Promise<SessionRow[]> {
    const records = await this.knex('sessions')
      .whereIn('lease_id', leaseIds)
      .orderBy('id');
    return records.map(sessionMapping.toRow);
  }

  async countOfLeases(leaseIds: string[]): Promise<Map<string, number>> {
    const records: DatabaseRecord[] = await this.knex('sessions')
      .select('lease_id')
      .count({ total: '*' })
      .whereIn('lease_id', leaseIds)
      .whereNot('state', 'refused')
      .groupBy('lease_id');
    return new Map(
      records.map(record => [String(record.lease_id), toNumber(record.total)]),
    );
  }

  async countSince(requester: string, since: Millis): Promise<number> {
    const [{ total }] = await this.knex('sessions')
      .where('requester', requester)
      .where('requested_at', '>', since)
      .count({ total: '*' });
    return toNumber(total);
  }

  async byAccessKeys(accessKeyIds: string[]): Promise<SessionRow[]> {
    const records = await this.knex('sessions').whereIn(
      'access_key_id',
      accessKeyIds,
    );
    return records.map(sessionMapping.toRow);
  }
}

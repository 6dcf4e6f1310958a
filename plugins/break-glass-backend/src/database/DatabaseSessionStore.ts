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
    const completed = await this.completeOne(id, change).catch(error => {
      throw isKeyTaken(error) ? new AccessKeyTaken(change.accessKeyId) : error;
    });
    if (!completed && (await this.isOfCheck(change.accessKeyId))) {
      throw new AccessKeyTaken(change.accessKeyId, 'a check of the broker');
    }
    return completed;
  }

  /** Keys of checks belong to no session, and the write says so, as the index does of keys of sessions. */
  private async completeOne(
    id: string,
    change: Partial<SessionRow>,
  ): Promise<boolean> {
    const query = this.knex('sessions').where({ id, state: 'issuing' });
    if (change.accessKeyId !== undefined) {
      query.whereNotExists(this.checksWith(change.accessKeyId));
    }
    return (await query.update(sessionMapping.toRecord(change))) === 1;
  }

  private async isOfCheck(accessKeyId: string | undefined): Promise<boolean> {
    return (
      accessKeyId !== undefined &&
      (await this.checksWith(accessKeyId).first()) !== undefined
    );
  }

  private checksWith(accessKeyId: string) {
    return this.knex('broker_check_keys')
      .select('access_key_id')
      .where('access_key_id', accessKeyId);
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

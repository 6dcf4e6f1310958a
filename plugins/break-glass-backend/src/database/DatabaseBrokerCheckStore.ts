import { Knex } from 'knex';
import { mapping } from './columns';
import {
  BrokerCheckClaim,
  BrokerCheckKey,
  BrokerCheckResultRow,
  BrokerCheckRow,
  BrokerCheckStore,
  Millis,
} from './types';

const checkMapping = mapping<BrokerCheckRow>({
  id: 'text',
  state: 'text',
  startedBy: 'text',
  startedAt: 'integer',
  claimedBy: 'text',
  claimedUntil: 'integer',
  total: 'integer',
  done: 'integer',
  problems: 'integer',
  finishedAt: 'integer',
  words: 'text',
});

const resultMapping = mapping<BrokerCheckResultRow>({
  checkId: 'text',
  accountRef: 'text',
  accountTitle: 'text',
  accountId: 'text',
  partition: 'text',
  roles: 'integer',
  problemCount: 'integer',
  problems: 'json',
  checkedAt: 'integer',
});

/** `broker_checks` and what hangs on them, in the database. */
export class DatabaseBrokerCheckStore implements BrokerCheckStore {
  constructor(private readonly knex: Knex) {}

  async start(row: BrokerCheckRow): Promise<boolean> {
    const written = await this.knex('broker_checks')
      .insert(checkMapping.toRecord(row))
      .onConflict()
      .ignore()
      .returning('id');
    return written.length === 1;
  }

  async latest(): Promise<BrokerCheckRow | undefined> {
    const record = await this.knex('broker_checks')
      .orderBy('id', 'desc')
      .first();
    return record && checkMapping.toRow(record);
  }

  async claim(
    now: Millis,
    { by, until }: Omit<BrokerCheckClaim, 'id'>,
  ): Promise<BrokerCheckRow | undefined> {
    const [record] = await this.knex('broker_checks')
      .where('state', 'running')
      .where('claimed_until', '<=', now)
      .update({ claimed_by: by, claimed_until: until })
      .returning('*');
    return record && checkMapping.toRow(record);
  }

  async change(
    claim: BrokerCheckClaim,
    change: Parameters<BrokerCheckStore['change']>[1],
  ): Promise<boolean> {
    const changed = await this.mine(claim).update({
      ...checkMapping.toRecord(change),
      claimed_until: claim.until,
    });
    return changed === 1;
  }

  async addResult(
    claim: BrokerCheckClaim,
    result: BrokerCheckResultRow,
  ): Promise<boolean> {
    const written = await this.knex('broker_check_results')
      .insert(resultMapping.toRecord(result))
      .onConflict(['check_id', 'account_ref'])
      .ignore()
      .returning('check_id');
    const changed = await this.mine(claim).update({
      done: this.knex.raw('done + ?', [written.length]),
      problems: this.knex.raw('problems + ?', [
        result.problemCount > 0 ? written.length : 0,
      ]),
      claimed_until: claim.until,
    });
    return changed === 1;
  }

  async addKeys(
    checkId: string,
    keys: BrokerCheckKey[],
    at: Millis,
  ): Promise<void> {
    if (keys.length > 0) {
      await this.knex('broker_check_keys')
        .insert(
          keys.map(({ accessKeyId, roleArn }) => ({
            access_key_id: accessKeyId,
            check_id: checkId,
            role_arn: roleArn,
            created_at: at,
          })),
        )
        .onConflict()
        .ignore();
    }
  }

  async hasKey({ accessKeyId, roleArn }: BrokerCheckKey): Promise<boolean> {
    const found = await this.knex('broker_check_keys')
      .where({ access_key_id: accessKeyId, role_arn: roleArn })
      .first('access_key_id');
    return found !== undefined;
  }

  async accountsDone(checkId: string): Promise<string[]> {
    return this.knex('broker_check_results')
      .where('check_id', checkId)
      .pluck('account_ref');
  }

  async results(
    checkId: string,
    filter: Parameters<BrokerCheckStore['results']>[1],
    { limit, after }: Parameters<BrokerCheckStore['results']>[2],
  ): Promise<BrokerCheckResultRow[]> {
    const query = this.knex('broker_check_results')
      .where('check_id', checkId)
      .orderBy([
        { column: 'problem_count', order: 'desc' },
        { column: 'account_ref' },
      ])
      .limit(limit);
    if (filter.problems !== undefined) {
      query.where('problem_count', filter.problems ? '>' : '=', 0);
    }
    if (after) {
      query.where(later =>
        later
          .where('problem_count', '<', after.problemCount)
          .orWhere(same =>
            same
              .where('problem_count', after.problemCount)
              .where('account_ref', '>', after.accountRef),
          ),
      );
    }
    return (await query).map(resultMapping.toRow);
  }

  async prune(keep: { checks: number; keysSince: Millis }): Promise<void> {
    const kept = await this.knex('broker_checks')
      .orderBy('id', 'desc')
      .limit(keep.checks)
      .pluck('id');
    const old = this.knex('broker_checks').select('id').whereNotIn('id', kept);
    await this.knex('broker_check_results').whereIn('check_id', old).delete();
    await this.knex('broker_checks').whereNotIn('id', kept).delete();
    await this.knex('broker_check_keys')
      .where('created_at', '<', keep.keysSince)
      .delete();
  }

  /** The check, as long as it runs and is this run's. */
  private mine({ id, by }: BrokerCheckClaim) {
    return this.knex('broker_checks').where({
      id,
      claimed_by: by,
      state: 'running',
    });
  }
}

import { Knex } from 'knex';
import { mapping } from './columns';
import { PanicRow, PanicScope, PanicStore } from './types';
import { whereInForce } from './whereInForce';

const panicMapping = mapping<PanicRow>({
  id: 'text',
  kind: 'text',
  targetRef: 'text',
  targetKey: 'text',
  title: 'text',
  reason: 'text',
  raisedBy: 'text',
  raisedAt: 'integer',
  liftAskedBy: 'text',
  liftAskedByKey: 'text',
  liftAskedAt: 'integer',
  liftReason: 'text',
  liftedBy: 'text',
  liftedAt: 'integer',
});

/** `panics` in the database. */
export class DatabasePanicStore implements PanicStore {
  constructor(private readonly knex: Knex) {}

  async insert(row: PanicRow): Promise<void> {
    await this.knex('panics').insert(panicMapping.toRecord(row));
  }

  async get(id: string): Promise<PanicRow | undefined> {
    const record = await this.knex('panics').where({ id }).first();
    return record && panicMapping.toRow(record);
  }

  async list(
    { open }: { open: boolean },
    page: { limit: number; before?: string },
  ): Promise<PanicRow[]> {
    const query = this.knex('panics').orderBy('id', 'desc').limit(page.limit);
    if (open) {
      query.whereNull('lifted_at');
    }
    if (page.before !== undefined) {
      query.where('id', '<', page.before);
    }
    return (await query).map(panicMapping.toRow);
  }

  async inForce(scope: PanicScope): Promise<PanicRow[]> {
    const records = await whereInForce(this.knex('panics'), scope).orderBy(
      'id',
    );
    return records.map(panicMapping.toRow);
  }

  async askLift(
    id: string,
    asked: Parameters<PanicStore['askLift']>[1],
  ): Promise<boolean> {
    const changed = await this.knex('panics')
      .where({ id })
      .whereNull('lift_asked_by')
      .whereNull('lifted_at')
      .update(panicMapping.toRecord(asked));
    return changed === 1;
  }

  async lift(
    id: string,
    askedByKey: string,
    lifted: Parameters<PanicStore['lift']>[2],
  ): Promise<boolean> {
    const changed = await this.knex('panics')
      .where({ id, lift_asked_by_key: askedByKey })
      .whereNull('lifted_at')
      .update(panicMapping.toRecord(lifted));
    return changed === 1;
  }
}

import { Knex } from 'knex';
import { mapping } from './columns';
import { ReviewRow, ReviewStore } from './types';

const reviewMapping = mapping<ReviewRow>({
  id: 'text',
  leaseId: 'text',
  reviewer: 'text',
  verdict: 'text',
  comment: 'text',
  checklist: 'json',
  followUps: 'json',
  evidenceHash: 'text',
  override: 'text',
  at: 'integer',
});

/** `reviews` in the database. */
export class DatabaseReviewStore implements ReviewStore {
  constructor(private readonly knex: Knex) {}

  async insert(row: ReviewRow): Promise<void> {
    await this.knex('reviews').insert(reviewMapping.toRecord(row));
  }

  async ofLease(leaseId: string): Promise<ReviewRow[]> {
    const records = await this.knex('reviews')
      .where({ lease_id: leaseId })
      .orderBy('id');
    return records.map(reviewMapping.toRow);
  }
}

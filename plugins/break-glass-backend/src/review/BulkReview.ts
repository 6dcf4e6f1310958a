import {
  BulkReview as BulkRequest,
  BulkReviewResult,
} from 'backstage-plugin-break-glass-common';
import { presentEvidence } from '../activity';
import { codeOf } from '../errors';
import { Caller } from '../leases/dependencies';
import { leaseUnknown } from '../leases/leaseUnknown';
import { ReviewDependencies } from './ReviewRules';
import { ReviewService } from './ReviewService';

/** Accepts several leases under which nothing was issued, each by itself and under the same rules as alone. */
export class BulkReview {
  constructor(
    private readonly deps: ReviewDependencies,
    private readonly reviews: ReviewService,
  ) {}

  /** What became of each lease, in the order asked for; one that is refused stops no other. */
  async accept(
    caller: Caller,
    { leaseIds, comment }: BulkRequest,
  ): Promise<BulkReviewResult> {
    const items: BulkReviewResult['items'] = [];
    for (const leaseId of new Set(leaseIds)) {
      items.push(await this.acceptOne(caller, leaseId, comment));
    }
    return { items };
  }

  private async acceptOne(
    caller: Caller,
    leaseId: string,
    comment: string,
  ): Promise<BulkReviewResult['items'][number]> {
    try {
      const evidenceHash = await this.evidenceHash(leaseId);
      const checklist = {
        ended: true,
        matchesReason: true,
        rotated: true,
        lessons: true,
      };
      await this.reviews.review(
        caller,
        leaseId,
        {
          verdict: 'accepted',
          comment,
          checklist,
          followUps: [],
          evidenceHash,
        },
        { bulk: true },
      );
      return { leaseId, accepted: true };
    } catch (error) {
      const code = codeOf(error);
      if (!code) {
        throw error;
      }
      return {
        leaseId,
        accepted: false,
        code,
        message: (error as Error).message,
      };
    }
  }

  /** Nothing was on a page but that there is nothing: the verdict names what stands now. */
  private async evidenceHash(leaseId: string): Promise<string> {
    const { database, config, clock } = this.deps;
    const lease = await database.leases.get(leaseId);
    if (!lease) {
      throw leaseUnknown(leaseId);
    }
    const { hash } = await presentEvidence(
      database,
      lease,
      config.review,
      clock.now(),
    );
    return hash;
  }
}

import {
  leaseReadPermission,
  followUpUpdatePermission,
  reviewCreatePermission,
} from 'backstage-plugin-break-glass-common';
import { LeaseQueries } from '../leases';
import {
  BulkReview,
  FollowUpService,
  ReviewAssignment,
  ReviewReopening,
  ReviewService,
} from '../review';
import { RouteBuilder } from './RouteBuilder';

const NOT_PERMITTED = {
  code: 'not-permitted',
  message:
    "The portal's policy does not let you review this lease. Ask the platform team.",
};

/** The work of reviewers: verdicts, who takes which review on, and what remains to be done. */
export function addReviewRoutes(
  routes: RouteBuilder,
  services: {
    leases: LeaseQueries;
    reviews: ReviewService;
    bulkReview: BulkReview;
    assignment: ReviewAssignment;
    reopening: ReviewReopening;
    followUps: FollowUpService;
  },
): void {
  const { leases, reviews, assignment, reopening, followUps } = services;
  routes.add(
    'reviewLease',
    [reviewCreatePermission],
    async ({ caller, params, body }) => {
      await reviews.review(caller, params.id, body);
      return leases.detail(caller, params.id);
    },
  );
  routes.add(
    'assignReview',
    [reviewCreatePermission],
    async ({ caller, params, body }) => {
      await assignment.assign(caller, params.id, body.reviewer);
      return leases.detail(caller, params.id);
    },
  );
  routes.add(
    'reopenReview',
    [reviewCreatePermission],
    async ({ caller, params, body }) => {
      await reopening.reopen(caller, params.id, body.comment);
      return leases.detail(caller, params.id);
    },
  );
  routes.add('reviewInBulk', [], async ({ caller, body, signedIn }) => {
    const asked = body.leaseIds.map(id => ({ id }));
    const permitted = await routes.filter(
      reviewCreatePermission,
      signedIn,
      asked,
    );
    const leaseIds = permitted.map(({ id }) => id);
    const done = leaseIds.length
      ? await services.bulkReview.accept(caller, { ...body, leaseIds })
      : { items: [] };
    const refused = body.leaseIds.filter(id => !leaseIds.includes(id));
    const permission = reviewCreatePermission;
    for (const leaseId of new Set(refused)) {
      const about = { permission, leaseId };
      await routes.auditRefusal('review.accepted', about, signedIn);
    }
    const left = refused.map(leaseId => ({
      leaseId,
      accepted: false,
      ...NOT_PERMITTED,
    }));
    return { items: [...done.items, ...left] };
  });
  routes.add('listFollowUps', [], async ({ caller, query, signedIn }) =>
    followUps.list(
      caller,
      query,
      await routes.permitted(leaseReadPermission, signedIn),
    ),
  );
  routes.add(
    'finishFollowUp',
    [followUpUpdatePermission],
    async ({ caller, params, body, signedIn }) =>
      followUps.finish(
        caller,
        params.id,
        body.comment,
        await routes.permitted(leaseReadPermission, signedIn),
      ),
  );
}

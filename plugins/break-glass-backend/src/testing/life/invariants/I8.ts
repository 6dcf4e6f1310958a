import { StepView } from '../StepView';

/** I8: whoever reviews a lease asked for none of it, got none of it, and decided nothing of it. */
export function I8({ after, before, world, replaced }: StepView): string[] {
  return after.reviews
    .filter(({ id }) => !replaced && !before.reviews.some(it => it.id === id))
    .flatMap(review => {
      const lease = after.leases.get(review.lease_id)!;
      const person = world.catalog.person(review.reviewer);
      const decisions = [
        ...after.decisions,
        ...after.extensionDecisions,
      ].filter(each => each.lease_id === lease.id);
      const keys = [
        ...[lease.requester_key, lease.beneficiary_key],
        ...decisions.map(each => each.person_key),
      ];
      const independent = person && !keys.includes(person.key);
      const may = person?.groups.has('group:default/security-reviewers');
      return independent && may
        ? []
        : [`I8: ${review.reviewer} reviewed lease ${lease.id}`];
    });
}

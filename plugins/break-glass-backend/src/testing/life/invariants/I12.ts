import { Row } from '../Snapshot';
import { StepView } from '../StepView';

const EVERYBODY = /^(user:default\/|system$)/;

/** I12: services act for nobody; who closes, stops and lifts is who may. */
export function I12({ after, before, world, replaced }: StepView): string[] {
  if (replaced) {
    return [];
  }
  const fresh = after.audit
    .slice(before.audit.length)
    .filter(({ outcome }) => outcome !== 'refused');
  return [
    ...fresh
      .filter(({ actor }) => !EVERYBODY.test(actor))
      .map(({ actor, action }) => `I12: ${actor} did ${action}`),
    ...[...after.leases.values()]
      .filter(({ id, closed_by: by }) => {
        return by !== null && before.leases.get(id)?.closed_by !== by;
      })
      .filter(lease => !mayClose(lease))
      .map(({ id, status, closed_by: by }) => `I12: ${by} ${status} ${id}`),
    ...[...after.panics.values()].flatMap(panicProblems),
  ];

  function isIn(ref: string, group: string): boolean {
    const groups = world.catalog.person(ref)?.groups;
    return groups?.has(`group:default/${group}`) ?? false;
  }

  function mayClose({ id, status, closed_by: by, requester, ...lease }: Row) {
    const mine = after.decisions.filter(each => each.lease_id === id);
    switch (status) {
      case 'cancelled':
      case 'ended':
        return by === requester;
      case 'rejected':
        return mine.some(
          ({ person, verdict }) => person === by && verdict === 'reject',
        );
      default:
        return (
          by === 'system' ||
          isIn(by, 'incident-responders') ||
          [...mine, ...after.extensionDecisions].some(
            each =>
              each.lease_id === id &&
              each.person === by &&
              each.verdict === 'approve',
          ) ||
          (lease.approval_kind === 'emergency' &&
            world.catalog.person(by) !== undefined) ||
          // By a message, after whoever stopped everything.
          [...after.panics.values()].some(({ raised_by: who }) => who === by)
        );
    }
  }

  function panicProblems(panic: Row): string[] {
    const was = before.panics.get(panic.id);
    const acted = [
      ...(was ? [] : [panic.raised_by]),
      ...(was?.lift_asked_by === panic.lift_asked_by
        ? []
        : [panic.lift_asked_by]),
      ...(was?.lifted_by === panic.lifted_by ? [] : [panic.lifted_by]),
    ].filter(Boolean);
    const one = panic.lifted_by && world.catalog.person(panic.lifted_by)?.key;
    return [
      ...acted
        .filter(ref => !isIn(ref, 'incident-responders'))
        .map(ref => `I12: ${ref} is no responder, and touched a panic`),
      ...(one && one === panic.lift_asked_by_key
        ? [`I12: one person lifted panic ${panic.id}`]
        : []),
      ...(panic.kind === 'person' &&
      [panic.lift_asked_by, panic.lifted_by].includes(panic.target_ref)
        ? [`I12: whom panic ${panic.id} stopped had a part in lifting it`]
        : []),
    ];
  }
}

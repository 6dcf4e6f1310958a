// Used by tests only, though not one itself.
/* eslint-disable @backstage/no-undeclared-imports */
import fc from 'fast-check';
import { LifeWorld } from '../LifeWorld';
import { Row } from '../Snapshot';

/** People by the part that they have in a lease: those who try what only others may. */
const PARTS: Record<string, (world: LifeWorld, lease: Row) => string | null> = {
  'the requester': (_, lease) => lease.requester,
  'the beneficiary': (_, lease) => lease.beneficiary,
  'the requester’s other entity': (world, lease) =>
    otherEntity(world, lease.requester),
  'an approver': (world, lease) => approverOf(world, lease),
  'an approver’s other entity': (world, lease) =>
    otherEntity(world, approverOf(world, lease)),
};

/** Somebody by their part. */
export const aPart = fc.constantFrom(...Object.keys(PARTS));

/** Somebody by their part, one in three times, else whoever is drawn. */
export function aPartOr(named: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 2, arbitrary: named },
    { weight: 1, arbitrary: aPart },
  );
}

/** Who that is for a lease; where nobody has the part, the requester. */
export function whoIs(world: LifeWorld, lease: Row, drawn: string): string {
  return drawn in PARTS ? PARTS[drawn](world, lease) ?? lease.requester : drawn;
}

function otherEntity(world: LifeWorld, ref: string | null): string | null {
  const refs = ref && world.catalog.person(ref)?.against.refs;
  return [...(refs || [])].find(each => each !== ref) ?? null;
}

function approverOf(world: LifeWorld, lease: Row): string | null {
  const { decisions, extensionDecisions } = world.stored();
  const approval = [...decisions, ...extensionDecisions].find(
    each => each.lease_id === lease.id && each.verdict === 'approve',
  );
  return approval?.person ?? null;
}

import { DecisionRow, Stores } from '../database/types';

/** Every decision about a lease, those on its extensions included: who decided is not independent of it (I8). */
export async function allDecisions(
  stores: Pick<Stores, 'decisions' | 'extensions'>,
  leaseId: string,
): Promise<DecisionRow[]> {
  const [decisions, onExtensions] = await Promise.all([
    stores.decisions.ofLeases([leaseId]),
    stores.extensions.decisionsOf([leaseId]),
  ]);
  return [...decisions, ...onExtensions];
}

import { Understanding } from 'backstage-plugin-break-glass-common';
import { LeaseRow } from '../../database/types';
import { asList, matchesAction, serviceTitle } from '../../profiles';
import { UnderstoodGroup } from './UnderstoodGroup';

type Touched = Understanding['services'];

/** Services by how often they were called, most first, and whether the profile of the lease names them. */
export function servicesTouched(
  groups: UnderstoodGroup[],
  scope: LeaseRow['scope'],
): Touched {
  const byService = new Map<string, UnderstoodGroup[]>();
  for (const group of groups) {
    const same = byService.get(group.service) ?? [];
    byService.set(group.service, [...same, group]);
  }
  const sum = (
    some: UnderstoodGroup[],
    counts: (each: UnderstoodGroup) => boolean,
  ) => some.filter(counts).reduce((total, { count }) => total + count, 0);
  return [...byService]
    .map(([service, some]) => ({
      service,
      events: sum(some, () => true),
      writes: sum(some, each => each.isWrite),
      refused: sum(some, each => each.refused),
      sensitive: sum(some, each => each.sensitive.length > 0),
      inProfile:
        some.every(each => each.isFree) || namesService(scope, service),
    }))
    .sort((a, b) => b.events - a.events || (a.service < b.service ? -1 : 1));
}

/** Managed policies are not looked into: a service may be theirs. */
function namesService(
  { statements, managedPolicies }: LeaseRow['scope'],
  service: string,
): boolean {
  return (
    Object.keys(managedPolicies).length > 0 ||
    statements.some(
      ({ Effect, Action, NotAction }) =>
        Effect === 'Allow' &&
        (NotAction !== undefined ||
          asList(Action).some(pattern =>
            matchesAction(pattern.split(':')[0], service),
          )),
    )
  );
}

/** Name of a service as people say it: `S3`, `IAM`, `CloudTrail`. */
export async function spokenTitle(service: string): Promise<string> {
  const title = await serviceTitle(service);
  const [, short] = /\(([A-Z0-9]{2,})\)$/.exec(title) ?? [];
  return short ?? title.replace(/^(Amazon|AWS) /, '');
}

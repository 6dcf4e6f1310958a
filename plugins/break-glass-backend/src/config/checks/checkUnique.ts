import { ConfigProblem } from '../configError';
import { Section } from '../schema/sectionSchema';

/** Values that occur a second time. */
function duplicates(
  path: PropertyKey[],
  property: string | undefined,
  values: string[],
): ConfigProblem[] {
  return values.flatMap((value, index) =>
    values.indexOf(value) === index
      ? []
      : [
          {
            path: [...path, index, ...(property ? [property] : [])],
            reason: `'${value}' is there twice`,
          },
        ],
  );
}

const idsOf = (items: Array<{ id: string }>) => items.map(({ id }) => id);

/** Every id once in its list, every origin and reference once. */
export function checkUnique(section: Section): ConfigProblem[] {
  const { roles, profiles, approvalPolicies, trust } = section;
  return [
    ...duplicates(['roles'], 'id', idsOf(roles)),
    ...duplicates(['profiles'], 'id', idsOf(profiles)),
    ...duplicates(['approvalPolicies'], 'id', idsOf(approvalPolicies)),
    ...duplicates(['freezes'], 'id', idsOf(section.freezes)),
    ...approvalPolicies.flatMap((policy, index) =>
      duplicates(
        ['approvalPolicies', index, 'steps'],
        'id',
        idsOf(policy.steps),
      ),
    ),
    ...profiles.flatMap((profile, index) => [
      ...duplicates(
        ['profiles', index, 'parameters'],
        'name',
        profile.parameters.map(({ name }) => name),
      ),
      ...duplicates(
        ['profiles', index, 'managedPolicyArns'],
        undefined,
        profile.managedPolicyArns,
      ),
    ]),
    ...roles.flatMap((role, index) =>
      duplicates(['roles', index, 'profiles'], undefined, role.profiles),
    ),
    ...(['accounts', 'people'] as const).flatMap(kind =>
      duplicates(
        ['trust', kind],
        undefined,
        trust[kind].map(origin => JSON.stringify(origin)),
      ),
    ),
    ...duplicates(
      ['controlPlaneAccountIds'],
      undefined,
      section.controlPlaneAccountIds,
    ),
  ];
}

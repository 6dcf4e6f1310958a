import { seat } from '../../seating';
import { ConfigProblem } from '../configError';
import { RoleInput } from '../schema/roleSchema';
import { Section } from '../schema/sectionSchema';
import { ApprovalStepConfig, Principals } from '../types';

type Step = Pick<ApprovalStepConfig, 'id' | 'from' | 'exclude' | 'count'>;

const nobody: Principals = { groups: [], users: [], accountOwner: false };

/** Policies that nobody can meet, whoever is in which group: found at the start, not at a request. */
export function checkApprovers(section: Section): ConfigProblem[] {
  return [
    ...section.approvalPolicies.flatMap((policy, index) => [
      ...policy.steps.flatMap((step, at) =>
        tooFew(step.from, step.exclude, step.count, []).map(reason => ({
          path: ['approvalPolicies', index, 'steps', at, 'from'],
          reason,
        })),
      ),
      ...tooFewTogether(policy.steps, []).map(reason => ({
        path: ['approvalPolicies', index, 'steps'],
        reason,
      })),
    ]),
    ...section.freezes.flatMap(({ step }, index) =>
      step
        ? tooFew(step.from, step.exclude, step.count, []).map(reason => ({
            path: ['freezes', index, 'step', 'from'],
            reason,
          }))
        : [],
    ),
    ...section.roles.flatMap((role, index) =>
      role.access === 'lease'
        ? [
            ...roleWithoutApprover(role, role.approvalPolicy, section).map(
              reason => ({ path: ['roles', index, 'approvalPolicy'], reason }),
            ),
            ...role.approvalOverrides.flatMap(({ approvalPolicy }, at) =>
              roleWithoutApprover(role, approvalPolicy, section).map(
                reason => ({
                  path: ['roles', index, 'approvalOverrides', at],
                  reason,
                }),
              ),
            ),
          ]
        : [],
    ),
  ];
}

/** People of a step that are named one by one, or undefined where groups or owners make them open. */
function namedPeople(
  from: Principals,
  exclude: Principals,
  without: string[],
): string[] | undefined {
  const openGroups = from.groups.filter(ref => !exclude.groups.includes(ref));
  const openOwner = from.accountOwner && !exclude.accountOwner;
  if (openGroups.length > 0 || openOwner) {
    return undefined;
  }
  return [...new Set(from.users)].filter(
    ref => !exclude.users.includes(ref) && !without.includes(ref),
  );
}

function tooFew(
  from: Principals,
  exclude: Principals,
  count: number,
  without: string[],
): string[] {
  const people = namedPeople(from, exclude, without);
  if (people === undefined || people.length >= count) {
    return [];
  }
  return [
    people.length === 0
      ? `leaves nobody who can decide: ${whyNobody(from, without)}`
      : `leaves ${
          people.length
        } who can decide, but ${count} must: ${people.join(', ')}`,
  ];
}

function whyNobody(
  { groups, users, accountOwner }: Principals,
  without: string[],
) {
  const named = [...groups, ...users, ...(accountOwner ? ['the owner'] : [])];
  const excluded = named.filter(ref => !without.includes(ref));
  if (named.length === 0) {
    return 'it names nobody';
  }
  return excluded.length === 0
    ? `there is only ${named.join(', ')}`
    : `what it names is excluded, ${excluded.join(', ')}`;
}

/** Steps that are each enough by themselves, but not together: one person counts once over all of them. */
function tooFewTogether(steps: Step[], without: string[]): string[] {
  const closed = steps.flatMap(({ id, from, exclude, count }) => {
    const people = namedPeople(from, exclude, without);
    return people ? [{ id, people, count }] : [];
  });
  const eachIsEnough = closed.every(it => it.people.length >= it.count);
  const { empty } = seat(
    closed.flatMap(it => Array.from({ length: it.count }, () => it.people)),
  );
  const names = [...new Set(closed.flatMap(it => it.people))];
  return eachIsEnough && empty.length > 0
    ? [
        `leave too few people for all of ${closed
          .map(({ id }) => `'${id}'`)
          .join(', ')} together, where one person counts once: ${names.join(
          ', ',
        )}`,
      ]
    : [];
}

/** Where everybody eligible is named, at least one of them must leave enough others to decide. */
function roleWithoutApprover(
  role: Extract<RoleInput, { access: 'lease' }>,
  policyId: string | undefined,
  section: Section,
): string[] {
  const everybodyIsNamed =
    role.eligible.groups.length === 0 && !role.eligible.accountOwner;
  if (!everybodyIsNamed) {
    return [];
  }
  const steps = policyId
    ? section.approvalPolicies.find(({ id }) => id === policyId)?.steps ?? []
    : [{ id: 'second-person', from: role.eligible, exclude: nobody, count: 1 }];
  const perRequester = role.eligible.users.map(requester => [
    ...steps.flatMap(step =>
      tooFew(step.from, step.exclude, step.count, [requester]).map(
        reason => `for ${requester} as requester, step '${step.id}' ${reason}`,
      ),
    ),
    ...tooFewTogether(steps, [requester]).map(
      reason => `for ${requester} as requester, its steps ${reason}`,
    ),
  ]);
  return perRequester.every(reasons => reasons.length > 0)
    ? perRequester.flat()
    : [];
}

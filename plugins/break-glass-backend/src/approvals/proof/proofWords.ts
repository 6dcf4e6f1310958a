import { listInWords } from '../../accounts/principals';
import { ApprovalPolicyConfig, RoleConfig } from '../../config/types';
import { AccountClass } from './accountClasses';
import { PolicyProof } from './provePolicy';

/** Names that one sentence says. */
const NAMES_SAID = 5;

/** Why nothing of some people is requested, approved or issued under a policy, with the people and what mends it. */
export function unsafeWords(
  role: Pick<RoleConfig, 'title'>,
  policy: Pick<ApprovalPolicyConfig, 'id'>,
  { alone }: Pick<PolicyProof, 'alone'>,
  personKeyAnnotation: string | undefined,
): string {
  const who = alone
    .map(
      ({ person, refs }) =>
        `${person.displayName} (${listInWords(refs, 'and')})`,
    )
    .slice(0, NAMES_SAID);
  const mend = personKeyAnnotation
    ? `Give the entities of one person the same ${personKeyAnnotation} annotation`
    : 'Name an annotation under breakGlass.personKeyAnnotation, and give the entities of one person the same value';
  return `By e-mail address, each of these is one person with several user entities, who could ask for ${
    role.title
  } and approve it alone under the policy ${policy.id}: ${who.join('; ')}${more(
    alone.length,
  )}. Nothing of theirs is requested, approved or issued under it until the catalog says who is who. ${mend}, or two people addresses of their own.`;
}

/** Whose requests nobody can approve, in words; every class with the same answer is said once by its caller. */
export function unmeetableWords(
  { role, policy, accounts }: AccountClass,
  { requesters, unmeetable }: PolicyProof,
): string {
  const all = unmeetable.length === requesters;
  const who = all
    ? 'anybody'
    : `${unmeetable
        .slice(0, NAMES_SAID)
        .map(({ person }) => person.displayName)
        .join(', ')}${more(unmeetable.length)}`;
  return `${role.title} on ${accounts.slice(0, NAMES_SAID).join(', ')}${more(
    accounts.length,
  )}, policy ${policy.id}: nobody can approve ${stepTitles(
    policy,
    unmeetable[0].stepIds,
  )} for ${who}.`;
}

/** The same to one requester. */
export function nobodyCanApprove(
  policy: Pick<ApprovalPolicyConfig, 'steps'>,
  stepIds: string[],
): string {
  return `Nobody can approve ${stepTitles(
    policy,
    stepIds,
  )} for you. Ask the platform team before you rely on this.`;
}

/** Ways by which one person gets access alone because the configuration says so (I1). */
export function byDesignWords(
  policies: ApprovalPolicyConfig[],
): string | undefined {
  const of = (kind: 'emergency' | 'automatic') =>
    policies.filter(policy => policy[kind]).map(({ id }) => id);
  const ways = [
    ...(of('emergency').length > 0
      ? [`in an emergency under ${listInWords(of('emergency'), 'and')}`]
      : []),
    ...(of('automatic').length > 0
      ? [`by conditions under ${listInWords(of('automatic'), 'and')}`]
      : []),
  ];
  return ways.length > 0
    ? `One person alone, as configured: ${listInWords(ways, 'and')}.`
    : undefined;
}

function stepTitles(
  { steps }: Pick<ApprovalPolicyConfig, 'steps'>,
  stepIds: string[],
): string {
  const titles = steps
    .filter(({ id }) => stepIds.includes(id))
    .map(({ title }) => title);
  return `the step${titles.length === 1 ? '' : 's'} ${listInWords(
    titles,
    'and',
  )}`;
}

function more(length: number): string {
  return length > NAMES_SAID ? ` and ${length - NAMES_SAID} more` : '';
}

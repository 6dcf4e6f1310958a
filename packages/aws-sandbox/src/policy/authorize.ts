import { PolicyDocument } from './policyDocument';
import { Grant, PrincipalNames, readResourcePolicy } from './principals';
import { anyApplies, Question } from './statements';

/** The policies that limit a caller. An absent kind does not limit; an empty list allows nothing. */
export interface CallerPolicies {
  identity: PolicyDocument[];
  boundary?: PolicyDocument[];
  session?: PolicyDocument[];
}

/** The policy of the resource that is called. */
export interface ResourcePolicy {
  accountId: string;
  document?: PolicyDocument;
  /** True where the resource's policy must agree even within one account (role trust). */
  required?: boolean;
}

/** The kind of policy that decided, in the words of AWS's messages. */
export type PolicyName =
  | 'identity-based policy'
  | 'permissions boundary'
  | 'session policy'
  | 'resource-based policy';

/** The outcome of an authorization. */
export type Decision =
  | { allowed: true }
  | { allowed: false; explicit: boolean; policy: PolicyName };

const deny = (explicit: boolean, policy: PolicyName): Decision => ({
  allowed: false,
  explicit,
  policy,
});

function explicitDeny(
  policies: CallerPolicies,
  resourceDenies: boolean,
  question: Question,
): Decision | undefined {
  const denies = (list: PolicyDocument[] = []) =>
    anyApplies(list, 'Deny', question);
  if (denies(policies.identity)) return deny(true, 'identity-based policy');
  if (resourceDenies) return deny(true, 'resource-based policy');
  if (denies(policies.boundary)) return deny(true, 'permissions boundary');
  if (denies(policies.session)) return deny(true, 'session policy');
  return undefined;
}

function limits(
  policies: CallerPolicies,
  question: Question,
): Decision | undefined {
  const allows = (list: PolicyDocument[]) =>
    anyApplies(list, 'Allow', question);
  if (policies.boundary && !allows(policies.boundary)) {
    return deny(false, 'permissions boundary');
  }
  if (policies.session && !allows(policies.session)) {
    return deny(false, 'session policy');
  }
  return undefined;
}

function withinAccount(
  policies: CallerPolicies,
  grant: Grant,
  required: boolean,
  question: Question,
): Decision {
  // A resource policy that names the user or the session itself is not limited by what is merely absent.
  if (grant === 'direct') return { allowed: true };
  if (required && grant === 'none') return deny(false, 'resource-based policy');
  if (grant !== 'role' && !anyApplies(policies.identity, 'Allow', question)) {
    return deny(false, 'identity-based policy');
  }
  return limits(policies, question) ?? { allowed: true };
}

function acrossAccounts(
  policies: CallerPolicies,
  grant: Grant,
  question: Question,
): Decision {
  if (!anyApplies(policies.identity, 'Allow', question)) {
    return deny(false, 'identity-based policy');
  }
  if (grant === 'none') return deny(false, 'resource-based policy');
  return limits(policies, question) ?? { allowed: true };
}

/**
 * Decides a call the way IAM does: an explicit deny anywhere wins; otherwise identity ∩ boundary ∩ session,
 * with resource policies added within one account and needed between two.
 */
export function authorize(
  caller: PrincipalNames,
  policies: CallerPolicies,
  resource: ResourcePolicy,
  question: Question,
): Decision {
  const { grant, denied } = resource.document
    ? readResourcePolicy(resource.document, caller, question)
    : { grant: 'none' as const, denied: false };
  const refusal = explicitDeny(policies, denied, question);
  if (refusal) return refusal;
  return resource.accountId === caller.accountId
    ? withinAccount(policies, grant, resource.required === true, question)
    : acrossAccounts(policies, grant, question);
}

/** The end of AWS's sentence about a refusal: which kind of policy, and whether it said no or nothing. */
export function reasonOf(
  decision: Extract<Decision, { allowed: false }>,
  action: string,
): string {
  if (!decision.explicit) {
    return `because no ${decision.policy} allows the ${action} action`;
  }
  const article = decision.policy === 'identity-based policy' ? 'an' : 'a';
  return `with an explicit deny in ${article} ${decision.policy}`;
}

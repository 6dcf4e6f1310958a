import { parsePolicy } from './policyDocument';
import { RequestContext } from './RequestContext';
import { anyApplies } from './statements';

/** A call as policies see it. */
export interface PolicyQuestion {
  /** For example `s3:GetObject`. */
  action: string;
  /** ARN of the resource, or `*` for an action without one. */
  resource: string;
  /** Condition keys of the call with their values. */
  keys?: Record<string, string>;
}

/**
 * What policies of one kind, taken together, allow by themselves: some of them allows the call and none denies it.
 * A session policy is such a kind, with the managed ones that are passed with it.
 *
 * @param policies - texts of identity policies
 * @returns tells whether they allow a call
 * @throws PolicySyntaxError for a text that is no policy
 */
export function whatPoliciesAllow(
  policies: string[],
): (question: PolicyQuestion) => boolean {
  const documents = policies.map(text => parsePolicy(text, 'identity'));
  return ({ action, resource, keys }) => {
    const context = new RequestContext().with(keys);
    const question = { action, resource, context };
    return (
      anyApplies(documents, 'Allow', question) &&
      !anyApplies(documents, 'Deny', question)
    );
  };
}

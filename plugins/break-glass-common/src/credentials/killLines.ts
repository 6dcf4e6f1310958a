import { ulidSchema } from '../contract/primitives';

const POLICY_ARN =
  /^arn:aws(?:-[a-z]{1,4}(?:-[a-z]{1,3})?)?:iam::[0-9]{12}:policy\/[\w+=,.@/-]{1,512}$/;

/** What {@link killLines} needs. */
export interface KillLinesOptions {
  /** ARN of the boundary policy of the role, in the account. */
  policyArn: string;
  /** ULIDs of the leases whose sessions are to be refused. They stand in the session names, after the `@`. */
  leaseIds: string[];
}

/**
 * Lines for bash and the AWS CLI that refuse the live sessions of leases, for operators without the portal: they add
 * the leases to those that the boundary policy keeps out already, and make that its default version. They are run with
 * credentials that may change the policy's versions, as those of the killer role, and do no harm when run again.
 *
 * Whatever else stands in the policy is replaced by what the portal would write, so that nothing but leases is kept.
 *
 * @returns lines that end in a line break; they print the id of the new version
 * @throws Error where the ARN or a lease id is none: it would become part of a command
 */
export function killLines({ policyArn, leaseIds }: KillLinesOptions): string {
  if (!POLICY_ARN.test(policyArn)) {
    throw new Error(
      'The ARN of the boundary policy must be arn:<partition>:iam::<account id>:policy/<path and name>.',
    );
  }
  if (
    leaseIds.length === 0 ||
    leaseIds.some(id => !ulidSchema.safeParse(id).success)
  ) {
    throw new Error(
      'Lease ids must be ULIDs, as the session names have them after the @, and at least one.',
    );
  }
  const added = leaseIds.map(id => `'*:*@${id}'`).join(' ');
  return `(
set -euo pipefail
policy='${policyArn}'
version=$(aws iam get-policy --policy-arn "$policy" --query Policy.DefaultVersionId --output text)
there=$(aws iam get-policy-version --policy-arn "$policy" --version-id "$version" --query 'PolicyVersion.Document.Statement[].Condition.StringLike."aws:userid" | []' --output text)
list=$({ printf '%s\\n' "$there" | tr '\\t' '\\n'; printf '%s\\n' ${added}; } | grep -E '^[*]:[*]@[0-7][0-9A-HJKMNP-TV-Z]{25}$' | sort -u | sed 's/.*/"&"/' | paste -sd, -)
document='{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"StringLike":{"aws:userid":['"$list"']}}}]}'
others=$(aws iam list-policy-versions --policy-arn "$policy" --query 'Versions[?IsDefaultVersion==\`false\`].VersionId' --output text | tr '\\t' '\\n' | sort -V)
if [ "$(printf '%s\\n' "$others" | wc -l)" -ge 4 ]; then aws iam delete-policy-version --policy-arn "$policy" --version-id "$(printf '%s\\n' "$others" | head -n 1)"; fi
aws iam create-policy-version --policy-arn "$policy" --set-as-default --policy-document "$document" --query PolicyVersion.VersionId --output text
)
`;
}

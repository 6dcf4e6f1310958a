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

/** One step of {@link killLines}. */
export interface KillStep {
  /** What it does, in words. */
  does: string;
  /** A line for bash. Later steps use the variables of earlier ones. */
  command: string;
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
export function killLines(options: KillLinesOptions): string {
  const lines = killSteps(options).map(({ command }) => command);
  return `(\n${lines.join('\n')}\n)\n`;
}

/**
 * The same as {@link killLines}, one by one. They are run in this order, in one bash that is there for them alone: the
 * first lets it stop where one of them fails.
 *
 * @throws Error as {@link killLines}
 */
export function killSteps({
  policyArn,
  leaseIds,
}: KillLinesOptions): KillStep[] {
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
  return [
    {
      does: 'Stops at the first step that fails.',
      command: `set -euo pipefail`,
    },
    {
      does: 'Names the boundary policy.',
      command: `policy='${policyArn}'`,
    },
    {
      does: 'Looks up which version of it is in force.',
      command: `version=$(aws iam get-policy --policy-arn "$policy" --query Policy.DefaultVersionId --output text)`,
    },
    {
      does: 'Reads which sessions that version keeps out.',
      command: `there=$(aws iam get-policy-version --policy-arn "$policy" --version-id "$version" --query 'PolicyVersion.Document.Statement[].Condition.StringLike."aws:userid" | []' --output text)`,
    },
    {
      does: 'Adds the leases to them.',
      command: `list=$({ printf '%s\\n' "$there" | tr '\\t' '\\n'; printf '%s\\n' ${added}; } | grep -E '^[*]:[*]@[0-7][0-9A-HJKMNP-TV-Z]{25}$' | sort -u | sed 's/.*/"&"/' | paste -sd, -)`,
    },
    {
      does: 'Writes the new version of the policy.',
      command: `document='{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"StringLike":{"aws:userid":['"$list"']}}}]}'`,
    },
    {
      does: 'Looks up its other versions, the oldest first.',
      command: `others=$(aws iam list-policy-versions --policy-arn "$policy" --query 'Versions[?IsDefaultVersion==\`false\`].VersionId' --output text | tr '\\t' '\\n' | sort -V)`,
    },
    {
      does: 'Deletes the oldest of them where there is no room for one more.',
      command: `if [ "$(printf '%s\\n' "$others" | wc -l)" -ge 4 ]; then aws iam delete-policy-version --policy-arn "$policy" --version-id "$(printf '%s\\n' "$others" | head -n 1)"; fi`,
    },
    {
      does: 'Puts the new version into force, and prints its id.',
      command: `aws iam create-policy-version --policy-arn "$policy" --set-as-default --policy-document "$document" --query PolicyVersion.VersionId --output text`,
    },
  ];
}

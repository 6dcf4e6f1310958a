import { PolicyDocument, Statement } from './policyDocument';
import { Question, statementApplies } from './statements';

/** A caller as principals of resource policies see it. */
export interface PrincipalNames {
  accountId: string;
  partition: string;
  /** The caller's own ARN: a user, or a role session (`…:assumed-role/…`). */
  arn: string;
  /** The ARN of the user or, for a session, of its role. */
  principalArn: string;
}

/**
 * How directly a resource policy names the caller:
 * `direct` the user or role session itself, `role` the session's role or everybody,
 * `account` the caller's account, which leaves the decision to that account's own policies.
 */
export type Grant = 'direct' | 'role' | 'account' | 'none';

const RANK: Grant[] = ['direct', 'role', 'account', 'none'];

/** How one principal entry of a policy names the caller. */
export function nameOf(entry: string, caller: PrincipalNames): Grant {
  if (entry === caller.arn) return 'direct';
  if (entry === '*' || entry === caller.principalArn) return 'role';
  const root = `arn:${caller.partition}:iam::${caller.accountId}:root`;
  return entry === root || entry === caller.accountId ? 'account' : 'none';
}

function grantOf(statement: Statement, caller: PrincipalNames): Grant {
  const names = (statement.principals ?? []).map(e => nameOf(e, caller));
  return RANK.find(rank => names.includes(rank)) ?? 'none';
}

/** What a resource policy says about a caller: the most direct Allow, and whether it denies. */
export function readResourcePolicy(
  policy: PolicyDocument,
  caller: PrincipalNames,
  question: Question,
): { grant: Grant; denied: boolean } {
  let grant: Grant = 'none';
  let denied = false;
  for (const statement of policy.statements) {
    const named = grantOf(statement, caller);
    if (named !== 'none' && statementApplies(statement, question)) {
      if (statement.effect === 'Deny') denied = true;
      else if (RANK.indexOf(named) < RANK.indexOf(grant)) grant = named;
    }
  }
  return { grant, denied };
}

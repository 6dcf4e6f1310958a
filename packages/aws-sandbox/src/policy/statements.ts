import { fillVariables, testCondition } from './conditions';
import { PolicyDocument, Statement } from './policyDocument';
import { RequestContext } from './RequestContext';
import { matchesArn, matchesWildcard } from './wildcard';

/** What is asked: an action on a resource, with its condition keys. */
export interface Question {
  /** For example `s3:GetObject`. */
  action: string;
  /** The resource's ARN, or `*` for actions without one. */
  resource: string;
  context: RequestContext;
}

function matchesAction(statement: Statement, action: string): boolean {
  const matches = (patterns: string[]) =>
    patterns.some(p => matchesWildcard(p.toLowerCase(), action.toLowerCase()));
  return statement.actions
    ? matches(statement.actions)
    : !matches(statement.notActions ?? []);
}

function matchesResource(statement: Statement, question: Question) {
  const patterns = statement.resources ?? statement.notResources;
  // Trust policies have no resource: the role they belong to is the resource.
  if (!patterns) return true;
  const filled = fillVariables(patterns, question.context);
  if (!filled) return statement.effect === 'Deny';
  const matches = filled.some(p => matchesArn(p, question.resource));
  return statement.resources ? matches : !matches;
}

/**
 * Whether a statement applies to a call, principals apart.
 * Where the sandbox cannot tell, an Allow does not apply and a Deny does.
 */
export function statementApplies(
  statement: Statement,
  question: Question,
): boolean {
  if (!matchesAction(statement, question.action)) return false;
  if (!matchesResource(statement, question)) return false;
  const answers = statement.conditions.map(condition =>
    testCondition(condition, question.context),
  );
  if (answers.includes('no')) return false;
  return !answers.includes('unknown') || statement.effect === 'Deny';
}

/** Whether any policy of a list holds a statement of this effect that applies. */
export function anyApplies(
  policies: PolicyDocument[],
  effect: Statement['effect'],
  question: Question,
): boolean {
  return policies.some(policy =>
    policy.statements.some(
      statement =>
        statement.effect === effect && statementApplies(statement, question),
    ),
  );
}

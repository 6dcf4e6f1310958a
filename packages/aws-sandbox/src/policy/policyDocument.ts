import { z } from 'zod';

/** One condition: the operator as written, the key in lower case, the values as text. */
export interface Condition {
  operator: string;
  key: string;
  values: string[];
}

/** One statement of a policy, every element a list. */
export interface Statement {
  effect: 'Allow' | 'Deny';
  /** AWS principals (`*`, ARNs or account ids); undefined in identity policies. */
  principals?: string[];
  /** ARNs of identity providers. */
  federated?: string[];
  actions?: string[];
  notActions?: string[];
  resources?: string[];
  notResources?: string[];
  conditions: Condition[];
}

/** A policy as it was written, and what it says. */
export interface PolicyDocument {
  text: string;
  statements: Statement[];
}

/** Which elements a policy may and must have. */
export type PolicyKind = 'identity' | 'trust' | 'resource';

/** Says why a text is not a policy. The caller turns it into its service's error. */
export class PolicySyntaxError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'PolicySyntaxError';
  }
}

const scalar = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const texts = z
  .union([z.string().transform(v => [v]), z.array(z.string()).min(1)])
  .pipe(z.array(z.string()));
const values = z.union([scalar.transform(v => [v]), z.array(scalar)]);
const principal = z.union([
  z.literal('*').transform(() => ({ aws: ['*'], federated: [] as string[] })),
  z
    .strictObject({
      AWS: texts.optional(),
      Service: texts.optional(),
      Federated: texts.optional(),
    })
    .transform(p => ({ aws: p.AWS ?? [], federated: p.Federated ?? [] })),
]);

const statementSchema = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(['Allow', 'Deny']),
  Principal: principal.optional(),
  Action: texts.optional(),
  NotAction: texts.optional(),
  Resource: texts.optional(),
  NotResource: texts.optional(),
  Condition: z.record(z.string(), z.record(z.string(), values)).optional(),
});

const documentSchema = z.strictObject({
  Version: z.enum(['2012-10-17', '2008-10-17']).optional(),
  Id: z.string().optional(),
  Statement: z.union([
    statementSchema.transform(s => [s]),
    z.array(statementSchema).min(1),
  ]),
});

type RawStatement = z.infer<typeof statementSchema>;

const ACTION = /^(\*|[a-z0-9-]+:[A-Za-z0-9*?]+)$/;
const PRINCIPAL =
  /^(\*|\d{12}|arn:[a-z-]+:(iam|sts)::\d{12}:[\w+=,.@:/-]{1,512})$/;

function exactlyOne(a: unknown, b: unknown, name: string): void {
  if ((a === undefined) === (b === undefined)) {
    throw new PolicySyntaxError(`Policy statement must contain ${name}.`);
  }
}

function checkActions(statement: RawStatement): void {
  exactlyOne(statement.Action, statement.NotAction, 'actions');
  for (const action of statement.Action ?? statement.NotAction ?? []) {
    if (!ACTION.test(action)) {
      throw new PolicySyntaxError(
        'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.',
      );
    }
  }
}

function checkResources(statement: RawStatement, kind: PolicyKind): void {
  if (kind === 'trust') {
    if (statement.Resource || statement.NotResource) {
      throw new PolicySyntaxError('Has prohibited field Resource');
    }
    return;
  }
  exactlyOne(statement.Resource, statement.NotResource, 'resources');
  for (const resource of statement.Resource ?? statement.NotResource ?? []) {
    if (resource !== '*' && !/^arn(:[^:]*){5}/.test(resource)) {
      throw new PolicySyntaxError(
        `Resource ${resource} must be in ARN format or "*".`,
      );
    }
  }
}

function checkPrincipals(statement: RawStatement, kind: PolicyKind): void {
  if (kind === 'identity') {
    if (statement.Principal) {
      throw new PolicySyntaxError(
        'Policy document should not specify a principal.',
      );
    }
    return;
  }
  if (!statement.Principal) {
    throw new PolicySyntaxError('Missing required field Principal');
  }
  for (const entry of statement.Principal.aws) {
    if (!PRINCIPAL.test(entry)) {
      throw new PolicySyntaxError('Invalid principal in policy');
    }
  }
}

function toConditions(raw: RawStatement['Condition']): Condition[] {
  return Object.entries(raw ?? {}).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, list]) => ({
      operator,
      key: key.toLowerCase(),
      values: list,
    })),
  );
}

function toStatement(raw: RawStatement, kind: PolicyKind): Statement {
  checkActions(raw);
  checkResources(raw, kind);
  checkPrincipals(raw, kind);
  return {
    effect: raw.Effect,
    principals: raw.Principal?.aws,
    federated: raw.Principal?.federated,
    actions: raw.Action,
    notActions: raw.NotAction,
    resources: raw.Resource,
    notResources: raw.NotResource,
    conditions: toConditions(raw.Condition),
  };
}

/**
 * Reads a policy.
 * Unknown elements are refused, `NotPrincipal` too: what is not understood is never guessed.
 *
 * @throws PolicySyntaxError with AWS's words where AWS has some
 */
export function parsePolicy(text: string, kind: PolicyKind): PolicyDocument {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new PolicySyntaxError('This policy contains invalid Json');
  }
  const parsed = documentSchema.safeParse(json);
  if (!parsed.success) throw new PolicySyntaxError('Syntax errors in policy.');
  return {
    text,
    statements: parsed.data.Statement.map(raw => toStatement(raw, kind)),
  };
}

import { DuckDBValue, listValue } from '@duckdb/node-api';
import { ActivityQuery, UseQuery } from 'backstage-plugin-break-glass-node';
import { Field } from './recordRows';

/** What is looked for: a condition over fields, and the values that it binds. */
export interface Candidates {
  accountIds: string[];
  /** Epoch milliseconds: from, inclusive, and to, exclusive. */
  from: number;
  to: number;
  fields: readonly Field[];
  /** SQL over the fields; holds no value. */
  condition: string;
  values: Record<string, DuckDBValue>;
}

/** Everything that may belong to the sessions of one lease. */
export function activityCandidates(query: ActivityQuery): Candidates {
  return {
    accountIds: [query.accountId],
    from: query.from,
    to: query.to,
    fields: [
      'arn',
      'source_identity',
      'assumed_role',
      'assumed_name',
      'issued_key',
    ],
    condition: `(
      split_part(arn, '/', 3) = $session
      OR source_identity = $session
      OR (event_name = 'AssumeRole' AND assumed_role = $role AND assumed_name = $session)
      OR (event_name = 'AssumeRole' AND list_contains($keys, issued_key))
    )`,
    values: {
      session: query.sessionName,
      role: query.roleArn,
      keys: texts(query.accessKeyIds),
    },
  };
}

/** Every use of some roles and users, whoever made it. */
export function useCandidates(query: UseQuery): Candidates {
  return {
    accountIds: query.accountIds,
    from: query.from,
    to: query.to,
    fields: [
      'arn',
      'assumed_role',
      'issuer_arn',
      'switched_from',
      'user_type',
      'user_account',
      'user_name',
    ],
    condition: `(
      (event_name IN ('AssumeRole', 'AssumeRoleWithSAML', 'AssumeRoleWithWebIdentity')
        AND list_contains($roles, assumed_role))
      OR (event_name IN ('AssumeRole', 'GetSessionToken', 'GetFederationToken')
        AND list_contains($users, arn))
      OR (event_name IN ('ConsoleLogin', 'SwitchRole') AND (
        list_contains($users, arn)
        OR list_contains($users, switched_from)
        OR list_contains($roles, issuer_arn)
        OR list_contains($sessions, split_part(arn, '/', 1) || '/' || split_part(arn, '/', 2))
        OR (arn IS NULL AND user_type = 'IAMUser'
          AND list_contains($names, user_account || '/' || user_name))
      ))
    )`,
    values: {
      roles: texts(query.roleArns),
      users: texts(query.userArns),
      sessions: texts(query.roleArns.map(sessionPrefixOf)),
      names: texts(query.userArns.map(userKeyOf)),
    },
  };
}

/** What the ARNs of all sessions of a role begin with: they leave out its path. */
function sessionPrefixOf(roleArn: string): string {
  const [, partition, , , accountId] = roleArn.split(':');
  const name = roleArn.slice(roleArn.lastIndexOf('/') + 1);
  return `arn:${partition}:sts::${accountId}:assumed-role/${name}`;
}

/** A refused sign-in names the user's account and name, but not the ARN. */
function userKeyOf(userArn: string): string {
  const name = userArn.slice(userArn.lastIndexOf('/') + 1);
  return `${userArn.split(':')[4]}/${name}`;
}

/** Binds texts as a list, whatever is in them. */
export function texts(values: readonly string[]): DuckDBValue {
  return listValue([...values]);
}

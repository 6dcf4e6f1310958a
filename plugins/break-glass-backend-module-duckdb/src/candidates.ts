import { DuckDBValue, listValue } from '@duckdb/node-api';
import {
  ActivityQuery,
  isCandidate,
  isUse,
  RawCloudTrailRecord,
  UseQuery,
} from 'backstage-plugin-break-glass-node';
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
  /** No more are wanted; absent: as many as there are. */
  most?: number;
  /** Of what the condition leaves: parsed records, by the rule that all sources share. */
  wanted(record: RawCloudTrailRecord): boolean;
}

/** Names of the calls that give out a session of a role, as SQL. */
const ASSUMING = `'AssumeRole', 'AssumeRoleWithSAML', 'AssumeRoleWithWebIdentity'`;

/** Everything that may belong to the sessions of one lease. */
export function activityCandidates(query: ActivityQuery): Candidates {
  return {
    accountIds: [query.accountId],
    from: query.from,
    to: query.to,
    most: query.maxRecords,
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
      OR (event_name IN (${ASSUMING}) AND assumed_role = $role AND assumed_name = $session)
      OR (event_name IN (${ASSUMING}) AND list_contains($keys, issued_key))
    )`,
    values: {
      session: query.sessionName,
      role: query.roleArn,
      keys: texts(query.accessKeyIds),
    },
    wanted: record => isCandidate(record, query),
  };
}

/**
 * Every use of some roles and users, whoever made it. Of sign-ins, which are few
 * and name whom they are about in several ways, all: `isUse` picks.
 */
export function useCandidates(query: UseQuery): Candidates {
  return {
    accountIds: query.accountIds,
    from: query.from,
    to: query.to,
    fields: ['arn', 'assumed_role'],
    condition: `(
      (event_name IN (${ASSUMING})
        AND list_contains($roles, assumed_role))
      OR (event_name IN ('AssumeRole', 'GetSessionToken', 'GetFederationToken')
        AND list_contains($users, arn))
      OR event_name IN ('ConsoleLogin', 'SwitchRole')
    )`,
    values: {
      roles: texts(query.roleArns),
      users: texts(query.userArns),
    },
    wanted: record => isUse(record, query),
  };
}

/** Binds texts as a list, whatever is in them. */
export function texts(values: readonly string[]): DuckDBValue {
  return listValue([...values]);
}

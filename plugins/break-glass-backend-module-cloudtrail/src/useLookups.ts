import {
  RawCloudTrailRecord,
  text,
  UseQuery,
} from 'backstage-plugin-break-glass-node';
import { Attribute } from './EventHistory';

/**
 * What uses in one account are looked up by. An AssumeRole names the role among
 * its resources. Roles of accounts whose own logs are looked through are looked
 * for there: what else there is of them is found by {@link otherHalves}.
 */
export function useLookups(query: UseQuery, accountId: string): Attribute[] {
  const { roleArns, userArns, accountIds } = query;
  if (roleArns.length + userArns.length === 0) {
    return [];
  }
  const roles = roleArns.filter(
    arn => accountOf(arn) === accountId || !accountIds.includes(accountOf(arn)),
  );
  const users = userArns.filter(arn => accountOf(arn) === accountId);
  return [
    ...roles.map(value => ({ key: 'ResourceName' as const, value })),
    ...users.map(arn => ({
      key: 'Username' as const,
      value: userNameOf(arn),
    })),
    { key: 'EventName', value: 'ConsoleLogin' },
    { key: 'EventName', value: 'SwitchRole' },
  ];
}

/** Where the other record of a cross-account AssumeRole is to be looked for. */
export interface OtherHalf {
  accountId: string;
  region: string;
  roleArn: string;
}

/**
 * Where the callers' records of cross-account AssumeRole calls are: in accounts
 * and regions that were asked for, as a text from a log must not become part of
 * a host. Each place once.
 */
export function otherHalves(
  records: RawCloudTrailRecord[],
  query: Pick<UseQuery, 'roleArns' | 'accountIds'>,
  regions: string[],
): OtherHalf[] {
  const halves = new Map<string, OtherHalf>();
  for (const record of records) {
    const accountId = text(record, 'userIdentity', 'accountId') ?? '';
    const region = text(record, 'awsRegion') ?? '';
    const roleArn = text(record, 'requestParameters', 'roleArn') ?? '';
    if (
      text(record, 'sharedEventID') !== undefined &&
      query.roleArns.includes(roleArn) &&
      query.accountIds.includes(accountId) &&
      regions.includes(region) &&
      accountId !== text(record, 'recipientAccountId')
    ) {
      const half = { accountId, region, roleArn };
      halves.set(JSON.stringify(half), half);
    }
  }
  return [...halves.values()];
}

/** Account in an ARN of IAM. */
function accountOf(arn: string): string {
  return arn.split(':')[4] ?? '';
}

/** Name that the event history keeps a user under. */
function userNameOf(userArn: string): string {
  return userArn.endsWith(':root') ? 'root' : userArn.split('/').at(-1) ?? '';
}

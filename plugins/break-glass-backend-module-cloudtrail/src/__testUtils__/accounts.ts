import { AccountSeed, PolicyJson, RoleSeed } from 'aws-sandbox';
import {
  ACCOUNT_ID,
  BROKER_ACCOUNT_ID,
  BROKER_ARN,
} from 'backstage-plugin-break-glass-node/testUtils';

/** Accounts of the tests beside the broker's and the first. */
export const SECOND_ACCOUNT_ID = '222233334444';
export const THIRD_ACCOUNT_ID = '333344445555';
/** Its reader role asks for it. */
export const SECOND_EXTERNAL_ID = 'bg-second';

/** Of the broker; worth nothing elsewhere. */
export const KEYS = {
  accessKeyId: 'AKIATESTBROKER000001',
  secretAccessKey: 'test-broker-secret',
};

/** A policy of these statements. */
export function policy(...Statement: Record<string, unknown>[]): PolicyJson {
  return { Version: '2012-10-17', Statement };
}

/** The reader role as the README says it, for a broker. */
export function readerRole(change: Partial<RoleSeed> = {}): RoleSeed {
  return {
    path: '/break-glass/ActivityReader',
    trust: policy({
      Effect: 'Allow',
      Principal: { AWS: BROKER_ARN },
      Action: 'sts:AssumeRole',
    }),
    inline: {
      EventHistory: policy({
        Effect: 'Allow',
        Action: 'cloudtrail:LookupEvents',
        Resource: '*',
      }),
    },
    ...change,
  };
}

function account(id: string, more: Partial<AccountSeed> = {}): AccountSeed {
  return {
    id,
    partition: 'aws',
    region: 'eu-central-1',
    roles: [readerRole()],
    trail: { name: 'trail', bucket: `logs-${id}`, dataEvents: true },
    ...more,
  };
}

/** The accounts of a sandbox, with what differs. */
export function accountsOf(change: Record<string, Partial<AccountSeed>>) {
  const externalId = { 'sts:ExternalId': SECOND_EXTERNAL_ID };
  const trust = readerRole().trust;
  const asking = readerRole({
    trust: policy({
      ...trust.Statement[0],
      Condition: { StringEquals: externalId },
    }),
  });
  const broker = {
    path: '/break-glass-broker',
    keys: [KEYS],
    inline: {
      Assume: policy({
        Effect: 'Allow',
        Action: 'sts:AssumeRole',
        Resource: 'arn:aws:iam::*:role/break-glass/*',
      }),
    },
  };
  return [
    account(ACCOUNT_ID, change[ACCOUNT_ID]),
    account(SECOND_ACCOUNT_ID, {
      roles: [asking],
      ...change[SECOND_ACCOUNT_ID],
    }),
    account(THIRD_ACCOUNT_ID, change[THIRD_ACCOUNT_ID]),
    account(BROKER_ACCOUNT_ID, {
      users: [broker],
      ...change[BROKER_ACCOUNT_ID],
    }),
  ];
}

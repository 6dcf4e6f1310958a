import path from 'path';
import { rootConfigServiceFactory } from '@backstage/backend-defaults/rootConfig';
import { ServiceFactoryTester } from '@backstage/backend-test-utils';
import { readBreakGlassConfig } from '../config';
import { BreakGlassConfig } from '../config/types';
import { checkProfiles } from './checkProfiles';
import { compileProfile } from './compileProfile';
import { sessionPolicy } from './sessionPolicy';
import { whichProfileAllows } from './whichProfileAllows';

const repositoryRoot = path.resolve(__dirname, '../../../..');
const environment = { ...process.env };

const production = {
  APP_BASE_URL: 'https://portal.example.com',
  BROKER_ACCOUNT_ID: '555566667777',
  CATALOG_REPOSITORY: 'org/catalog',
  TICKET_BASE_URL: 'https://tickets.example.com',
  SUPPORT_URL: 'https://support.example.com',
  AUDIT_ANCHOR_FILE: '/mnt/anchors/audit.jsonl',
};

/** Reads a file as the backend does at its start, variables included. */
async function read(file: string): Promise<BreakGlassConfig> {
  jest.spyOn(console, 'log').mockImplementation();
  const rootConfig = await ServiceFactoryTester.from(
    rootConfigServiceFactory({
      argv: ['--config', path.join(repositoryRoot, file)],
      watch: false,
    }),
  ).getSubject();
  const config = readBreakGlassConfig(rootConfig, { repositoryRoot });
  checkProfiles(config);
  return config;
}

describe('configurations that are delivered', () => {
  beforeEach(() => {
    ['DEMO_DATA_DIRECTORY', 'AWS_SANDBOX_URL'].forEach(
      name => delete process.env[name],
    );
  });
  afterEach(() => {
    process.env = { ...environment };
    jest.restoreAllMocks();
  });

  it('the demo starts without any setting', async () => {
    const config = await read('app-config.yaml');

    expect(config.trust.accounts).toEqual([
      {
        type: 'file',
        path: path.join(repositoryRoot, 'examples/accounts.yaml'),
      },
    ]);
    expect(config.roles.map(({ id, access }) => `${id}: ${access}`)).toEqual([
      'read-only: standing',
      'operator: standing',
      'break-glass: lease',
      'break-glass-full: lease',
    ]);
    expect(config.audit.anchorFile).toBe(
      path.join(repositoryRoot, '.data/audit-anchor.jsonl'),
    );
  });

  it('production starts with its variables set, and nothing of the demo stays behind', async () => {
    Object.assign(process.env, production);

    const config = await read('app-config.production.yaml');

    expect(JSON.stringify(config.trust)).not.toContain('examples');
    expect(config.ticket.url).toBe(
      'https://tickets.example.com/browse/${ticket}',
    );
    expect(config.partitions).toEqual({
      aws: {
        brokerAccountId: '555566667777',
        brokerPerAccount: false,
        endpoints: {},
      },
    });
    expect(config.externalIds).toEqual({});
    expect(config.athena).toMatchObject([
      { accountId: '555566667777', layout: 'trail', region: 'eu-central-1' },
    ]);
  });

  it('the profile of the story mends buckets, and neither reads secrets nor runs instances', async () => {
    const { profiles } = await read('app-config.yaml');
    const ofStory = profiles.filter(({ id }) => id === 's3-kms-iam');
    const mends = (action: string) =>
      whichProfileAllows(action, ofStory) !== undefined;

    expect(
      ['s3:ListAllMyBuckets', 's3:GetBucketPolicy', 's3:PutBucketPolicy'].map(
        mends,
      ),
    ).toEqual([true, true, true]);
    expect(
      [
        'secretsmanager:GetSecretValue',
        'ec2:RunInstances',
        'iam:CreateUser',
        'kms:Decrypt',
      ].map(mends),
    ).toEqual([false, false, false, false]);
  });

  it('every profile compiles for the account of the story', async () => {
    const { profiles } = await read('app-config.yaml');
    const account = {
      accountId: '111122223333',
      partition: 'aws' as const,
      region: 'eu-central-1',
    };
    const sizes = profiles.map(profile => {
      const examples = profile.parameters.map(it => [it.name, it.example!]);
      const compiled = compileProfile(
        profile,
        account,
        Object.fromEntries(examples),
      );
      return sessionPolicy(compiled, { leaseEndsAt: 0 }).size;
    });

    expect(Math.max(...sizes)).toBeLessThanOrEqual(2_048);
  });
});

import { isDataEvent } from './dataEvents';
import { permissionUse } from './permissionUse';
import { SentenceFacts, sentenceOf } from './sentence';
import { spokenTitle } from './servicesTouched';

const facts: SentenceFacts = {
  changes: 0,
  reads: 1,
  refused: 0,
  sensitive: 0,
  services: ['S3'],
  networks: 1,
  duration: 0,
  state: 'complete',
};

describe('sentenceOf', () => {
  it.each<[Partial<SentenceFacts>, string]>([
    [{}, '1 read in S3, from one network, within a minute.'],
    [{ networks: 0, duration: 3 * 3_600_000 }, '1 read in S3, within 3 hours.'],
    [
      {
        changes: 1_200,
        refused: 2,
        sensitive: 3,
        networks: 2,
        services: ['S3', 'IAM', 'KMS', 'EC2', 'SNS'],
      },
      '1,200 changes, 1 read and 2 refused calls in S3, IAM, KMS and 2 other services, 3 sensitive, from 2 networks, within a minute.',
    ],
  ])('%j', (change, sentence) => {
    expect(sentenceOf({ ...facts, ...change })).toBe(sentence);
  });
});

describe('isDataEvent', () => {
  it.each(['s3:GetObject', 's3:ListBucket', 'dynamodb:GetItem'])(
    '%s shows in data events only',
    permission => expect(isDataEvent(permission)).toBe(true),
  );

  it.each([
    's3:PutBucketPolicy',
    's3:PutBucketObjectLockConfiguration',
    'iam:GetUser',
  ])('%s shows in every trail', permission =>
    expect(isDataEvent(permission)).toBe(false),
  );
});

describe('permissionUse', () => {
  it('an allowance of everything but something is used by the rest', async () => {
    const statements = [
      { Effect: 'Allow' as const, NotAction: 'iam:*', Resource: '*' },
    ];
    const words = 'everything but iam:*';
    expect(await permissionUse(statements, ['s3:GetObject'], 'seen')).toEqual({
      used: [words],
      unused: [],
      unseen: [],
    });
    expect(await permissionUse(statements, ['iam:GetUser'], 'seen')).toEqual({
      used: [],
      unused: [words],
      unseen: [],
    });
  });
});

describe('spokenTitle', () => {
  it.each([
    ['s3', 'S3'],
    ['iam', 'IAM'],
    ['secretsmanager', 'Secrets Manager'],
    ['../etc', '../etc'],
  ])('%s is %s', async (service, title) => {
    expect(await spokenTitle(service)).toBe(title);
  });
});

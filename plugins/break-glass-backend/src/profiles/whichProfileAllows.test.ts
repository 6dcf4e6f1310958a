import { StatementConfig } from '../config/types';
import { aProfile } from '../testing/profiles';
import { whichProfileAllows } from './whichProfileAllows';

function profile(id: string, ...statements: Array<Partial<StatementConfig>>) {
  return aProfile({
    id,
    statements: statements.map(
      it => ({ Effect: 'Allow', Resource: '*', ...it } as StatementConfig),
    ),
  });
}

const full = profile('full', { Action: '*' });
const service = profile('service', { Action: ['s3:*'] });
const part = profile('part', { Action: ['s3:Put*'] });
const exact = profile('exact', { Action: 's3:PutBucketPolicy' });

const which = (action: string, ...profiles: (typeof full)[]) =>
  whichProfileAllows(action, profiles)?.id;

describe('whichProfileAllows', () => {
  it('is the narrowest that allows the action', () => {
    expect(which('s3:PutBucketPolicy', full, service, part, exact)).toBe(
      'exact',
    );
    expect(which('s3:PutObject', full, service, part, exact)).toBe('part');
    expect(which('s3:GetObject', full, service, part, exact)).toBe('service');
    expect(which('ec2:RunInstances', full, service, part, exact)).toBe('full');
  });

  it('is none where none does', () => {
    expect(which('ec2:RunInstances', service, part, exact)).toBeUndefined();
  });

  it('does not look at case, and takes no part of a name for the whole', () => {
    expect(which('S3:putbucketpolicy', exact)).toBe('exact');
    expect(which('s3:PutBucketPolicyX', exact)).toBeUndefined();
    expect(which('xs3:PutBucketPolicy', exact)).toBeUndefined();
  });

  it('is none that denies the action everywhere', () => {
    const denies = profile(
      'denies',
      { Action: '*' },
      { Effect: 'Deny', Action: 's3:Put*' },
    );

    expect(which('s3:PutObject', denies)).toBeUndefined();
    expect(which('s3:GetObject', denies)).toBe('denies');
  });

  it('is none that denies the action on all that it allows', () => {
    const denies = profile(
      'denies',
      { Action: 's3:*', Resource: 'arn:aws:s3:::a/*' },
      { Effect: 'Deny', Action: 's3:Put*', Resource: 'arn:aws:s3:::*' },
    );

    expect(which('s3:PutObject', denies)).toBeUndefined();
    expect(which('s3:GetObject', denies)).toBe('denies');
  });

  it('I14: is none that does not chain, for assuming and passing roles', () => {
    const chains = { ...full, id: 'chains', chaining: true };

    expect(which('sts:AssumeRole', full, chains)).toBe('chains');
    expect(which('IAM:passrole', full)).toBeUndefined();
  });

  it('reads NotAction as everything else', () => {
    const others = profile('others', { NotAction: 'iam:*' });

    expect(which('s3:GetObject', others)).toBe('others');
    expect(which('iam:CreateUser', others)).toBeUndefined();
  });
});

import { BreakGlassConfig, ProfileConfig } from '../config/types';
import { profileHintFor } from './profileHint';

const profile = (id: string, Action: string[]): ProfileConfig => ({
  id,
  title: `Profile ${id}`,
  description: '',
  statements: [{ Effect: 'Allow', Action, Resource: '*' }],
  managedPolicyArns: [],
  parameters: [],
  chaining: false,
  residueReviewed: false,
});

const config = {
  profiles: [
    profile('s3', ['s3:*']),
    profile('secrets', ['secretsmanager:GetSecretValue']),
    profile('full', ['*']),
    profile('foreign', ['ec2:RunInstances']),
  ],
  roles: [{ id: 'break-glass', profiles: ['s3', 'secrets', 'full'] }],
} as unknown as BreakGlassConfig;

describe('profileHintFor', () => {
  const hintOf = (lease: { roleId: string; profileId: string }) =>
    profileHintFor(config, lease);
  const hint = hintOf({ roleId: 'break-glass', profileId: 's3' });

  it('names the narrowest other profile of the role that would have it', () => {
    expect(hint('secretsmanager:GetSecretValue')).toBe('Profile secrets');
    expect(hint('ec2:RunInstances')).toBe('Profile full');
  });

  it('names none where the lease’s own profile allows it: something else refused', () => {
    expect(hint('s3:PutBucketPolicy')).toBeUndefined();
  });

  it('names none for assuming and passing roles, unless a profile lets sessions do it', () => {
    expect(hint('sts:AssumeRole')).toBeUndefined();
    expect(hint('iam:PassRole')).toBeUndefined();
    const chaining = { ...config.profiles[2], chaining: true };
    const profiles = [...config.profiles.slice(0, 2), chaining];
    const lease = { roleId: 'break-glass', profileId: 's3' };
    expect(
      profileHintFor({ ...config, profiles }, lease)('sts:AssumeRole'),
    ).toBe('Profile full');
  });

  it('names none where the role is no longer configured', () => {
    const gone = hintOf({ roleId: 'gone', profileId: 's3' });
    expect(gone('ec2:RunInstances')).toBeUndefined();
  });
});

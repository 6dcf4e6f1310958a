import { StatementConfig } from '../../config/types';
import { profileReach } from './profileReach';

const allow = (
  Action: string | string[],
  Resource: string | string[] = '*',
): StatementConfig => ({ Effect: 'Allow', Action, Resource });
const BUCKET = 'arn:aws:s3:::payroll';

describe('profileReach', () => {
  it('goes by permission', () => {
    const reach = profileReach([allow(['s3:Get*', 's3:PutBucketPolicy'])]);
    expect(reach('s3:GetObject', [])).toBe(true);
    expect(reach('s3:PutBucketPolicy', [])).toBe(true);
    expect(reach('s3:PutObject', [])).toBe(false);
    expect(reach('iam:GetUser', [])).toBe(false);
  });

  it('goes by resource where the record names ARNs', () => {
    const reach = profileReach([allow('s3:*', [BUCKET, `${BUCKET}/*`])]);
    expect(reach('s3:GetObject', [`${BUCKET}/a/b`, BUCKET])).toBe(true);
    expect(reach('s3:GetObject', ['arn:aws:s3:::other/a'])).toBe(false);
    expect(reach('s3:GetObject', [])).toBe(true);
    expect(reach('s3:GetObject', ['a name'])).toBe(true);
  });

  it('an allowance of everything but something reaches the rest', () => {
    const reach = profileReach([
      { Effect: 'Allow', NotAction: 'iam:*', Resource: '*' },
    ]);
    expect(reach('s3:GetObject', [])).toBe(true);
    expect(reach('iam:GetUser', [])).toBe(false);
  });

  it('a deny allows nothing', () => {
    const reach = profileReach([
      { Effect: 'Deny', Action: 's3:*', Resource: '*' },
    ]);
    expect(reach('s3:GetObject', [])).toBe(false);
  });

  it('asking who one is needs no permission', () => {
    expect(profileReach([])('sts:GetCallerIdentity', [])).toBe(true);
  });
});

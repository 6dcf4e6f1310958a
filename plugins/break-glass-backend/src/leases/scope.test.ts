import { Scope } from '../database/types';
import { scopeHash } from './scope';

const scope: Scope = {
  leaseId: '01JAAAAAAAAAAAAAAAAAAAAAAA',
  requester: 'user:default/mary',
  reason: 'Bucket policy locks everybody out',
  ticket: 'SUP-1234',
  partition: 'aws',
  accountId: '111122223333',
  region: 'eu-central-1',
  roleArn: 'arn:aws:iam::111122223333:role/break-glass/BreakGlassAdmin',
  profileId: 's3-kms-iam',
  profileParameters: { bucket: 'payroll-reports' },
  statements: [{ Effect: 'Allow', Action: ['s3:*'], Resource: '*' }],
  chaining: false,
  residueReviewed: false,
  managedPolicies: {},
  approvalPolicy: { id: 'second-admin', order: 'parallel', steps: [] },
};

describe('scopeHash', () => {
  it('does not depend on the order of keys', () => {
    const turned = Object.fromEntries(Object.entries(scope).reverse()) as never;

    expect(scopeHash(turned)).toBe(scopeHash(scope));
  });

  it('I2: changes with every part of what is approved', () => {
    const changes: Array<Partial<Scope>> = [
      { leaseId: '01JBBBBBBBBBBBBBBBBBBBBBBB' },
      { requester: 'user:default/mallory' },
      { beneficiary: 'user:default/alice' },
      { reason: 'another' },
      { ticket: 'SUP-1' },
      { partition: 'aws-us-gov' },
      { accountId: '222233334444' },
      { roleArn: 'arn:aws:iam::111122223333:role/Admin' },
      { region: 'us-east-1' },
      { accountOwner: 'group:default/others' },
      { chaining: true },
      { residueReviewed: true },
      { profileId: 'full' },
      { profileParameters: { bucket: 'other' } },
      { statements: [{ Effect: 'Allow', Action: ['*'], Resource: '*' }] },
      { managedPolicies: { 'arn:aws:iam::aws:policy/ReadOnlyAccess': 'ab' } },
      { approvalPolicy: { id: 'nobody', order: 'parallel', steps: [] } },
    ];
    const hashes = changes.map(change => scopeHash({ ...scope, ...change }));

    expect(new Set([scopeHash(scope), ...hashes]).size).toBe(
      changes.length + 1,
    );
  });

  it('treats a part that is missing like one that is undefined', () => {
    expect(scopeHash({ ...scope, beneficiary: undefined })).toBe(
      scopeHash(scope),
    );
  });
});

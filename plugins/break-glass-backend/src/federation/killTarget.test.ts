import { RoleConfig } from '../config/types';
import { aLeaseRow } from '../testing/rows';
import { killTarget } from './killTarget';

const POLICY = 'arn:${partition}:iam::${accountId}:policy/break-glass/Boundary';
const KILLER = 'arn:${partition}:iam::${accountId}:role/break-glass/Killer';

function role(id: string, name: string, kill?: RoleConfig['kill']): RoleConfig {
  return {
    id,
    title: id,
    description: '',
    arn: `arn:\${partition}:iam::\${accountId}:role/${name}`,
    access: 'lease',
    eligible: { groups: [], users: [], accountOwner: false },
    profiles: [],
    approvalOverrides: [],
    maxDurationMinutes: 240,
    suggestedDurationMinutes: [],
    pendingTimeoutMinutes: 480,
    maxSessionSeconds: 3_600,
    kill: kill ?? {
      type: 'boundary',
      policyArn: POLICY,
      killerRoleArn: KILLER,
    },
  };
}

const row = aLeaseRow({
  partition: 'aws-us-gov',
  accountId: '444455556666',
  region: 'us-gov-west-1',
  roleId: 'break-glass',
  roleArn: 'arn:aws-us-gov:iam::444455556666:role/Admin',
});

describe('killTarget', () => {
  it('finds the boundary in the lease’s own account and partition', () => {
    const target = killTarget(
      {
        roles: [role('break-glass', 'Admin')],
        externalIds: { '444455556666': 'ext' },
      },
      row,
    );
    expect(target).toEqual({
      type: 'boundary',
      boundary: {
        partition: 'aws-us-gov',
        region: 'us-gov-west-1',
        accountId: '444455556666',
        policyArn:
          'arn:aws-us-gov:iam::444455556666:policy/break-glass/Boundary',
        killerRoleArn:
          'arn:aws-us-gov:iam::444455556666:role/break-glass/Killer',
        externalId: 'ext',
      },
      roleArns: ['arn:aws-us-gov:iam::444455556666:role/Admin'],
    });
  });

  it('I9: names every role that shares the boundary, so that no kill undoes another', () => {
    const own = {
      type: 'boundary' as const,
      policyArn: 'other',
      killerRoleArn: '',
    };
    const target = killTarget(
      {
        roles: [
          role('break-glass', 'Admin'),
          role('full', 'Admin'),
          role('network', 'Network'),
          role('apart', 'Apart', own),
          role('none', 'None', { type: 'none' }),
        ],
        externalIds: {},
      },
      row,
    );
    expect(target).toMatchObject({
      roleArns: [
        'arn:aws-us-gov:iam::444455556666:role/Admin',
        'arn:aws-us-gov:iam::444455556666:role/Network',
      ],
    });
  });

  it('pitfall 8: finds a role that was renamed in the configuration by its ARN', () => {
    const roles = [role('renamed', 'Admin')];
    expect(killTarget({ roles, externalIds: {} }, row).type).toBe('boundary');
  });

  it.each([
    ['left the configuration', []],
    [
      'has no boundary any more',
      [role('break-glass', 'Admin', { type: 'none' })],
    ],
    [
      'has another boundary now',
      [
        role('break-glass', 'Admin', {
          type: 'boundary',
          policyArn: 'another',
          killerRoleArn: 'another',
        }),
      ],
    ],
  ])(
    'I4: kills where it was fixed with the request, though the role %s',
    (_, roles) => {
      const frozen = {
        ...row,
        killPolicyArn: 'frozen-policy',
        killerRoleArn: 'frozen-killer',
        killExternalId: 'frozen-id',
      };
      expect(killTarget({ roles, externalIds: {} }, frozen)).toEqual({
        type: 'boundary',
        boundary: {
          partition: 'aws-us-gov',
          region: 'us-gov-west-1',
          accountId: '444455556666',
          policyArn: 'frozen-policy',
          killerRoleArn: 'frozen-killer',
          externalId: 'frozen-id',
        },
        roleArns: [row.roleArn],
      });
    },
  );

  it('says where no boundary is deployed, and where it cannot know', () => {
    const none = [role('break-glass', 'Admin', { type: 'none' })];
    expect(killTarget({ roles: none, externalIds: {} }, row).type).toBe('none');
    const others = [role('other', 'Other')];
    expect(killTarget({ roles: others, externalIds: {} }, row).type).toBe(
      'unknown',
    );
  });
});

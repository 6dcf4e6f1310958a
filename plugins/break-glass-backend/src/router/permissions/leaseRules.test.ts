import fc from 'fast-check';
import {
  PermissionCondition,
  PermissionCriteria,
} from '@backstage/plugin-permission-common';
import { createConditionAuthorizer } from '@backstage/plugin-permission-node';
import { ApprovalPolicyConfig } from '../../config/types';
import { LeaseRow } from '../../database/types';
import { aPolicy, aStep, groups, nobody } from '../../testing/approvals';
import { describeDatabases } from '../../testing/databases';
import { aLeaseRow, NOON } from '../../testing/rows';
import { criteriaFrom } from './criteriaOf';
import { leaseResourceRef } from './leaseResource';
import { leaseRules } from './leaseRules';

jest.setTimeout(60_000);

const MINUTE = 60_000;
const RUNS = 150;
const NOW = NOON + 60 * MINUTE;
const PEOPLE = ['mary', 'daniel', 'alice'].map(name => `user:default/${name}`);
const OWNERS = ['group:default/payroll', 'group:default/payments'];
const ACCOUNTS = ['resource:default/payroll', 'resource:default/payments'];
const ROLES = ['break-glass', 'break-glass-full'];

const POLICIES: ApprovalPolicyConfig[] = [
  { ...aPolicy([aStep('a', groups('cloud-admins'))]), id: 'admins' },
  {
    ...aPolicy([aStep('o', { ...nobody, accountOwner: true })]),
    id: 'owners',
  },
  {
    ...aPolicy([
      aStep('m', groups('management'), { exclude: groups('cloud-admins') }),
    ]),
    id: 'managers',
  },
];

const some = (values: string[]) => fc.subarray(values);
const condition = fc.oneof(
  some(PEOPLE).map(userRefs => ['IS_REQUESTER', { userRefs }] as const),
  some(PEOPLE).map(userRefs => ['IS_BENEFICIARY', { userRefs }] as const),
  some(OWNERS).map(claims => ['IS_ACCOUNT_OWNER', { claims }] as const),
  some(ACCOUNTS).map(accountRefs => ['IS_ACCOUNT', { accountRefs }] as const),
  some(ROLES).map(roleIds => ['HAS_ROLE', { roleIds }] as const),
  some([
    ...['pending', 'scheduled', 'active', 'lapsed', 'expired'],
    ...['rejected', 'approved', 'nonsense'],
  ]).map(statuses => ['HAS_STATUS', { statuses }] as const),
  some([
    ...PEOPLE,
    ...OWNERS,
    ...['group:default/cloud-admins', 'group:default/management'],
  ]).map(claims => ['CAN_DECIDE', { claims }] as const),
);

/** Conditions, nested as policies nest them. */
const { criteria } = fc.letrec<{
  criteria: PermissionCriteria<PermissionCondition>;
}>(tie => ({
  criteria: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    condition.map(([rule, params]) => ({
      rule,
      resourceType: leaseResourceRef.resourceType,
      params,
    })),
    fc
      .array(tie('criteria'), { minLength: 1, maxLength: 3 })
      .map(anyOf => ({ anyOf } as never)),
    fc
      .array(tie('criteria'), { minLength: 1, maxLength: 3 })
      .map(allOf => ({ allOf } as never)),
    tie('criteria').map(not => ({ not } as never)),
  ) as fc.Arbitrary<PermissionCriteria<PermissionCondition>>,
}));

/** Leases that differ in everything that rules look at. */
function leases(): LeaseRow[] {
  const states: Partial<LeaseRow>[] = [
    { status: 'pending' },
    { status: 'pending', lapsesAt: NOON },
    { status: 'approved', activeFrom: NOON, expiresAt: NOW + MINUTE },
    { status: 'approved', activeFrom: NOON, expiresAt: NOW },
    {
      status: 'approved',
      activeFrom: NOW + MINUTE,
      expiresAt: NOW + 2 * MINUTE,
    },
    { status: 'rejected' },
  ];
  return states.flatMap((state, index) =>
    POLICIES.map((policy, at) =>
      aLeaseRow({
        ...state,
        approvalPolicyId: policy.id,
        requester: PEOPLE[(index + at) % PEOPLE.length],
        beneficiary: at === 1 ? undefined : PEOPLE[index % PEOPLE.length],
        accountOwner: index === 0 ? undefined : OWNERS[at % OWNERS.length],
        accountRef: ACCOUNTS[index % ACCOUNTS.length],
        roleId: ROLES[(index + at) % ROLES.length],
      }),
    ),
  );
}

describeDatabases((_name, open) => {
  describe('conditions on leases', () => {
    it('I12: find in the database exactly the leases that they apply to', async () => {
      const { database } = await open();
      const rows = leases();
      for (const row of rows) {
        await database.leases.insert(row);
      }
      const rules = Object.values(leaseRules);
      const ruleset = {
        getRuleByName: (name: string) =>
          rules.find(rule => rule.name === name)!,
      };
      const applies = createConditionAuthorizer(ruleset as never);
      const criteriaOf = criteriaFrom(
        { getPermissionRuleset: () => ruleset } as never,
        POLICIES,
      );

      await fc.assert(
        fc.asyncProperty(criteria, async conditions => {
          const found = await database.leases.list(
            { permitted: criteriaOf(conditions), now: NOW },
            { limit: 100 },
          );
          const expected = rows.filter(row =>
            applies({ result: 'CONDITIONAL', conditions } as never, {
              row,
              now: NOW,
              approvalPolicies: POLICIES,
            }),
          );
          expect(found.map(({ id }) => id).sort()).toEqual(
            expected.map(({ id }) => id).sort(),
          );
        }),
        { numRuns: RUNS },
      );
    });

    it('nothing matches an empty choice, and its opposite matches all', async () => {
      const { database } = await open();
      await database.leases.insert(aLeaseRow({ beneficiary: undefined }));
      const count = (permitted: object) =>
        database.leases.count({ permitted, now: NOW });

      expect(await count({ anyOf: [] })).toBe(0);
      expect(await count({ not: { anyOf: [] } })).toBe(1);
      expect(await count({ beneficiaries: PEOPLE })).toBe(0);
      expect(await count({ not: { beneficiaries: PEOPLE } })).toBe(1);
      expect(await count({ requesters: [] })).toBe(0);
    });
  });
});

import { Account } from '../accounts/types';
import { ApprovalOverride, RoleConfig } from '../config/types';
import { aPolicy } from '../testing/approvals';
import { policiesOn, policyIdsOf, selectPolicy } from './selectPolicy';

const policies = ['usual', 'strict', 'owner'].map(id => ({
  ...aPolicy([]),
  id,
}));
const config = { approvalPolicies: policies, freezes: [] };
const NOW = Date.parse('2026-10-01T12:00:00Z');

function role(...approvalOverrides: ApprovalOverride[]): RoleConfig {
  return {
    profiles: ['s3', 'full'],
    approvalPolicy: 'usual',
    approvalOverrides,
  } as unknown as RoleConfig;
}

function account(change: Partial<Account> = {}): Account {
  return {
    owner: 'group:default/payments-developers',
    labels: { 'example.com/tier': 'critical' },
    tags: ['aws', 'production'],
    system: 'system:default/payments-system',
    ...change,
  } as Account;
}

const filter = { labels: {}, tags: [], owners: [], systems: [] };
const chosen = (
  given: RoleConfig,
  where: Account = account(),
  profile = 's3',
) => selectPolicy(config, given, where, profile, NOW)?.id;

describe('selectPolicy', () => {
  it('is the role’s own where no override fits', () => {
    expect(chosen(role())).toBe('usual');
    expect(chosen(role({ profiles: ['full'], approvalPolicy: 'strict' }))).toBe(
      'usual',
    );
  });

  it.each([
    ['label', { ...filter, labels: { 'example.com/tier': ['critical'] } }],
    [
      'one of several values',
      { ...filter, labels: { 'example.com/tier': ['low', 'critical'] } },
    ],
    ['tag', { ...filter, tags: ['pci', 'production'] }],
    ['owner', { ...filter, owners: ['group:default/payments-developers'] }],
    ['system', { ...filter, systems: ['system:default/payments-system'] }],
  ])('goes by %s of the account', (_what, accounts) => {
    expect(chosen(role({ accounts, approvalPolicy: 'strict' }))).toBe('strict');
    const other = { labels: {}, tags: [], owner: undefined, system: undefined };
    expect(
      chosen(role({ accounts, approvalPolicy: 'strict' }), account(other)),
    ).toBe('usual');
  });

  it('needs all that an override names', () => {
    const both = role({
      profiles: ['full'],
      accounts: {
        ...filter,
        tags: ['production'],
        owners: ['group:default/other'],
      },
      approvalPolicy: 'strict',
    });
    expect(chosen(both, account(), 'full')).toBe('usual');
    expect(
      chosen(both, account({ owner: 'group:default/other' }), 'full'),
    ).toBe('strict');
    expect(chosen(both, account({ owner: 'group:default/other' }), 's3')).toBe(
      'usual',
    );
  });

  it('takes the first override that fits', () => {
    const tags = { ...filter, tags: ['production'] };
    const given = role(
      { profiles: ['full'], approvalPolicy: 'strict' },
      { accounts: tags, approvalPolicy: 'owner' },
    );
    expect(chosen(given, account(), 'full')).toBe('strict');
    expect(chosen(given)).toBe('owner');
    expect(policyIdsOf(given)).toEqual(['usual', 'strict', 'owner']);
    expect(
      policiesOn(config, given, account(), NOW).map(
        ({ policy, profileIds }) => [policy.id, profileIds],
      ),
    ).toEqual([
      ['owner', ['s3']],
      ['strict', ['full']],
    ]);
  });

  it('I13: a label that every object has is none', () => {
    const accounts = { ...filter, labels: { constructor: ['x'] } };
    expect(() =>
      chosen(role({ accounts, approvalPolicy: 'strict' })),
    ).not.toThrow();
    expect(chosen(role({ accounts, approvalPolicy: 'strict' }))).toBe('usual');
  });
});

import { inWords, isExcluded, matches, refsOf } from './principals';

const mary = {
  ref: 'user:default/mary',
  groups: new Set(['group:default/cloud-admins']),
};
const nobody = { groups: [], users: [], accountOwner: false };
const owners = { ...nobody, accountOwner: true };

describe('matches', () => {
  it('by group, by name, and as owner', () => {
    expect(
      matches({ ...nobody, groups: ['group:default/cloud-admins'] }, mary),
    ).toBe(true);
    expect(matches({ ...nobody, users: ['user:default/mary'] }, mary)).toBe(
      true,
    );
    expect(matches(owners, mary, 'group:default/cloud-admins')).toBe(true);
    expect(matches(owners, mary, 'user:default/mary')).toBe(true);
  });

  it('nobody matches where nobody is named', () => {
    expect(matches(nobody, mary, 'user:default/mary')).toBe(false);
  });

  it('I13: an unknown owner matches nobody', () => {
    expect(matches(owners, mary, undefined)).toBe(false);
    expect(isExcluded(owners, mary, undefined)).toBe(false);
  });
});

describe('inWords', () => {
  const both = {
    groups: ['group:default/cloud-admins', 'group:default/ciso-office'],
    users: ['user:default/sven'],
    accountOwner: true,
  };

  it('makes part of a sentence', () => {
    expect(inWords(both)).toBe(
      'a member of cloud-admins or ciso-office, sven or an owner of the account',
    );
    expect(inWords(nobody)).toBe('nobody');
  });

  it('uses titles where there are any', () => {
    expect(
      inWords(
        { ...nobody, groups: ['group:default/ciso-office'] },
        new Map([['group:default/ciso-office', 'CISO office']]),
      ),
    ).toBe('a member of CISO office');
  });

  it('lists refs for links', () => {
    expect(refsOf(both)).toEqual([
      ...both.groups,
      ...both.users,
      'account-owner',
    ]);
  });
});

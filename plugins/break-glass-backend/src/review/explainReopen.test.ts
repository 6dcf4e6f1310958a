import { LeaseRow } from '../database/types';
import { aPerson, groups, nobody } from '../testing/approvals';
import { explainReopen } from './explainReopen';

const config = {
  reviewers: groups('reviewers'),
  auditors: { ...nobody, users: ['user:default/ada'] },
};
const lease: Pick<
  LeaseRow,
  | 'reviewState'
  | 'requester'
  | 'requesterKey'
  | 'beneficiary'
  | 'beneficiaryKey'
> = {
  reviewState: 'accepted',
  requester: 'user:default/mary',
  requesterKey: 'emp-1',
  beneficiary: 'user:default/alice',
  beneficiaryKey: 'emp-2',
};
const codeOf = (...args: Parameters<typeof explainReopen>) =>
  explainReopen(...args).reasons[0]?.code;

describe('explainReopen', () => {
  it('reviewers and auditors open a review again, and nobody else', () => {
    const codes = [
      aPerson('rita', ['reviewers']),
      aPerson('ada'),
      aPerson('frank'),
    ].map(person => codeOf(lease, config, person));
    expect(codes).toEqual([undefined, undefined, 'not-reviewer']);
  });

  it.each(['mary', 'alice'])('I8: not %s, whose own lease it is', name => {
    expect(codeOf(lease, config, aPerson(name, ['reviewers']))).toBe(
      'self-review',
    );
  });

  it.each(['emp-1', 'emp-2'])(
    'I8: not under a second entity with the key %s',
    key => {
      const second = { ...aPerson('second', ['reviewers']), key };
      expect(codeOf(lease, config, second)).toBe('self-review');
    },
  );

  it.each(['user:default/mary', 'user:default/alice'])(
    'I8: not under a second entity of %s, whose key changed since',
    ref => {
      const second = {
        ...aPerson('second', ['reviewers']),
        against: { groups: new Set<string>(), refs: new Set([ref]) },
      };
      expect(codeOf(lease, config, second)).toBe('self-review');
    },
  );

  it('a lease for nobody else has no beneficiary', () => {
    const own = { ...lease, beneficiary: undefined, beneficiaryKey: undefined };
    const rita = aPerson('rita', ['reviewers']);
    expect(codeOf(own, config, rita)).toBeUndefined();
  });

  it('takes back only a verdict that there is', () => {
    const rita = aPerson('rita', ['reviewers']);
    expect(codeOf({ ...lease, reviewState: 'open' }, config, rita)).toBe(
      'not-reopenable',
    );
  });
});

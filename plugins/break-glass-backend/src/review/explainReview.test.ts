import { explainReview, ReviewFacts } from './explainReview';

const rita = { ref: 'user:default/rita', key: 'user:default/rita' };

function facts(change: Partial<ReviewFacts> = {}): ReviewFacts {
  return {
    lease: {
      requester: 'user:default/mary',
      requesterKey: 'user:default/mary',
      beneficiary: 'user:default/alice',
      beneficiaryKey: 'user:default/alice',
      reviewState: 'open',
    },
    decisions: [
      { person: 'user:default/daniel', personKey: 'user:default/daniel' },
    ],
    isReviewer: true,
    approverMayReview: false,
    ...change,
  };
}

const codeOf = (given: ReviewFacts, ref: string, key: string = ref) =>
  explainReview(given, { ref, key }).reasons[0]?.code;

describe('explainReview', () => {
  it('allows another reviewer', () => {
    expect(explainReview(facts(), rita)).toEqual({
      allowed: true,
      reasons: [],
    });
  });

  it('I8: not the requester', () => {
    expect(codeOf(facts(), 'user:default/mary')).toBe('self-review');
  });

  it('I8: not the beneficiary', () => {
    expect(codeOf(facts(), 'user:default/alice')).toBe('self-review');
  });

  it('I8: not an approver of that lease, unless configured', () => {
    expect(codeOf(facts(), 'user:default/daniel')).toBe('approver-review');
    expect(
      codeOf(facts({ approverMayReview: true }), 'user:default/daniel'),
    ).toBeUndefined();
  });

  it('I8: not under a second entity of the same person', () => {
    for (const who of ['mary', 'alice', 'daniel']) {
      expect(
        codeOf(facts(), 'user:default/second', `user:default/${who}`),
      ).toBeDefined();
      const against = {
        groups: new Set<string>(),
        refs: new Set([`user:default/${who}`]),
      };
      const person = { ref: 'user:default/second', key: 'other', against };
      expect(explainReview(facts(), person).allowed).toBe(false);
    }
  });

  it('only who is a reviewer now', () => {
    expect(codeOf(facts({ isReviewer: false }), rita.ref)).toBe('not-reviewer');
  });

  it.each(['none', 'accepted', 'flagged'] as const)(
    'not a lease whose review is %s',
    reviewState => {
      const { lease } = facts();
      expect(
        codeOf(facts({ lease: { ...lease, reviewState } }), rita.ref),
      ).toBe('not-in-review');
    },
  );

  it('also while logs arrive: the evidence is looked at separately', () => {
    const { lease } = facts();
    expect(
      codeOf(
        facts({ lease: { ...lease, reviewState: 'collecting' } }),
        rita.ref,
      ),
    ).toBeUndefined();
  });

  it('a lease for nobody else has no beneficiary', () => {
    const lease = {
      ...facts().lease,
      beneficiary: undefined,
      beneficiaryKey: undefined,
    };
    expect(codeOf(facts({ lease }), rita.ref)).toBeUndefined();
  });
});

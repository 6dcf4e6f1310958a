import fc from 'fast-check';
import { sessionTags } from './sessionTags';

const facts = {
  leaseId: '01K8EXAMP1E000000000000000',
  requester: 'user:default/mary',
  ticket: 'SUP-1234',
  residueReviewed: false,
  anchor: '42:0123456789abcdef0123456789abcdef',
};

describe('sessionTags', () => {
  it('names lease, requester, ticket, residue and anchor', () => {
    expect(sessionTags(facts)).toEqual([
      { Key: 'break-glass:lease', Value: facts.leaseId },
      { Key: 'break-glass:requester', Value: 'user:default/mary' },
      { Key: 'break-glass:ticket', Value: 'SUP-1234' },
      { Key: 'break-glass:residue', Value: 'denied' },
      { Key: 'break-glass:anchor', Value: facts.anchor },
    ]);
  });

  it('leaves out what is empty', () => {
    const keys = sessionTags({ ...facts, leaseId: undefined, ticket: ' ' }).map(
      tag => tag.Key,
    );
    expect(keys).toEqual([
      'break-glass:requester',
      'break-glass:residue',
      'break-glass:anchor',
    ]);
  });

  it('I14: says whether the approved scope has what outlives the lease reviewed', () => {
    expect(sessionTags({ ...facts, residueReviewed: true })).toContainEqual({
      Key: 'break-glass:residue',
      Value: 'reviewed',
    });
  });

  it('pitfall 32: values hold nothing but what STS takes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 600 }), ticket => {
        for (const { Value } of sessionTags({ ...facts, ticket })) {
          expect(Value).toMatch(/^[\p{L}\p{N} _.:/=+@-]{1,256}$/u);
        }
      }),
    );
  });
});

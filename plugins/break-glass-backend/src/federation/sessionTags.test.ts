import fc from 'fast-check';
import { sessionTags } from './sessionTags';

const facts = {
  leaseId: '01K8EXAMP1E000000000000000',
  requester: 'user:default/mary',
  ticket: 'SUP-1234',
  anchor: '42:0123456789abcdef0123456789abcdef',
};

describe('sessionTags', () => {
  it('names lease, requester, ticket and anchor', () => {
    expect(sessionTags(facts)).toEqual([
      { Key: 'break-glass:lease', Value: facts.leaseId },
      { Key: 'break-glass:requester', Value: 'user:default/mary' },
      { Key: 'break-glass:ticket', Value: 'SUP-1234' },
      { Key: 'break-glass:anchor', Value: facts.anchor },
    ]);
  });

  it('leaves out what is empty', () => {
    const keys = sessionTags({ ...facts, leaseId: undefined, ticket: ' ' }).map(
      tag => tag.Key,
    );
    expect(keys).toEqual(['break-glass:requester', 'break-glass:anchor']);
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

import fc from 'fast-check';
import {
  BOUNDARY_LIMIT,
  boundaryDocument,
  BoundaryFullError,
} from './boundaryDocument';

const id = (n: number) => `01K8EXAMP1E${String(n).padStart(15, '0')}`;
const ids = (count: number) => Array.from({ length: count }, (_, n) => id(n));

describe('boundaryDocument', () => {
  it('allows everything and denies the sessions of the leases', () => {
    expect(JSON.parse(boundaryDocument([id(2), id(1)]))).toEqual({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Action: '*', Resource: '*' },
        {
          Effect: 'Deny',
          Action: '*',
          Resource: '*',
          Condition: {
            StringLike: { 'aws:userid': [`*:*@${id(1)}`, `*:*@${id(2)}`] },
          },
        },
      ],
    });
  });

  it('denies nobody where nothing is killed', () => {
    expect(JSON.parse(boundaryDocument([])).Statement).toHaveLength(1);
  });

  it('is a function of the set of leases alone', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 99 })), numbers => {
        const leases = numbers.map(id);
        const shuffled = [...leases, ...leases].reverse();
        expect(boundaryDocument(shuffled)).toBe(boundaryDocument(leases));
      }),
    );
  });

  it('has room for 180 leases', () => {
    expect(boundaryDocument(ids(180)).length).toBeLessThanOrEqual(
      BOUNDARY_LIMIT,
    );
  });

  it('refuses what IAM would not take, with the number of leases', () => {
    expect(() => boundaryDocument(ids(181))).toThrow(BoundaryFullError);
    expect(() => boundaryDocument(ids(181))).toThrow('181 leases');
  });
});

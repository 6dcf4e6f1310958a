import { ActivityCounts } from 'backstage-plugin-break-glass-common';
import { anEvidenceRow } from '../testing/rows';
import { CountsByHash } from './CountsByHash';

const HASH = 'b'.repeat(64);

function counting(answer: Partial<ActivityCounts> = {}) {
  const asked: string[] = [];
  const counts = new CountsByHash({
    counts: async leaseId => {
      asked.push(leaseId);
      return {
        ...{ total: 3, writes: 1, refused: 1, sensitive: 0, services: [] },
        ...answer,
      };
    },
  });
  return { counts, asked };
}

const evidence = anEvidenceRow({
  leaseId: 'lease',
  eventCount: 3,
  writes: 1,
  refused: 1,
});

describe('CountsByHash', () => {
  it('counts once for each state of the evidence', async () => {
    const { counts, asked } = counting();
    expect((await counts.of(evidence)).total).toBe(3);
    await counts.of({ ...evidence, lastLookAt: 1 });
    expect(asked).toHaveLength(1);
    await counts.of({ ...evidence, hash: HASH });
    await counts.of({ ...evidence, leaseId: 'other' });
    expect(asked).toEqual(['lease', 'lease', 'other']);
  });

  it.each([{ total: 4 }, { writes: 2 }, { refused: 0 }, { sensitive: 1 }])(
    'keeps nothing that is not of this evidence: %j',
    async change => {
      const { counts, asked } = counting(change);
      await counts.of(evidence);
      await counts.of(evidence);
      expect(asked).toHaveLength(2);
    },
  );

  it('keeps no more than some', async () => {
    const { counts, asked } = counting();
    for (let n = 0; n <= 200; n++) {
      await counts.of({ ...evidence, leaseId: `lease-${n}` });
    }
    await counts.of({ ...evidence, leaseId: 'lease-200' });
    expect(asked).toHaveLength(201);
    await counts.of({ ...evidence, leaseId: 'lease-0' });
    expect(asked).toHaveLength(202);
  });
});

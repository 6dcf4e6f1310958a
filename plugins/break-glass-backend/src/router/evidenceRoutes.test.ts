import { ListBucketsCommand } from '@aws-sdk/client-s3';
import { createHash } from 'crypto';
import { anActiveLease } from '../testing/aLease';
import { awsAs } from '../testing/awsAs';
import { describeDatabases } from '../testing/databases';
import {
  startTestPortal,
  TestPortal,
  tokenOf,
} from '../testing/startTestPortal';
import { waitFor } from '../testing/waitFor';

jest.setTimeout(120_000);

describeDatabases((_name, open) => {
  let portal: TestPortal;
  beforeEach(async () => {
    portal = await startTestPortal({ knex: (await open()).knex });
  });
  afterEach(() => portal.stop());

  const of = (id: string) => ({ params: { id } });

  /** A lease of Mary's that was used, ended, and whose evidence is complete. */
  async function aCollectedLease(): Promise<string> {
    const { id } = await anActiveLease(portal);
    const issued = await portal.as('mary', 'createSession', {
      ...of(id),
      body: { type: 'credentials' },
    });
    await awsAs(portal, issued).s3().send(new ListBucketsCommand({}));
    portal.clock.advance({ seconds: 5 });
    await portal.as('mary', 'endLease', { ...of(id), body: {} });
    await waitFor(
      async () =>
        (await portal.as('mary', 'getLease', of(id))).kill === 'probed',
    );
    portal.clock.advance({ minutes: 3 });
    await portal.sandbox.deliverNow();
    await portal.as('rita', 'collectActivity', of(id));
    return id;
  }

  async function accept(id: string): Promise<string> {
    const { evidenceHash } = await portal.as('rita', 'listActivity', {
      ...of(id),
      query: {},
    });
    await portal.as('rita', 'reviewLease', {
      ...of(id),
      body: {
        verdict: 'accepted',
        comment: 'Matches SUP-1234',
        checklist: {
          ended: true,
          matchesReason: true,
          rotated: true,
          lessons: true,
        },
        followUps: [],
        evidenceHash,
      },
    });
    return evidenceHash;
  }

  const download = (person: string, id: string) =>
    portal.fetch(`/v1/leases/${id}/evidence`, {}, tokenOf(person));

  describe('evidence over HTTP', () => {
    it('the SHA-256 of what is handed out is the hash that the verdict put into the audit log', async () => {
      const id = await aCollectedLease();
      const evidenceHash = await accept(id);
      const response = await download('rita', id);
      expect(response.headers.get('content-type')).toContain(
        'application/jsonl',
      );
      expect(response.headers.get('cache-control')).toBe('no-store');
      const body = Buffer.from(await response.arrayBuffer());
      expect(createHash('sha256').update(body).digest('hex')).toBe(
        evidenceHash,
      );
      const lines = body.toString().trimEnd().split('\n');
      expect(JSON.parse(lines[0])).toMatchObject({ leaseId: id });
      expect(lines.join()).toContain('ListBuckets');
      expect(lines.join()).not.toMatch(/"sessionToken":"(?!REDACTED)/);

      const { items } = await portal.as('ada', 'listAudit', {
        query: { leaseId: id, action: 'review.accepted' },
      });
      expect(items).toMatchObject([{ details: { evidenceHash } }]);
    });

    it('is checked against the logs after a verdict, and only then', async () => {
      const id = await aCollectedLease();
      expect(await portal.refusal('rita', 'checkEvidence', of(id))).toBe(
        'evidence-not-frozen',
      );
      const evidenceHash = await accept(id);
      expect(await portal.as('rita', 'checkEvidence', of(id))).toMatchObject({
        frozenHash: evidenceHash,
        storedIntact: true,
        same: true,
        differences: [],
      });
      expect(await portal.refusal('rita', 'checkEvidence', of(id))).toBe(
        'rate-limited',
      );
    });

    it('is counted over time', async () => {
      const id = await aCollectedLease();
      const histogram = await portal.as('rita', 'getHistogram', {
        ...of(id),
        query: { bars: 10 },
      });
      const { counts } = await portal.as('rita', 'listActivity', {
        ...of(id),
        query: {},
      });
      const sum = (name: 'reads' | 'writes' | 'refused') =>
        histogram.bars.reduce((total, bar) => total + bar[name], 0);
      expect(histogram.bars.length).toBeLessThanOrEqual(10);
      expect(sum('reads') + sum('writes') + sum('refused')).toBe(counts.total);
      expect(counts.total).toBeGreaterThan(0);
    });

    it('pitfall 22: nobody reads, counts or checks the evidence of a lease that they may not read', async () => {
      const id = await aCollectedLease();
      const response = await download('carla', id);
      expect(response.ok).toBe(false);
      expect(await response.text()).not.toContain('ListBuckets');
      for (const route of ['getHistogram', 'checkEvidence'] as const) {
        const input = { ...of(id), query: {} } as never;
        expect(await portal.refusal('carla', route, input)).toBe(
          'lease-unknown',
        );
      }
    });
  });
});

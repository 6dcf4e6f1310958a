import { Database, LeaseRow } from '../database/types';
import { describeDatabases } from '../testing/databases';
import {
  anActiveLeaseRow,
  anEvidenceRow,
  aLeaseRow,
  anId,
  NOON,
} from '../testing/rows';
import { attribute } from './attribute';
import { classify } from './classify';
import { CloudTrailRecord } from './cloudTrailRecord';
import { aCall, anAssumeRole, anIssued } from './testing';

const DAY = 24 * 60 * 60_000;
const BEGAN = '2026-10-01T12:00:00Z';
const config = { roles: [], profiles: [] };

describeDatabases((_name, open) => {
  describe('classify', () => {
    let database: Database;

    beforeEach(async () => {
      ({ database } = await open());
    });

    async function markedRules(
      lease: LeaseRow,
      ...calls: CloudTrailRecord[]
    ): Promise<string[][]> {
      const session = anIssued();
      const records = calls.map((call, n) =>
        aCall(
          { ...session, createdAt: BEGAN },
          { eventTime: `2026-10-01T12:00:0${n}Z`, ...call },
        ),
      );
      const { events } = attribute(
        [anAssumeRole(session, BEGAN), ...records],
        [session],
      );
      const rows = await classify({ config, database }, lease, events);
      return rows.map(row => row.sensitive.map(mark => mark.rule));
    }

    const from = (sourceIPAddress: string) => ({ sourceIPAddress });

    async function anEarlierLease(
      requestedAt: number,
      networks: string[],
      change: Partial<LeaseRow> = {},
    ) {
      const lease = aLeaseRow({ id: anId(), requestedAt, ...change });
      await database.leases.insert(lease);
      await database.evidence.put(
        anEvidenceRow({ leaseId: lease.id, networks }),
      );
    }

    it('who has no history is known by where the lease was first used from', async () => {
      expect(
        await markedRules(
          anActiveLeaseRow(),
          from('s3.amazonaws.com'),
          from('192.0.2.1'),
          from('198.51.100.1'),
          from('192.0.2.99'),
        ),
      ).toEqual([[], [], ['new-network'], []]);
    });

    it('who has a history is known by that, also where the first call is from elsewhere', async () => {
      await anEarlierLease(NOON - DAY, ['198.51.100.0/24']);
      expect(
        await markedRules(
          anActiveLeaseRow(),
          from('192.0.2.1'),
          from('198.51.100.1'),
        ),
      ).toEqual([['new-network'], []]);
    });

    it('neither long ago, nor later, nor somebody else’s is history', async () => {
      const elsewhere = ['198.51.100.0/24'];
      await anEarlierLease(NOON - 181 * DAY, elsewhere);
      await anEarlierLease(NOON + 1, elsewhere);
      await anEarlierLease(NOON - DAY, elsewhere, {
        requester: 'user:default/mallory',
      });
      expect(
        await markedRules(
          anActiveLeaseRow(),
          from('192.0.2.1'),
          from('198.51.100.1'),
        ),
      ).toEqual([[], ['new-network']]);
    });

    it('the lease ends when it was closed, though that was recorded late', async () => {
      const call = { eventTime: '2026-10-01T12:20:00Z' };
      const rules = (change: Partial<LeaseRow>) =>
        markedRules(anActiveLeaseRow(change), call);
      const minutes = (count: number) => NOON + count * 60_000;
      expect(await rules({ expiresAt: minutes(30) })).toEqual([[]]);
      expect(
        await rules({ expiresAt: minutes(30), closedAt: minutes(10) }),
      ).toEqual([['after-lease-end']]);
      expect(
        await rules({ expiresAt: minutes(10), closedAt: minutes(30) }),
      ).toEqual([['after-lease-end']]);
    });

    it('goes by the scope that was approved, unless managed policies add to it', async () => {
      const call = {
        eventSource: 'ec2.amazonaws.com',
        eventName: 'DescribeInstances',
      };
      const lease = anActiveLeaseRow();
      const managed = {
        ...lease.scope,
        managedPolicies: { 'arn:aws:iam::aws:policy/ReadOnlyAccess': 'hash' },
      };
      expect(await markedRules(lease, call)).toEqual([['outside-profile']]);
      expect(await markedRules({ ...lease, scope: managed }, call)).toEqual([
        [],
      ]);
    });
  });
});

import { describeDatabases } from '../testing/databases';
import { NOON } from '../testing/rows';
import { ActivityCollector } from './ActivityCollector';
import {
  anEndedLease,
  callOf,
  collecting,
  issueOf,
  reviewConfig,
  SESSION_BEGAN,
} from './collectorTesting';
import { presentEvidence } from './evidence';
import { aCall, anAssumeRole } from './testing';

jest.setTimeout(60_000);

const MINUTE = 60_000;
const SETTLED = NOON + 90 * MINUTE;

describeDatabases((_name, open) => {
  const setUp = async () => {
    const { database } = await open();
    const portal = collecting(database);
    portal.clock.set(SETTLED);
    return { ...portal, ...(await anEndedLease(database)) };
  };

  describe('a look', () => {
    it('keeps what the events say, for lists', async () => {
      const { database, collector, source, lease, session } = await setUp();
      source.records = [
        issueOf(session),
        callOf(session, { sourceIPAddress: '192.0.2.9' }),
        callOf(session, {
          eventName: 'PutBucketPolicy',
          sourceIPAddress: '2001:db8:a::9',
        }),
        callOf(session, {
          eventSource: 'secretsmanager.amazonaws.com',
          eventName: 'GetSecretValue',
          errorCode: 'AccessDenied',
          sourceIPAddress: 'cloudformation.amazonaws.com',
        }),
      ];
      await collector.collect(lease.id);
      expect(await database.evidence.get(lease.id)).toMatchObject({
        eventCount: 3,
        writes: 1,
        refused: 1,
        networks: ['192.0.2.0/24', '2001:db8:a::/48'],
      });
      const counts = await database.activity.counts(lease.id);
      const evidence = await database.evidence.get(lease.id);
      expect(evidence?.sensitive).toBe(counts.sensitive);
    });

    it('says what the source read, and what it can never see', async () => {
      const { database, collector, clock, source, lease, session, service } =
        await setUp();
      source.records = [issueOf(session)];
      source.coverage = {
        notes: ['digest.json.gz holds no events: it is a digest.'],
        blindSpots: ['Data events are not in the event history.'],
        bytesScanned: 1_000,
      };
      await collector.collect(lease.id);
      const first = (await database.evidence.get(lease.id))!;
      expect(first).toMatchObject({
        state: 'complete',
        notes: source.coverage.notes,
        blindSpots: source.coverage.blindSpots,
        bytesScanned: 1_000,
      });
      expect(first.words).toContain('Data events are not in the event history');

      clock.advance({ minutes: 1 });
      const shown = await service.collectNow(lease);
      expect(shown.bytesScanned).toBe(2_000);
      expect((await database.evidence.get(lease.id))!.hash).toBe(first.hash);
    });

    it('I7: the hash holds what the source can never see', async () => {
      const { database, collector, clock, source, lease, session } =
        await setUp();
      source.records = [issueOf(session)];
      await collector.collect(lease.id);
      const { hash } = (await database.evidence.get(lease.id))!;
      clock.advance({ minutes: 1 });
      source.coverage = { blindSpots: ['Data events.'] };
      await collector.collectNow(lease.id);
      expect((await database.evidence.get(lease.id))!.hash).not.toBe(hash);
    });

    describe.each(['issuing', 'discarded'] as const)(
      'I7: a session whose answer was lost (%s)',
      lostAs => {
        const lostAnswer = async () => {
          const { database } = await open();
          const portal = collecting(database);
          portal.clock.set(SETTLED);
          const lost = { state: lostAs, accessKeyId: undefined };
          const { lease, session } = await anEndedLease(database, {}, lost);
          const onUnbrokered = jest.fn();
          const collector = new ActivityCollector({ ...portal, onUnbrokered });
          return { ...portal, lease, session, collector, onUnbrokered };
        };

        it('is looked for by its name, and nothing is complete before', async () => {
          const { database, collector, source, lease, session } =
            await lostAnswer();
          const { review } = reviewConfig();
          const before = await presentEvidence(
            database,
            lease,
            review,
            SETTLED,
          );
          expect(before.state).toBe('collecting');

          await collector.collect(lease.id);
          expect(source.queries).toMatchObject([
            { sessionName: session.sessionName, accessKeyIds: [] },
          ]);
          expect(await database.evidence.get(lease.id)).toMatchObject({
            state: 'complete',
            words: expect.stringContaining('nothing in the logs carries'),
          });
        });

        it('is unbrokered use where an AssumeRole carries its name', async () => {
          const portal = await lostAnswer();
          const { database, collector, source, lease, session } = portal;
          const taken = issueOf({ ...session, accessKeyId: 'ASIAWHOSE' });
          source.records = [taken];
          await collector.collect(lease.id);
          const [[records]] = portal.onUnbrokered.mock.calls;
          expect(records).toMatchObject([{ eventID: taken.eventID }]);
          expect((await database.evidence.get(lease.id))!.words).toMatch(
            /was lost: .* unbrokered use/,
          );
        });

        it('is not complete where the logs cannot be read', async () => {
          const { database, collector, source, lease } = await lostAnswer();
          source.failure = new Error('The logs are down');
          await collector.collect(lease.id);
          const { state } = (await database.evidence.get(lease.id))!;
          expect(state).toBe('collecting');
        });
      },
    );

    describe('pitfall 38: a stranger’s AssumeRole that is delivered late', () => {
      const stolenFrom = async () => {
        const portal = await setUp();
        const { source, session } = portal;
        const theirs = { ...session, accessKeyId: 'ASIATHEIRS' };
        const call = aCall(
          {
            sessionName: session.sessionName,
            accessKeyId: theirs.accessKeyId,
            createdAt: SESSION_BEGAN,
            role: 'BreakGlass',
          },
          { eventID: 'his-call' },
        );
        source.records = [
          issueOf(session),
          call,
          callOf(session, { eventID: 'hers' }),
        ];
        const arrives = () =>
          source.records.push(anAssumeRole(theirs, SESSION_BEGAN));
        return { ...portal, arrives };
      };

      it('takes his call out of the evidence, and says so in the audit log', async () => {
        const { database, collector, clock, lease, arrives } =
          await stolenFrom();
        await collector.collect(lease.id);
        expect((await database.evidence.get(lease.id))!.eventCount).toBe(2);

        arrives();
        clock.advance({ minutes: 1 });
        await collector.collectNow(lease.id);
        const { items } = await database.activity.list(
          lease.id,
          {},
          { limit: 10 },
        );
        expect(items.map(item => item.eventId)).toEqual(['hers']);
        expect(await database.evidence.get(lease.id)).toMatchObject({
          eventCount: 1,
          words: expect.stringContaining('unbrokered use'),
        });
        expect(
          await database.audit.list(
            { leaseId: lease.id, action: 'evidence.withdraw' },
            { limit: 5 },
          ),
        ).toMatchObject([
          { actor: 'system', details: { events: 1, named: ['his-call'] } },
        ]);
      });

      it('I7: leaves the evidence incomplete where a call may be either’s', async () => {
        const { database, collector, clock, source, lease, session, arrives } =
          await stolenFrom();
        const either = { accessKeyId: 'ASIAOFACONSOLE' };
        source.records.push(callOf({ ...session, ...either }));
        await collector.collect(lease.id);
        expect((await database.evidence.get(lease.id))!.state).toBe('complete');

        arrives();
        clock.advance({ minutes: 1 });
        await collector.collectNow(lease.id);
        expect(await database.evidence.get(lease.id)).toMatchObject({
          eventCount: 1,
          state: 'collecting',
          words: expect.stringContaining('may be this lease’s'),
        });
      });

      it('leaves frozen evidence as it is', async () => {
        const { database, collector, clock, lease, arrives } =
          await stolenFrom();
        await collector.collect(lease.id);
        const evidence = (await database.evidence.get(lease.id))!;
        await database.evidence.put({ ...evidence, frozenAt: clock.now() });
        arrives();
        clock.advance({ minutes: 1 });
        await collector.collectNow(lease.id);
        expect((await database.activity.counts(lease.id)).total).toBe(2);
      });

      it('hands the records on in the transaction of the look', async () => {
        const { lease, arrives, ...deps } = await stolenFrom();
        arrives();
        const taken: unknown[] = [];
        const handing = new ActivityCollector({
          ...deps,
          onUnbrokered: async (records, of, stores) => {
            taken.push(of.id, records.length);
            expect(await stores.activity.get(of.id, 'hers')).toBeDefined();
            throw new Error('Not now');
          },
        });
        await expect(handing.collect(lease.id)).rejects.toThrow('Not now');
        expect(taken).toEqual([lease.id, 2]);
        const { total } = await deps.database.activity.counts(lease.id);
        expect(total).toBe(0);
      });
    });

    it('a session that proves to be a console’s takes its calls over', async () => {
      const { database, collector, clock, source, lease, session } =
        await setUp();
      const console = {
        ...session,
        id: '7ZZZZZZZZZZZZZZZZZZZZZZZZZ',
        type: 'console' as const,
        accessKeyId: 'ASIACONSOLE',
      };
      await database.sessions.insert(console);
      source.records = [
        issueOf(session),
        callOf(session, {
          eventID: 'click',
          userIdentity: aCall({
            sessionName: session.sessionName,
            accessKeyId: 'ASIAUNKNOWN',
            createdAt: SESSION_BEGAN,
            role: 'BreakGlass',
          }).userIdentity,
        }),
      ];
      const sessionOf = async () =>
        (await database.activity.get(lease.id, 'click'))?.sessionId;
      await collector.collect(lease.id);
      expect(await sessionOf()).toBe(session.id);
      source.records.push(issueOf(console));
      clock.advance({ minutes: 1 });
      await collector.collectNow(lease.id);
      expect(await sessionOf()).toBe(console.id);
    });

    it('lets others have their turn while it takes many events in', async () => {
      const { collector, source, lease, session } = await setUp();
      source.records = [
        issueOf(session),
        ...Array.from({ length: 3_000 }, () => callOf(session)),
      ];
      let turns = 0;
      let looking = true;
      const count = () => {
        turns += 1;
        if (looking) {
          setImmediate(count);
        }
      };
      setImmediate(count);
      await collector.collect(lease.id);
      looking = false;
      // One at least for 500 redacted, 200 written and 500 read again each.
      expect(turns).toBeGreaterThanOrEqual(6 + 15 + 6);
    });

    it('pitfall 21: gives a source up that answers to nothing, and looks again later', async () => {
      const { database, collector, clock, source, lease, session } =
        await setUp();
      source.records = [issueOf(session)];
      const stopping = new AbortController();
      const asked = new Promise<void>(resolve => {
        source.meanwhile = () => {
          resolve();
          return new Promise(() => {});
        };
      });
      const look = collector.collect(lease.id, stopping.signal);
      await asked;
      stopping.abort(new Error('stopping'));
      await expect(look).rejects.toThrow('stopping');

      source.meanwhile = undefined;
      clock.advance({ minutes: 5 });
      await collector.collect(lease.id);
      expect((await database.evidence.get(lease.id))!.state).toBe('complete');
    });
  });
});

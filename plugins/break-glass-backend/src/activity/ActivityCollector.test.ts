import { describeDatabases } from '../testing/databases';
import { anActiveLeaseRow, aSessionRow, NOON } from '../testing/rows';
import {
  anEndedLease,
  callOf,
  collecting,
  issueOf,
  SESSION_BEGAN,
} from './collectorTesting';
import { anAssumeRole, aCall } from './testing';

jest.setTimeout(60_000);

const MINUTE = 60_000;
/** When the credentials have ended and the logs have settled. */
const SETTLED = NOON + 90 * MINUTE;

describeDatabases((_name, open) => {
  const setUp = async () => {
    const { database, knex } = await open();
    return { knex, ...collecting(database) };
  };

  describe('ActivityCollector', () => {
    it('collects the events of a lease, and opens its review when the evidence is complete', async () => {
      const { database, collector, source, clock, wake } = await setUp();
      const { lease, session } = await anEndedLease(database);
      const call = callOf(session);
      source.records = [issueOf(session), call];
      clock.set(SETTLED);

      expect(await collector.collectDue(new AbortController().signal)).toBe(1);

      const after = (await database.leases.get(lease.id))!;
      expect(after.reviewState).toBe('open');
      expect(after.collectDueAt).toBeUndefined();
      expect(await database.evidence.get(lease.id)).toMatchObject({
        state: 'complete',
        eventCount: 1,
        source: 'Scripted logs',
        regions: ['eu-west-1'],
        sessionsMissing: [],
        hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      });
      expect(
        await database.activity.get(lease.id, String(call.eventID)),
      ).toMatchObject({ action: 'GetBucketPolicy', sessionId: session.id });
      expect(wake).toHaveBeenCalled();
    });

    it('asks the source for exactly the sessions of the lease', async () => {
      const { database, collector, source } = await setUp();
      const { lease, session } = await anEndedLease(database);
      const second = aSessionRow({
        leaseId: lease.id,
        sessionName: session.sessionName,
        accessKeyId: 'ASIASECOND',
      });
      const failed = aSessionRow({
        leaseId: lease.id,
        state: 'refused',
        accessKeyId: undefined,
      });
      await database.sessions.insert(second);
      await database.sessions.insert(failed);
      await collector.collectNow(lease.id);
      expect(source.queries).toEqual([
        {
          partition: 'aws',
          accountId: lease.accountId,
          roleArn: lease.roleArn,
          sessionName: session.sessionName,
          accessKeyIds: expect.arrayContaining([
            session.accessKeyId,
            'ASIASECOND',
          ]),
          from: NOON - 5 * MINUTE,
          to: SETTLED,
          maxRecords: 100_000,
        },
      ]);
      expect(source.queries[0].accessKeyIds).toHaveLength(2);
    });

    it('tells the reviewers, the audit log and open pages once', async () => {
      const { database, collector, source, clock } = await setUp();
      const { lease, session } = await anEndedLease(database);
      source.records = [issueOf(session)];
      clock.set(SETTLED);
      await collector.collect(lease.id);
      clock.advance({ minutes: 1 });
      await collector.collectNow(lease.id);

      const messages = await database.outbox.claim(clock.now(), 100, MINUTE);
      expect(messages.map(row => row.message)).toEqual(
        expect.arrayContaining([
          { kind: 'signal', leaseId: lease.id },
          expect.objectContaining({
            kind: 'notification',
            recipients: ['group:default/security-reviewers'],
            link: `/break-glass/leases/${lease.id}`,
          }),
        ]),
      );
      expect(
        messages.filter(row => row.message.kind === 'notification'),
      ).toHaveLength(1);
      const entries = await database.audit.list(
        { leaseId: lease.id },
        { limit: 10 },
      );
      expect(entries).toMatchObject([
        { action: 'review.open', actor: 'system', outcome: 'done' },
      ]);
    });

    it('pitfall 19: events that arrive after the first look are found at a later one', async () => {
      const { database, collector, source, clock } = await setUp();
      const { lease, session } = await anEndedLease(database);
      source.records = [
        issueOf(session),
        callOf(session, { eventID: 'early' }),
      ];
      clock.set(NOON + 12 * MINUTE);
      await collector.collect(lease.id);
      const first = (await database.evidence.get(lease.id))!;
      expect(first).toMatchObject({
        state: 'collecting',
        eventCount: 1,
        nextLookAt: NOON + 17 * MINUTE,
      });
      expect(await database.leases.get(lease.id)).toMatchObject({
        reviewState: 'collecting',
        collectDueAt: NOON + 17 * MINUTE,
      });

      source.records.push(callOf(session, { eventID: 'late' }));
      clock.set(SETTLED);
      await collector.collect(lease.id);
      const second = (await database.evidence.get(lease.id))!;
      expect(second).toMatchObject({ state: 'complete', eventCount: 2 });
      expect(second.hash).not.toBe(first.hash);
    });

    it('pitfall 19: a late event is found in an open review too, when somebody looks again', async () => {
      const { database, collector, source, clock } = await setUp();
      const { lease, session } = await anEndedLease(database);
      source.records = [issueOf(session)];
      clock.set(SETTLED);
      await collector.collect(lease.id);
      const first = (await database.evidence.get(lease.id))!;
      source.records.push(callOf(session));
      clock.advance({ minutes: 1 });
      await collector.collectNow(lease.id);
      const second = (await database.evidence.get(lease.id))!;
      expect(second).toMatchObject({ state: 'complete', eventCount: 1 });
      expect(second.hash).not.toBe(first.hash);
      expect((await database.leases.get(lease.id))!.reviewState).toBe('open');
    });

    it('looking again without finding anything new leaves the evidence as it was', async () => {
      const { database, collector, source, clock } = await setUp();
      const { lease, session } = await anEndedLease(database);
      source.records = [issueOf(session), callOf(session)];
      clock.set(SETTLED);
      await collector.collect(lease.id);
      const first = (await database.evidence.get(lease.id))!;
      clock.advance({ minutes: 1 });
      await collector.collectNow(lease.id);
      const second = (await database.evidence.get(lease.id))!;
      expect(second.hash).toBe(first.hash);
      expect(second.lastLookAt).toBeGreaterThan(first.lastLookAt);
    });

    it('pitfall 21: 0 results are an answer: the session’s record is missing', async () => {
      const { database, collector, clock } = await setUp();
      const { lease, session } = await anEndedLease(database);
      clock.set(SETTLED);
      await collector.collect(lease.id);
      expect(await database.evidence.get(lease.id)).toMatchObject({
        state: 'collecting',
        eventCount: 0,
        sessionsMissing: [session.id],
      });
      expect((await database.leases.get(lease.id))!.reviewState).toBe(
        'collecting',
      );
    });

    it('pitfall 21: a source that is down loses nothing, says so, and is asked again', async () => {
      const { database, collector, source, clock } = await setUp();
      const { lease, session } = await anEndedLease(database);
      source.records = [issueOf(session), callOf(session)];
      clock.set(NOON + 20 * MINUTE);
      await collector.collect(lease.id);
      source.failure = new Error('The disk is gone');
      clock.set(SETTLED);
      await collector.collect(lease.id);
      expect(await database.evidence.get(lease.id)).toMatchObject({
        state: 'collecting',
        words: 'The logs could not be read.',
        eventCount: 1,
        regions: ['eu-west-1'],
        nextLookAt: SETTLED + 5 * MINUTE,
      });
      expect(await database.leases.get(lease.id)).toMatchObject({
        reviewState: 'collecting',
        collectDueAt: SETTLED + 5 * MINUTE,
      });

      source.failure = undefined;
      clock.set(SETTLED + 5 * MINUTE);
      await collector.collect(lease.id);
      expect((await database.evidence.get(lease.id))!.state).toBe('complete');
    });

    it('pitfall 21: a source that stays down opens the review with logs missing', async () => {
      const { database, collector, source, clock } = await setUp();
      const { lease } = await anEndedLease(database);
      source.failure = new Error('The disk is gone');
      clock.set(SETTLED + 3 * 60 * MINUTE);
      await collector.collect(lease.id);
      expect((await database.evidence.get(lease.id))!.state).toBe(
        'logs-missing',
      );
      expect((await database.leases.get(lease.id))!.reviewState).toBe('open');
    });

    it('complete evidence stays complete when the source is down later', async () => {
      const { database, collector, source, clock } = await setUp();
      const { lease, session } = await anEndedLease(database);
      source.records = [issueOf(session)];
      clock.set(SETTLED);
      await collector.collect(lease.id);
      const before = await database.evidence.get(lease.id);
      source.failure = new Error('The disk is gone');
      clock.advance({ minutes: 1 });
      expect(await collector.collectNow(lease.id)).toBe(false);
      const after = await database.evidence.get(lease.id);
      expect(after).toEqual({ ...before, lastLookAt: clock.now() });
    });

    it('a lease without a session is complete at once, and no source is asked', async () => {
      const { database, collector, source, clock } = await setUp();
      const lease = anActiveLeaseRow({
        status: 'ended',
        closedAt: NOON,
        reviewState: 'collecting',
        collectDueAt: NOON,
      });
      await database.leases.insert(lease);
      clock.set(NOON + MINUTE);
      await collector.collect(lease.id);
      expect(await database.evidence.get(lease.id)).toMatchObject({
        state: 'complete',
        eventCount: 0,
      });
      expect((await database.leases.get(lease.id))!.reviewState).toBe('open');
      expect(source.queries).toEqual([]);
    });

    it('two replicas at once look once', async () => {
      const { database, collector, source, clock, ...deps } = await setUp();
      const { lease } = await anEndedLease(database);
      clock.set(SETTLED);
      const other = collecting(database);
      other.clock.set(SETTLED);
      await Promise.all([
        collector.collect(lease.id),
        other.collector.collect(lease.id),
        collector.collect(lease.id),
        other.collector.collect(lease.id),
      ]);
      expect(source.queries.length + other.source.queries.length).toBe(1);
      expect(deps.wake).toBeDefined();
    });

    it('two replicas that work off the same leases look at each once', async () => {
      const { database, ...one } = await setUp();
      const other = collecting(database);
      const leases = [];
      for (let count = 0; count < 5; count++) {
        leases.push((await anEndedLease(database)).session.sessionName);
      }
      one.clock.set(SETTLED);
      other.clock.set(SETTLED);
      const { signal } = new AbortController();
      const looked = await Promise.all(
        [one, other].map(each => each.collector.collectDue(signal)),
      );
      expect(looked[0] + looked[1]).toBe(5);
      expect(
        [...one.source.queries, ...other.source.queries]
          .map(query => query.sessionName)
          .sort(),
      ).toEqual(leases.sort());
    });

    it('a look that failed while it was written left nothing, and is made up for', async () => {
      const { database, collector, source, clock, audit } = await setUp();
      const { lease, session } = await anEndedLease(database);
      source.records = [issueOf(session), callOf(session)];
      clock.set(SETTLED);
      const failing = jest
        .spyOn(audit, 'record')
        .mockRejectedValue(new Error('The disk is full'));
      await expect(collector.collect(lease.id)).rejects.toThrow('disk');
      expect((await database.activity.counts(lease.id)).total).toBe(0);
      expect(await database.leases.get(lease.id)).toMatchObject({
        reviewState: 'collecting',
        collectDueAt: SETTLED + 5 * MINUTE,
      });

      failing.mockRestore();
      clock.advance({ minutes: 5 });
      await collector.collect(lease.id);
      expect(await database.evidence.get(lease.id)).toMatchObject({
        state: 'complete',
        eventCount: 1,
      });
    });

    it('a look that crashed is made up for after its claim', async () => {
      const { database, collector, source, clock } = await setUp();
      const { lease, session } = await anEndedLease(database);
      source.records = [issueOf(session)];
      clock.set(SETTLED);
      const stopping = new AbortController();
      source.meanwhile = async () => {
        stopping.abort(new Error('stopping'));
        throw new Error('aborted');
      };
      await expect(
        collector.collect(lease.id, stopping.signal),
      ).rejects.toThrow('stopping');
      source.meanwhile = undefined;
      await collector.collect(lease.id);
      expect(source.queries).toHaveLength(1);

      clock.advance({ minutes: 5 });
      await collector.collect(lease.id);
      expect((await database.evidence.get(lease.id))!.state).toBe('complete');
    });

    it('one lease that fails keeps no other waiting', async () => {
      const { database, collector, source, clock, knex } = await setUp();
      const bad = await anEndedLease(database);
      const good = await anEndedLease(database);
      source.records = [issueOf(bad.session), issueOf(good.session)];
      clock.set(SETTLED);
      await knex('leases').where({ id: bad.lease.id }).update({ scope: '{' });
      const rows = [good.lease, bad.lease].map(({ id }) => ({ id }));
      jest
        .spyOn(database.leases, 'collectDue')
        .mockResolvedValue(rows.reverse() as never);
      expect(await collector.collectDue(new AbortController().signal)).toBe(1);
      expect((await database.leases.get(good.lease.id))!.reviewState).toBe(
        'open',
      );
    });

    it('a change of the lease while the source is asked is kept', async () => {
      const { database, collector, source, clock } = await setUp();
      const { lease, session } = await anEndedLease(database, {
        kill: 'requested',
      });
      source.records = [issueOf(session)];
      clock.set(SETTLED);
      source.meanwhile = async () => {
        const now = (await database.leases.get(lease.id))!;
        await database.leases.update(lease.id, now.version, {
          kill: 'accepted',
          killAcceptedAt: NOON + 11 * MINUTE,
        });
      };
      await collector.collect(lease.id);
      expect(await database.leases.get(lease.id)).toMatchObject({
        kill: 'accepted',
        reviewState: 'open',
      });
    });

    it('a verdict that froze the evidence meanwhile makes the look void', async () => {
      const { database, collector, source, clock } = await setUp();
      const { lease, session } = await anEndedLease(database);
      source.records = [issueOf(session), callOf(session)];
      clock.set(SETTLED);
      source.meanwhile = async () => {
        const evidence = (await database.evidence.get(lease.id))!;
        await database.evidence.put({ ...evidence, frozenAt: clock.now() });
      };
      await collector.collect(lease.id);
      expect((await database.activity.counts(lease.id)).total).toBe(0);
      expect((await database.evidence.get(lease.id))!.state).toBe('collecting');
    });

    it('frozen evidence is not looked for again', async () => {
      const { database, collector, source, clock } = await setUp();
      const { lease } = await anEndedLease(database);
      await collector.collectNow(lease.id);
      const evidence = (await database.evidence.get(lease.id))!;
      await database.evidence.put({ ...evidence, frozenAt: clock.now() });
      clock.advance({ hours: 1 });
      expect(await collector.collectNow(lease.id)).toBe(true);
      expect(source.queries).toHaveLength(1);
    });

    it('looking now is limited to once in ten seconds', async () => {
      const { database, collector, source, clock } = await setUp();
      const { lease } = await anEndedLease(database);
      await collector.collectNow(lease.id);
      clock.advance({ seconds: 9 });
      await expect(collector.collectNow(lease.id)).rejects.toMatchObject({
        name: 'ConflictError',
        code: 'rate-limited',
      });
      clock.advance({ seconds: 1 });
      await collector.collectNow(lease.id);
      expect(source.queries).toHaveLength(2);
    });

    it('looking at an active lease leaves its version alone', async () => {
      const { database, collector, source } = await setUp();
      const { lease, session } = await anEndedLease(database, {
        status: 'approved',
        closedAt: undefined,
        reviewState: 'none',
        collectDueAt: undefined,
      });
      source.records = [issueOf(session), callOf(session)];
      await collector.collectNow(lease.id);
      expect(await database.leases.get(lease.id)).toMatchObject({
        version: lease.version,
        reviewState: 'none',
      });
      expect(await database.evidence.get(lease.id)).toMatchObject({
        state: 'collecting',
        eventCount: 1,
      });
    });

    it('pitfall 20: a role assumed from the session is looked for by the name it was given', async () => {
      const { database, collector, source, clock } = await setUp();
      const { lease, session } = await anEndedLease(database);
      const pipeline = {
        roleArn: 'arn:aws:iam::222233334444:role/path/DataPipeline',
        sessionName: 'copied',
        accessKeyId: 'ASIAPIPELINE',
      };
      const chain = anAssumeRole(pipeline, '2026-10-01T12:06:00Z', {
        userIdentity: callOf(session).userIdentity,
      });
      const arn = 'arn:aws:sts::222233334444:assumed-role/DataPipeline/copied';
      chain.responseElements = {
        credentials: { accessKeyId: 'ASIAPIPELINE' },
        assumedRoleUser: { arn },
      };
      const call = aCall({
        sessionName: 'copied',
        createdAt: '2026-10-01T12:06:00Z',
      });
      (call.userIdentity as Record<string, unknown>).arn = arn;
      source.records = [issueOf(session), chain, call];
      clock.set(SETTLED);
      await collector.collect(lease.id);
      expect(source.queries).toHaveLength(2);
      expect(source.queries[1]).toMatchObject({
        accountId: '222233334444',
        roleArn: pipeline.roleArn,
        sessionName: 'copied',
        accessKeyIds: ['ASIAPIPELINE'],
      });
      const { items } = await database.activity.list(
        lease.id,
        {},
        { limit: 10 },
      );
      expect(items.map(({ action, chained }) => [action, chained])).toEqual([
        ['AssumeRole', false],
        ['GetBucketPolicy', true],
      ]);
    });

    it('pitfall 38: unbrokered use is said and audited, and is not the lease’s', async () => {
      const { database, collector, source, clock } = await setUp();
      const { lease, session } = await anEndedLease(database);
      const theirs = { ...session, accessKeyId: 'ASIATHEIRS' };
      const stolen = anAssumeRole(
        { ...theirs, accessKeyId: 'ASIATHEIRS' },
        '2026-10-01T12:01:00Z',
      );
      const call = aCall({
        sessionName: session.sessionName,
        createdAt: '2026-10-01T12:01:00Z',
        role: 'BreakGlass',
      });
      source.records = [issueOf(session), stolen, call];
      clock.set(SETTLED);
      await collector.collect(lease.id);
      const evidence = (await database.evidence.get(lease.id))!;
      expect(evidence).toMatchObject({ state: 'complete', eventCount: 0 });
      expect(evidence.words).toContain('2 records carry the name');
      const [entry] = await database.audit.list(
        { leaseId: lease.id },
        { limit: 1 },
      );
      expect(entry.details).toMatchObject({
        unbrokered: 2,
        unbrokeredEvents: expect.arrayContaining([call.eventID]),
      });
    });

    it('I10: pitfall 27: no secret of a record reaches the database', async () => {
      const { database, collector, source, clock, knex } = await setUp();
      const { lease, session } = await anEndedLease(database);
      const chain = anAssumeRole(
        {
          roleArn: session.roleArn,
          sessionName: 'chained',
          accessKeyId: 'ASIACHAINED',
        },
        SESSION_BEGAN,
        { userIdentity: callOf(session).userIdentity },
      );
      Object.assign(
        (chain.responseElements as Record<string, object>).credentials,
        { sessionToken: 'TOKEN-THAT-NOBODY-MAY-SEE' },
      );
      source.records = [
        issueOf(session),
        chain,
        callOf(session, {
          errorMessage: 'x?X-Amz-Security-Token=TOKEN-THAT-NOBODY-MAY-SEE',
        }),
      ];
      clock.set(SETTLED);
      await collector.collect(lease.id);
      const tables = ['activity_events', 'evidence', 'audit_log', 'outbox'];
      const dump = JSON.stringify(
        await Promise.all(tables.map(table => knex(table).select())),
      );
      expect(dump).toContain('AssumeRole');
      expect(dump).toContain('REDACTED');
      expect(dump).not.toContain('TOKEN-THAT-NOBODY-MAY-SEE');
    });

    it('pitfall 18: hostile values in every field of a record are stored as values', async () => {
      const { database, collector, source, clock } = await setUp();
      const { lease, session } = await anEndedLease(database);
      const hostile = `'; DROP TABLE activity_events; -- " \\ $1 ? \u0000 \ud800 名`;
      const call = callOf(session, {
        eventName: hostile,
        eventID: hostile,
        awsRegion: hostile,
        errorCode: hostile,
        errorMessage: hostile,
        sourceIPAddress: hostile,
        userAgent: hostile,
        requestParameters: { [hostile]: hostile, bucketName: hostile },
      });
      source.records = [issueOf(session), call];
      clock.set(SETTLED);
      await collector.collect(lease.id);
      expect(await database.evidence.get(lease.id)).toMatchObject({
        state: 'complete',
        eventCount: 1,
      });
      const { items } = await database.activity.list(
        lease.id,
        { text: "'; DROP TABLE" },
        { limit: 10 },
      );
      expect(items).toHaveLength(1);
    });

    it('pitfall 21: more events than one page or one batch are all collected', async () => {
      const { database, collector, source, clock } = await setUp();
      const { lease, session } = await anEndedLease(database);
      source.records = [
        issueOf(session),
        ...Array.from({ length: 1_203 }, () => callOf(session)),
      ];
      clock.set(SETTLED);
      await collector.collect(lease.id);
      expect(await database.evidence.get(lease.id)).toMatchObject({
        eventCount: 1_203,
      });
    });
  });
});

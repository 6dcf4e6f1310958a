import { ServiceUnavailableError } from '@backstage/errors';
import { describeDatabases } from '../testing/databases';
import { NOON } from '../testing/rows';
import {
  anEndedLease,
  callOf,
  collecting,
  issueOf,
  SESSION_BEGAN,
} from './collectorTesting';
import { aCall, anAssumeRole } from './testing';

jest.setTimeout(60_000);

const MINUTE = 60_000;
const KILLED = {
  kill: 'probed',
  killRequestedAt: NOON + 10 * MINUTE,
  killAcceptedAt: NOON + 10 * MINUTE,
  killProbedAt: NOON + 10 * MINUTE,
} as const;

describeDatabases((_name, open) => {
  describe('ActivityCollector', () => {
    it('I7: evidence is not complete while a role that was assumed from a killed session still works', async () => {
      const { database } = await open();
      const { collector, source, clock } = collecting(database);
      const { lease, session } = await anEndedLease(database, KILLED);
      const onward = callOf(session, {
        eventTime: '2026-10-01T12:09:00Z',
        eventSource: 'sts.amazonaws.com',
        eventName: 'AssumeRole',
        requestParameters: {
          roleArn: 'arn:aws:iam::111122223333:role/DataPipeline',
          roleSessionName: 'onward',
        },
        responseElements: {
          credentials: {
            accessKeyId: 'ASIAONWARD',
            expiration: 'Oct 1, 2026, 1:09:00 PM',
          },
        },
      });
      source.records = [issueOf(session), onward];
      clock.set(NOON + 41 * MINUTE);
      await collector.collect(lease.id);
      expect(await database.evidence.get(lease.id)).toMatchObject({
        state: 'collecting',
        settledAt: NOON + 99 * MINUTE,
        words: expect.stringContaining('ending the lease does not end it'),
      });
      expect((await database.leases.get(lease.id))!.reviewState).toBe(
        'collecting',
      );

      clock.set(NOON + 99 * MINUTE);
      await collector.collect(lease.id);
      expect((await database.evidence.get(lease.id))!.state).toBe('complete');
    });

    it('I7: evidence with a chain that was not followed is never complete, and says why', async () => {
      const { database } = await open();
      const { collector, source, clock } = collecting(database);
      const { lease, session } = await anEndedLease(database, KILLED);
      const root = callOf(session, {
        eventSource: 'sts.amazonaws.com',
        eventName: 'AssumeRoot',
        responseElements: { credentials: { accessKeyId: 'ASIAROOT' } },
      });
      source.records = [issueOf(session), root];
      clock.set(NOON + 9 * 60 * MINUTE);
      await collector.collect(lease.id);
      expect(await database.evidence.get(lease.id)).toMatchObject({
        state: 'logs-missing',
        words: expect.stringContaining('was not looked for'),
        unreadable: [expect.stringContaining('was not looked for')],
      });
    });

    it('I7: evidence is not complete while another account’s logs cannot be read, and holds the rest', async () => {
      const { database } = await open();
      const { collector, source, clock } = collecting(database);
      const { lease, session } = await anEndedLease(database, KILLED);
      const elsewhere = '999988887777';
      const onward = callOf(session, {
        eventSource: 'sts.amazonaws.com',
        eventName: 'AssumeRole',
        requestParameters: {
          roleArn: `arn:aws:iam::${elsewhere}:role/DataPipeline`,
          roleSessionName: 'onward',
        },
        responseElements: { credentials: { accessKeyId: 'ASIAONWARD' } },
      });
      source.records = [issueOf(session), onward, callOf(session)];
      source.meanwhile = async () => {
        if (source.queries.at(-1)?.accountId === elsewhere) {
          throw new ServiceUnavailableError('No credentials.');
        }
      };
      clock.set(NOON + 3 * 60 * MINUTE);
      await collector.collect(lease.id);
      expect(await database.evidence.get(lease.id)).toMatchObject({
        eventCount: 2,
        sessionsMissing: [],
        words: expect.stringMatching(`${elsewhere} .* cannot be read now`),
        unreadable: [expect.stringContaining(elsewhere)],
      });
      expect((await database.evidence.get(lease.id))!.state).not.toBe(
        'complete',
      );

      source.meanwhile = undefined;
      clock.advance({ minutes: 5 });
      await collector.collectNow(lease.id);
      expect((await database.evidence.get(lease.id))!.state).toBe('complete');
    });

    it('pitfall 38: a call that may be a stranger’s of the same second is not the lease’s, and is said', async () => {
      const { database } = await open();
      const { collector, source, clock } = collecting(database);
      const { lease, session } = await anEndedLease(database);
      const { roleArn, sessionName } = session;
      const theirs = { roleArn, sessionName, accessKeyId: 'ASIATHEIRS' };
      const unknown = aCall({
        sessionName,
        createdAt: SESSION_BEGAN,
        role: roleArn.split('/').pop(),
        accessKeyId: 'ASIACONSOLE',
      });
      const stolen = anAssumeRole(theirs, SESSION_BEGAN);
      source.records = [issueOf(session), stolen, unknown];
      clock.set(NOON + 90 * MINUTE);
      await collector.collect(lease.id);
      const evidence = (await database.evidence.get(lease.id))!;
      expect(evidence.eventCount).toBe(0);
      expect(evidence.words).toContain(
        'took the same name in the same second: whether one of them is theirs',
      );
    });
  });
});

import fc from 'fast-check';
import { attribute } from './attribute';
import { CloudTrailRecord } from './cloudTrailRecord';
import { ACCOUNT, aCall, aKey, anAssumeRole, anIssued } from './testing';

const T0 = '2026-10-01T10:00:00Z';
const T1 = '2026-10-01T10:00:01Z';
const T2 = '2026-10-01T10:00:02Z';
const ELSEWHERE = '999988887777';
const THIRD = '555566667777';

const session = anIssued();
const issue = anAssumeRole(session, T0, { recipientAccountId: ACCOUNT });
const mine = { ...session, createdAt: T0 };

/** A call of the session as the trails of several accounts tell it. */
function sharedCall(change: CloudTrailRecord = {}) {
  const own = aCall(mine, {
    sharedEventID: 'shared-1',
    recipientAccountId: ACCOUNT,
    ...change,
  });
  const copy = {
    ...own,
    eventID: 'a-copy',
    recipientAccountId: ELSEWHERE,
    userIdentity: {
      type: 'AWSAccount',
      principalId: `AROAEXAMPLE:${session.sessionName}`,
      accountId: ACCOUNT,
    },
  };
  return { own, copy };
}

describe('attribute', () => {
  describe('I7: ids that are used twice hide nothing', () => {
    const inAccount = { recipientAccountId: ACCOUNT };
    const idsOf = (records: CloudTrailRecord[]) =>
      attribute([issue, ...records], [session]).events.map(
        each => each.eventId,
      );

    it('two calls from one account that share an id are two', () => {
      const shared = { ...inAccount, sharedEventID: 'x' };
      const calls = ['one', 'two'].map(eventID =>
        aCall(mine, { ...shared, eventID }),
      );
      expect(idsOf(calls)).toEqual(['one', 'two']);
    });

    it.each([ACCOUNT, ELSEWHERE])(
      'the lease’s call stays where a stranger’s in %s has its id',
      recipientAccountId => {
        const eventID = 'twice';
        const own = aCall(mine, { ...inAccount, eventID });
        for (const awsRegion of ['a', 'z']) {
          const theirs = aCall(
            { sessionName: 'x', createdAt: T0 },
            { recipientAccountId, awsRegion, eventID },
          );
          expect(idsOf([own, theirs])).toEqual([eventID]);
          expect(idsOf([theirs, own])).toEqual([eventID]);
        }
      },
    );
  });

  describe('a call that several accounts recorded', () => {
    it('is one event, with the other accounts beside it', () => {
      const { own, copy } = sharedCall();
      const { events, unbrokered } = attribute([copy, issue, own], [session]);
      expect(events).toHaveLength(1);
      expect(events[0]).toMatchObject({
        eventId: own.eventID,
        alsoIn: [ELSEWHERE],
      });
      expect(events[0].accountId).toBeUndefined();
      expect(unbrokered).toEqual([]);
    });

    it('names the account of the trail where it is not the role’s own', () => {
      const { own } = sharedCall({ recipientAccountId: ELSEWHERE });
      const [event] = attribute([issue, own], [session]).events;
      expect(event.accountId).toBe(ELSEWHERE);
      expect(event.alsoIn).toBeUndefined();
    });

    it('is the one of the caller’s own account, whichever names the session too', () => {
      const { own, copy } = sharedCall();
      const full = { ...copy, userIdentity: own.userIdentity };
      const { events, withdrawn } = attribute([full, own, issue], [session]);
      expect(events.map(each => each.eventId)).toEqual([own.eventID]);
      expect(withdrawn).toEqual(new Set(['a-copy']));
    });

    it('is one event where several accounts gave it the same id', () => {
      const { own } = sharedCall({ sharedEventID: undefined });
      const copy = { ...own, recipientAccountId: THIRD };
      const { events } = attribute([issue, copy, own, copy], [session]);
      expect(events).toHaveLength(1);
      expect(events[0]).toMatchObject({ alsoIn: [THIRD] });
      expect(events[0].record).toBe(own);
    });

    it('is not the lease’s because a stranger’s call shares nothing but a name', () => {
      const { copy } = sharedCall();
      const { events, unbrokered } = attribute([issue, copy], [session]);
      expect(events).toEqual([]);
      expect(unbrokered).toEqual([]);
    });

    it('in any order of records', () => {
      const { own, copy } = sharedCall();
      const records = [own, copy, { ...own, recipientAccountId: THIRD }, issue];
      const expected = attribute(records, [session]);
      fc.assert(
        fc.property(
          fc.shuffledSubarray(records, { minLength: records.length }),
          shuffled => {
            const { events, withdrawn } = attribute(shuffled, [session]);
            expect(events).toEqual(expected.events);
            expect(withdrawn).toEqual(expected.withdrawn);
          },
        ),
      );
    });
  });

  it('one eventID with two contents is one event, always the same', () => {
    const one = aCall(mine, { eventID: 'twice', eventName: 'A' });
    const two = { ...one, eventName: 'B' };
    const there = attribute([issue, one, two], [session]).events;
    const back = attribute([two, one, issue], [session]).events;
    expect(there).toHaveLength(1);
    expect(back).toEqual(there);
  });

  it('regions do not matter: a global service records elsewhere', () => {
    const calls = ['eu-central-1', 'us-east-1', 'ap-southeast-2'].map(region =>
      aCall(mine, { awsRegion: region, eventSource: 'iam.amazonaws.com' }),
    );
    const { events } = attribute(
      [...calls, { ...issue, awsRegion: 'us-east-1' }],
      [session],
    );
    expect(events.map(each => each.record.awsRegion).sort()).toEqual([
      'ap-southeast-2',
      'eu-central-1',
      'us-east-1',
    ]);
  });

  describe('a console and a shell of the same second', () => {
    const shell = anIssued({ id: 'a-shell', type: 'credentials' });
    const console = anIssued({ id: 'b-console', type: 'console' });
    const issues = [shell, console].map(each => anAssumeRole(each, T0));
    const sessionOf = (call: CloudTrailRecord) =>
      attribute([...issues, call], [shell, console]).events[0].sessionId;

    it('are told apart by the key, where it is the shell’s', () => {
      const { accessKeyId } = shell;
      expect(sessionOf(aCall({ ...mine, accessKeyId }))).toBe('a-shell');
    });

    it('give the console the calls whose key no AssumeRole returned', () => {
      expect(sessionOf(aCall({ ...mine, accessKeyId: aKey() }))).toBe(
        'b-console',
      );
    });
  });

  it('pitfall 20: two hops through other accounts are attributed, each call once', () => {
    const sessionName = 'on';
    const hop = (
      role: string,
      account: string,
      at: string,
      { userIdentity: caller }: CloudTrailRecord,
    ) => {
      const accessKeyId = aKey();
      const arn = `arn:aws:sts::${account}:assumed-role/${role}/${sessionName}`;
      const roleArn = `arn:aws:iam::${account}:role/${role}`;
      const own = anAssumeRole({ roleArn, sessionName, accessKeyId }, at, {
        eventID: `assume-${role}`,
        userIdentity: caller,
        sharedEventID: `shared-${role}`,
        recipientAccountId: ACCOUNT,
        responseElements: {
          credentials: { accessKeyId },
          assumedRoleUser: { arn },
        },
      });
      const copy = {
        ...own,
        eventID: `copy-${role}`,
        recipientAccountId: account,
        userIdentity: { type: 'AWSAccount', accountId: ACCOUNT },
      };
      const call = aCall(
        { sessionName, accessKeyId, createdAt: at, role },
        { eventID: `call-${role}`, recipientAccountId: account },
      );
      Object.assign(call.userIdentity as object, { arn });
      return { own, copy, call };
    };
    const first = hop('One', ELSEWHERE, T1, aCall(mine));
    const second = hop('Two', THIRD, T2, first.call);
    const { events, unfollowed, unbrokered } = attribute(
      [
        ...[second.call, second.copy, second.own],
        ...[first.call, first.copy, first.own, issue],
      ],
      [session],
    );
    expect(
      events.map(({ eventId, chained, accountId, alsoIn }) => [
        eventId,
        chained,
        accountId,
        alsoIn,
      ]),
    ).toEqual([
      ['assume-One', false, undefined, [ELSEWHERE]],
      ['call-One', true, ELSEWHERE, undefined],
      ['assume-Two', true, undefined, [THIRD]],
      ['call-Two', true, THIRD, undefined],
    ]);
    expect(unfollowed).toEqual([]);
    expect(unbrokered).toEqual([]);
  });

  describe('pitfall 38: what a stranger’s AssumeRole shows later', () => {
    const theirs = anIssued();
    const stolen = anAssumeRole(theirs, T0);
    const call = aCall({ ...theirs, createdAt: T0 });
    const unknown = aCall({ ...mine, accessKeyId: aKey() });

    it('is withdrawn: without it those calls were taken for the lease’s', () => {
      const before = attribute([issue, call, unknown], [session]);
      expect(before.events).toHaveLength(2);
      expect(before.withdrawn.size).toBe(0);
      const after = attribute([issue, call, unknown, stolen], [session]);
      expect(after.events).toEqual([]);
      expect(after.withdrawn).toEqual(new Set([call.eventID, unknown.eventID]));
    });

    it('also through the role that he assumed from there', () => {
      const onward = {
        roleArn: 'arn:aws:iam::111122223333:role/DataPipeline',
        sessionName: 'copied',
        accessKeyId: aKey(),
      };
      const chain = anAssumeRole(onward, T1, {
        userIdentity: call.userIdentity,
      });
      const further = aCall({ ...onward, role: 'DataPipeline', createdAt: T1 });
      const { events, withdrawn } = attribute(
        [issue, stolen, chain, further, aCall(mine)],
        [session],
      );
      expect(events).toHaveLength(1);
      expect(withdrawn).toEqual(new Set([chain.eventID, further.eventID]));
    });

    it('a call that merely lost its proof is not: files come and go', () => {
      const { events, withdrawn } = attribute([aCall(mine)], [session]);
      expect(events).toEqual([]);
      expect(withdrawn.size).toBe(0);
    });
  });
});

import fc from 'fast-check';
import { existsSync, readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { gunzipSync } from 'zlib';
import { attribute } from './attribute';
import { CloudTrailRecord } from './cloudTrailRecord';
import { aCall, aKey, anAssumeRole, anIssued, ROLE_ARN } from './testing';

const T0 = '2026-10-01T10:00:00Z';
const T1 = '2026-10-01T10:00:01Z';

const idsOf = (records: CloudTrailRecord[]) =>
  records.map(record => record.eventID);

describe('attribute', () => {
  const session = anIssued();
  const issue = anAssumeRole(session, T0);
  const mine = { ...session, createdAt: T0 };

  it('I7: an event belongs to a lease by ARN and creation time of a session whose key was recorded', () => {
    const call = aCall(mine);
    const { events, proven, unbrokered } = attribute([call, issue], [session]);
    expect(events).toEqual([
      {
        eventId: call.eventID,
        at: Date.parse(T0),
        record: call,
        sessionId: session.id,
        chained: false,
      },
    ]);
    expect(proven).toEqual(new Set([session.id]));
    expect(unbrokered).toEqual([]);
  });

  it('I7: without its AssumeRole record a session proves nothing', () => {
    const call = aCall(mine);
    const { events, proven, unbrokered } = attribute([call], [session]);
    expect(events).toEqual([]);
    expect(proven.size).toBe(0);
    expect(unbrokered).toEqual([call]);
  });

  it('I7: another second of creation is another session', () => {
    const call = aCall({ ...mine, createdAt: T1 });
    const { events, unbrokered } = attribute([call, issue], [session]);
    expect(events).toEqual([]);
    expect(unbrokered).toEqual([call]);
  });

  it('I7: a record without a creation time belongs to nobody', () => {
    const call = aCall(mine);
    (call.userIdentity as Record<string, unknown>).sessionContext = {};
    expect(attribute([call, issue], [session]).events).toEqual([]);
  });

  it('I7: an AssumeRole with our key for another ARN than recorded proves nothing', () => {
    const other = anAssumeRole(
      { ...session, roleArn: ROLE_ARN.replace('BreakGlassAdmin', 'Other') },
      T0,
    );
    const { events, proven } = attribute([aCall(mine), other], [session]);
    expect(events).toEqual([]);
    expect(proven.size).toBe(0);
  });

  it('I7: a refused AssumeRole proves nothing', () => {
    const refused = { ...issue, errorCode: 'AccessDenied' };
    expect(attribute([refused, aCall(mine)], [session]).events).toEqual([]);
  });

  it('matches calls of the console, which carry another key', () => {
    const call = aCall(
      { ...mine, accessKeyId: aKey() },
      { sessionCredentialFromConsole: 'true' },
    );
    expect(attribute([issue, call], [session]).events).toHaveLength(1);
  });

  it('tells two sessions of one lease apart, by key where they share a second', () => {
    const second = anIssued();
    const records = [
      issue,
      anAssumeRole(second, T0),
      aCall({ ...mine, accessKeyId: second.accessKeyId }),
      aCall(mine),
    ];
    const { events } = attribute(records, [session, second]);
    expect(events.map(event => event.sessionId)).toEqual([
      second.id,
      session.id,
    ]);
  });

  it('counts an event once, however often it was delivered', () => {
    const call = aCall(mine);
    const { events } = attribute([call, { ...call }, issue, call], [session]);
    expect(events).toHaveLength(1);
  });

  it('the AssumeRole by the broker is proof, not activity of the lease', () => {
    const { events, unbrokered } = attribute([issue], [session]);
    expect(events).toEqual([]);
    expect(unbrokered).toEqual([]);
  });

  it('pitfall 17: bob is never blamed for bob2, where a pattern would', () => {
    const bob = anIssued({ sessionName: 'bob' });
    const others = ['bob2', 'xbob', 'bo_', 'Bob', 'bob.'].map(sessionName =>
      anIssued({ sessionName }),
    );
    const records = [bob, ...others].flatMap(each => [
      anAssumeRole(each, T0),
      aCall({ ...each, createdAt: T0 }),
    ]);
    const like = (pattern: RegExp) =>
      records.filter(record => pattern.test(JSON.stringify(record)));
    const { events, unbrokered } = attribute(records, [bob]);
    expect(events).toHaveLength(1);
    expect(events[0].record).toBe(records[1]);
    expect(unbrokered).toEqual([]);
    // What LIKE '%bob%' would have found: the wrong answer.
    expect(like(/bob/i).length).toBeGreaterThan(2);
  });

  it('pitfall 17: Admin never matches DBAdmin', () => {
    const admin = anIssued({ roleArn: 'arn:aws:iam::111122223333:role/Admin' });
    const call = aCall({ ...admin, createdAt: T0, role: 'DBAdmin' });
    const records = [anAssumeRole(admin, T0), call];
    expect(attribute(records, [admin]).events).toEqual([]);
  });

  it.each(['a_b', 'a%b', 'a.b', 'a+b', 'a=b', 'a,b', 'a@b', 'a-b'])(
    'pitfall 17: the name %s survives',
    sessionName => {
      const named = anIssued({ sessionName });
      const records = [
        anAssumeRole(named, T0),
        aCall({ ...named, createdAt: T0 }),
        aCall({ sessionName: 'axb', createdAt: T0 }),
      ];
      expect(attribute(records, [named]).events).toHaveLength(1);
    },
  );

  describe('pitfall 38: somebody else uses the session name of a lease', () => {
    it('his events are unbrokered use, not that lease’s', () => {
      const theirs = anIssued();
      const records = [
        issue,
        aCall(mine),
        anAssumeRole(theirs, T1),
        aCall({ ...theirs, createdAt: T1 }),
      ];
      const { events, unbrokered } = attribute(records, [session]);
      expect(idsOf(events.map(event => event.record))).toEqual([
        records[1].eventID,
      ]);
      expect(idsOf(unbrokered)).toEqual(idsOf(records.slice(2)));
    });

    it('also where his session began in the same second', () => {
      const theirs = anIssued();
      const call = aCall({ ...theirs, createdAt: T0 });
      const records = [issue, anAssumeRole(theirs, T0), call, aCall(mine)];
      const { events, unbrokered } = attribute(records, [session]);
      expect(idsOf(events.map(event => event.record))).toEqual([
        records[3].eventID,
      ]);
      expect(unbrokered).toContain(call);
    });

    it('also where both began in the same second, and an unknown key cannot say whose it is', () => {
      const theirs = anAssumeRole(anIssued(), T0);
      const console = { sessionCredentialFromConsole: 'true' };
      const unknown = aCall({ ...mine, accessKeyId: aKey() }, console);
      const keyless = aCall({ ...mine, accessKeyId: undefined });
      const records = [issue, theirs, unknown, keyless, aCall(mine)];
      const { events, unbrokered, disputed } = attribute(records, [session]);
      expect(idsOf(events.map(event => event.record))).toEqual([
        records[4].eventID,
      ]);
      expect(idsOf(unbrokered)).toEqual(idsOf([theirs, unknown, keyless]));
      expect(disputed).toBe(2);
    });

    it('also where he took the name of a role that was assumed from the session', () => {
      const pipeline = anIssued({
        roleArn: 'arn:aws:iam::111122223333:role/DataPipeline',
        sessionName: 'copied',
      });
      const chain = anAssumeRole(pipeline, T1, {
        userIdentity: aCall(mine).userIdentity,
      });
      const theirs = anAssumeRole({ ...pipeline, accessKeyId: aKey() }, T1);
      const by = { ...pipeline, role: 'DataPipeline', createdAt: T1 };
      const unknown = aCall({ ...by, accessKeyId: aKey() });
      const { events, unbrokered } = attribute(
        [issue, chain, theirs, unknown, aCall(by)],
        [session],
      );
      expect(events).toHaveLength(2);
      expect(unbrokered).toEqual([unknown]);
    });

    it('also where only the source identity is copied', () => {
      const call = aCall({
        sessionName: 'someone',
        createdAt: T0,
        role: 'DataPipeline',
        sourceIdentity: session.sessionName,
      });
      const { events, unbrokered } = attribute([issue, call], [session]);
      expect(events).toEqual([]);
      expect(unbrokered).toEqual([call]);
    });

    it('what another role does under another name is nobody’s concern', () => {
      const call = aCall({ sessionName: 'ci', createdAt: T0, role: 'Deploy' });
      expect(attribute([issue, call], [session]).unbrokered).toEqual([]);
    });
  });

  describe('pitfall 20: roles assumed from the session', () => {
    const pipeline = {
      roleArn: 'arn:aws:iam::111122223333:role/DataPipeline',
      sessionName: 'copied',
      accessKeyId: aKey(),
    };
    const chain = anAssumeRole(pipeline, T1, {
      userIdentity: aCall(mine).userIdentity,
    });
    const byPipeline = {
      ...pipeline,
      role: 'DataPipeline',
      createdAt: T1,
      sourceIdentity: session.sessionName,
    };

    it('are attributed, and marked as chained', () => {
      const call = aCall(byPipeline);
      const { events, chained } = attribute([call, chain, issue], [session]);
      expect(
        events.map(({ record, chained: by, sessionId }) => [
          record.eventID,
          by,
          sessionId,
        ]),
      ).toEqual([
        [chain.eventID, false, session.id],
        [call.eventID, true, session.id],
      ]);
      expect(chained).toEqual([
        expect.objectContaining({ accessKeyId: pipeline.accessKeyId }),
      ]);
    });

    it('are attributed without a source identity too', () => {
      const call = aCall({ ...byPipeline, sourceIdentity: undefined });
      expect(attribute([issue, chain, call], [session]).events).toHaveLength(2);
    });

    it('one more hop is followed', () => {
      const second = { ...pipeline, sessionName: 'on', accessKeyId: aKey() };
      const further = anAssumeRole(second, '2026-10-01T10:00:02Z', {
        userIdentity: aCall(byPipeline).userIdentity,
      });
      const call = aCall({
        ...second,
        role: 'DataPipeline',
        createdAt: '2026-10-01T10:00:02Z',
      });
      const { events } = attribute([call, further, chain, issue], [session]);
      expect(idsOf(events.map(event => event.record))).toEqual(
        idsOf([chain, further, call]),
      );
    });

    it('a session of the same name that somebody else assumed is not', () => {
      const theirs = { ...pipeline, accessKeyId: aKey() };
      const records = [
        issue,
        chain,
        anAssumeRole(theirs, T1),
        aCall({ ...theirs, role: 'DataPipeline', createdAt: T1 }),
      ];
      expect(attribute(records, [session]).events).toHaveLength(1);
    });

    it('a session assumed by an impostor of the same second is not', () => {
      const impostor = anIssued();
      const theirs = anAssumeRole(pipeline, T1, {
        userIdentity: aCall({ ...impostor, createdAt: T0 }).userIdentity,
      });
      const records = [issue, anAssumeRole(impostor, T0), theirs];
      const { events, chained } = attribute(
        [...records, aCall(byPipeline)],
        [session],
      );
      expect(events).toEqual([]);
      expect(chained).toEqual([]);
    });
  });

  it.each([
    `'; DROP TABLE activity_events; --`,
    '../../x',
    '\u0000\u202e\n',
    '__proto__',
    'constructor',
  ])('pitfall 18: %j in every field is only a value', hostile => {
    const named = anIssued({ sessionName: hostile, id: hostile });
    const call = aCall(
      { ...named, createdAt: T0, sourceIdentity: hostile },
      { eventID: hostile, eventName: hostile, awsRegion: hostile },
    );
    const { events } = attribute([anAssumeRole(named, T0), call], [named]);
    expect(events).toMatchObject([{ sessionId: hostile }]);
    expect(events[0].eventId).toMatch(/^[A-Za-z0-9-]{1,64}$/);
  });

  it.each([
    {},
    { userIdentity: null },
    { userIdentity: 'x', eventTime: 3 },
    { eventSource: 'sts.amazonaws.com', eventName: 'AssumeRole' },
    { userIdentity: { sessionContext: [] } },
  ])('takes the record %j in its stride', record => {
    expect(attribute([record, issue], [session]).events).toEqual([]);
  });

  it('two leases of one person at the same time share no event, in any order of records', () => {
    const second = fc.integer({ min: 0, max: 3 });
    const lease = fc.constantFrom(0, 1);
    const calls = fc.array(fc.record({ lease, session: second }), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(calls, fc.integer(), fc.boolean(), (made, seed, console) => {
        const at = (n: number) => `2026-10-01T10:00:0${n}Z`;
        const leases = [0, 1].map(number =>
          [0, 1, 2, 3].map(() =>
            anIssued({
              sessionName: `mary@01K6F00000000000000000000${number}`,
            }),
          ),
        );
        const issues = leases.flatMap(sessions =>
          sessions.map((each, n) => anAssumeRole(each, at(n))),
        );
        const records = made.map(call => {
          const by = leases[call.lease][call.session];
          const accessKeyId = console ? aKey() : by.accessKeyId;
          return aCall({ ...by, accessKeyId, createdAt: at(call.session) });
        });
        const shuffled = shuffle([...issues, ...records], seed);
        const found = leases.map(sessions => attribute(shuffled, sessions));
        made.forEach((call, index) => {
          const id = records[index].eventID;
          found.forEach(({ events }, number) =>
            expect(events.filter(event => event.eventId === id)).toHaveLength(
              number === call.lease ? 1 : 0,
            ),
          );
        });
        found.forEach(({ unbrokered, proven }) => {
          expect(unbrokered).toEqual([]);
          expect(proven.size).toBe(4);
        });
      }),
    );
  });

  it('the order of the records changes nothing', () => {
    const records = [
      issue,
      aCall(mine),
      aCall({ ...mine, accessKeyId: aKey() }),
      anAssumeRole(anIssued(), T0),
      aCall({ sessionName: session.sessionName, createdAt: T1 }),
    ];
    const expected = attribute(records, [session]).events;
    fc.assert(
      fc.property(fc.integer(), seed => {
        const { events } = attribute(shuffle(records, seed), [session]);
        expect(events).toEqual(expected);
      }),
    );
  });
});

/** The same items in another order, always the same for a seed. */
function shuffle<T>(items: T[], seed: number): T[] {
  let state = seed;
  return items
    .map(item => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) | 0;
      return { item, rank: state };
    })
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}

const SAMPLES = process.env.BREAK_GLASS_CLOUDTRAIL_SAMPLES;
const CONSTRUCTED = SAMPLES ? join(SAMPLES, 'constructed-sessions') : '';
const samplesHere = CONSTRUCTED !== '' && existsSync(CONSTRUCTED);
if (!samplesHere) {
  process.stdout.write(
    'Skipped: real log files. Set BREAK_GLASS_CLOUDTRAIL_SAMPLES to their folder.\n',
  );
}

(samplesHere ? describe : describe.skip)('constructed sessions', () => {
  const recordsBelow = (folder: string): CloudTrailRecord[] =>
    readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        return recordsBelow(path);
      }
      return path.endsWith('.json.gz')
        ? JSON.parse(gunzipSync(readFileSync(path)).toString()).Records
        : [];
    });

  it.each(['S1', 'D1'])('finds exactly the events of %s', name => {
    const truth = JSON.parse(
      readFileSync(join(CONSTRUCTED, 'expected.json'), 'utf8'),
    )[name];
    const { events, unbrokered, proven } = attribute(
      recordsBelow(CONSTRUCTED),
      [
        {
          id: name,
          roleArn: 'arn:aws:iam::111122223333:role/BreakGlass',
          sessionName: truth.roleSessionName,
          accessKeyId: truth.accessKeyId,
        },
      ],
    );
    expect(events.map(event => event.eventId)).toEqual(truth.events);
    expect(unbrokered).toEqual([]);
    expect(proven.has(name)).toBe(true);
  });
});

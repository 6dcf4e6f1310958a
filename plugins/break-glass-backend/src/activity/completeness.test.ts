import fc from 'fast-check';
import { NOON, aSessionRow } from '../testing/rows';
import {
  completeness,
  CompletenessFacts,
  patienceOf,
  searchWindow,
} from './completeness';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const patience = patienceOf({ settlingMinutes: 30, collectEveryMinutes: 5 });

const session = aSessionRow({ id: 'one', expiresAt: NOON + HOUR });

/** A lease that ended ten minutes after noon, without a kill. */
function facts(change: Partial<CompletenessFacts> = {}): CompletenessFacts {
  return {
    now: NOON + 91 * MINUTE,
    lease: { closedAt: NOON + 10 * MINUTE, kill: 'none' },
    sessions: [session],
    proven: new Set(['one']),
    coverage: { unreadable: [], trailRunningAtEnd: true },
    patience,
    ...change,
  };
}

describe('completeness', () => {
  it('I7: evidence is complete only after the settling time', () => {
    const settled = NOON + HOUR + 30 * MINUTE;
    expect(completeness(facts({ now: settled - 1 }))).toMatchObject({
      state: 'collecting',
      settledAt: settled,
      nextLookAt: settled,
    });
    expect(completeness(facts({ now: settled }))).toEqual({
      state: 'complete',
      settledAt: settled,
      sessionsMissing: [],
      words: expect.stringContaining('Every session issued was found'),
    });
  });

  it('looks again regularly while logs arrive', () => {
    const { nextLookAt } = completeness(facts({ now: NOON + 20 * MINUTE }));
    expect(nextLookAt).toBe(NOON + 25 * MINUTE);
  });

  it('I7: without the AssumeRole record of every session issued it is not complete', () => {
    const verdict = completeness(
      facts({ sessions: [session, aSessionRow({ id: 'two' })] }),
    );
    expect(verdict).toMatchObject({
      state: 'collecting',
      sessionsMissing: ['two'],
      nextLookAt: NOON + 96 * MINUTE,
    });
  });

  it('I7: a file that could not be read may hold events, so it is not complete', () => {
    const coverage = { unreadable: ['a.json.gz'], trailRunningAtEnd: true };
    expect(completeness(facts({ coverage }))).toMatchObject({
      state: 'collecting',
      words: 'One log file could not be read.',
    });
  });

  it('pitfall 38: a call that may be the lease’s or a stranger’s leaves it incomplete, and is not waited for for ever', () => {
    const until = NOON + HOUR + 30 * MINUTE + patience.giveUpAfter;
    expect(completeness(facts({ disputed: 1 }))).toMatchObject({
      state: 'collecting',
      words: 'One call that is not shown may be this lease’s.',
    });
    expect(completeness(facts({ disputed: 2, now: until }))).toMatchObject({
      state: 'logs-missing',
      words: expect.stringContaining('2 calls that are not shown may be'),
    });
  });

  it('I7: says what the source can never see, complete or not', () => {
    const blind = { blindSpots: ['Data events.'], trailRunningAtEnd: true };
    for (const unreadable of [[], ['a.json.gz']]) {
      const { words } = completeness(
        facts({ coverage: { ...blind, unreadable } }),
      );
      expect(words).toContain('What this source can never see: Data events.');
    }
  });

  it('pitfall 21: a source that fails is never complete, and says so', () => {
    expect(completeness(facts({ coverage: undefined }))).toMatchObject({
      state: 'collecting',
      words: 'The logs could not be read.',
      nextLookAt: NOON + 96 * MINUTE,
    });
  });

  it.each([
    ['a source that stays away', { coverage: undefined }],
    ['a record that stays away', { proven: new Set<string>() }],
  ])(
    '%s makes logs-missing in the end, and is not waited for for ever',
    (_, change) => {
      const until = NOON + HOUR + 30 * MINUTE + patience.giveUpAfter;
      const before = completeness(facts({ ...change, now: until - 1 }));
      expect(before.state).toBe('collecting');
      const after = completeness(facts({ ...change, now: until }));
      expect(after).toMatchObject({
        state: 'logs-missing',
        nextLookAt: undefined,
      });
    },
  );

  it('a lease that has not ended is never complete', () => {
    const lease = { expiresAt: NOON + 3 * HOUR, kill: 'none' as const };
    expect(completeness(facts({ lease })).state).toBe('collecting');
    expect(completeness(facts({ lease, sessions: [] })).state).toBe(
      'collecting',
    );
  });

  it('a lease that expired by the clock has ended, whenever a job records it', () => {
    const lease = { expiresAt: NOON + HOUR, kill: 'none' as const };
    expect(completeness(facts({ lease })).state).toBe('complete');
  });

  it('a lease without a session is complete at once', () => {
    const refused = aSessionRow({ state: 'refused', accessKeyId: undefined });
    for (const sessions of [[], [refused]]) {
      expect(
        completeness(facts({ sessions, now: NOON + 10 * MINUTE })),
      ).toMatchObject({ state: 'complete', sessionsMissing: [] });
    }
  });

  const LOST = ['issuing', 'discarded'] as const;
  it.each(LOST)(
    'credentials whose answer was lost (%s) are waited for, as long as they could live',
    state => {
      const lost = aSessionRow({
        state,
        accessKeyId: undefined,
        expiresAt: NOON + 2 * HOUR,
      });
      expect(completeness(facts({ sessions: [session, lost] })).state).toBe(
        'collecting',
      );
    },
  );

  describe.each(LOST)(
    'credentials whose answer was lost (%s), once they can live no longer',
    state => {
      const lost = aSessionRow({ state, accessKeyId: undefined });
      const of = (change: Partial<CompletenessFacts>) =>
        completeness(facts({ sessions: [session, lost], ...change }));

      it('are no missing record, and never said to be found', () => {
        for (const sessions of [[lost], [session, lost]]) {
          const { words, ...verdict } = of({ sessions });
          expect(verdict.state).toBe('complete');
          expect(words).not.toContain('Every session issued was found');
          expect(words).toMatch(/one request .* lost: nothing in the logs/);
        }
      });

      it('are unbrokered use where something carries their name', () => {
        expect(of({ unbrokered: 1 }).words).toMatch(/lost: .* unbrokered use/);
      });

      it('I7: are never complete where the logs could not be read', () => {
        const verdict = of({ sessions: [lost], coverage: undefined });
        expect(verdict.state).toBe('collecting');
      });
    },
  );

  it('an answer that was thrown away without a key counts, and is not said to be lost', () => {
    const rejected = aSessionRow({
      state: 'discarded',
      accessKeyId: undefined,
      errorCode: 'broker-answer',
    });
    const { words } = completeness(facts({ sessions: [session, rejected] }));
    expect(words).not.toContain('Every session issued was found');
    expect(words).not.toContain('was lost');
    expect(words).toContain('One answer of the credential broker had no key');
    const lost = { ...rejected, id: 'two', errorCode: 'aws-unavailable' };
    expect(completeness(facts({ sessions: [lost, rejected] })).words).toMatch(
      /one request .* was lost; One answer .* thrown away: nothing/,
    );
  });

  it('a discarded session was issued: its record is needed too', () => {
    const discarded = aSessionRow({ id: 'two', state: 'discarded' });
    expect(
      completeness(facts({ sessions: [session, discarded] })).sessionsMissing,
    ).toEqual(['two']);
  });

  describe('after a kill', () => {
    const killed = (kill: 'requested' | 'accepted' | 'probed') =>
      completeness(
        facts({
          now: NOON + 20 * MINUTE,
          lease: {
            closedAt: NOON + 10 * MINUTE,
            kill,
            killAcceptedAt: NOON + 11 * MINUTE,
            killProbedAt: kill === 'probed' ? NOON + 12 * MINUTE : undefined,
          },
        }),
      ).settledAt;

    it('counts from when it was seen to work', () => {
      expect(killed('probed')).toBe(NOON + 42 * MINUTE);
    });

    it('allows for its spreading where AWS only took it', () => {
      expect(killed('accepted')).toBe(NOON + (11 + 15 + 30) * MINUTE);
    });

    it('counts from the end of the credentials where AWS has not taken it', () => {
      expect(killed('requested')).toBe(NOON + 90 * MINUTE);
    });

    it('never counts from later than the end of the credentials', () => {
      const lease = {
        closedAt: NOON + 10 * MINUTE,
        kill: 'probed' as const,
        killProbedAt: NOON + 5 * HOUR,
      };
      expect(completeness(facts({ lease })).settledAt).toBe(NOON + 90 * MINUTE);
    });
  });

  describe('pitfall 20: roles assumed from the sessions', () => {
    const probed = {
      closedAt: NOON + 10 * MINUTE,
      kill: 'probed' as const,
      killProbedAt: NOON + 10 * MINUTE,
    };
    const chainedEnds = [NOON + 69 * MINUTE, NOON + 20 * MINUTE];
    const settled = NOON + 99 * MINUTE;

    it('I7: are waited for to their own end, which no kill of the first role shortens', () => {
      const at = (now: number) =>
        completeness(facts({ now, lease: probed, chainedEnds }));
      expect(at(settled - 1)).toMatchObject({
        state: 'collecting',
        settledAt: settled,
      });
      expect(at(settled).state).toBe('complete');
      expect(at(NOON + 41 * MINUTE).words).toContain(
        'ending the lease does not end it',
      );
    });

    it('never shorten the wait for the sessions themselves', () => {
      const { settledAt } = completeness(
        facts({ chainedEnds: [NOON + 20 * MINUTE] }),
      );
      expect(settledAt).toBe(NOON + 90 * MINUTE);
    });

    it('I7: what was not searched is said as it is, and is never complete', () => {
      const notSearched = ['Not looked for.'];
      const coverage = {
        unreadable: ['a.json.gz', ...notSearched],
        notSearched,
        trailRunningAtEnd: true,
      };
      expect(completeness(facts({ coverage }))).toMatchObject({
        state: 'collecting',
        words: 'One log file could not be read. Not looked for.',
      });
    });
  });

  it('says where a quiet account and a stopped trail look the same', () => {
    const coverage = { unreadable: [], trailRunningAtEnd: false };
    expect(completeness(facts({ coverage })).words).toContain('stopped trail');
  });

  it('never says complete before all of it holds', () => {
    const anyFacts = fc.record({
      now: fc.integer({ min: NOON, max: NOON + 10 * HOUR }),
      missing: fc.boolean(),
      unreadable: fc.boolean(),
      down: fc.boolean(),
      ended: fc.boolean(),
    });
    fc.assert(
      fc.property(anyFacts, ({ now, missing, unreadable, down, ended }) => {
        const { state } = completeness(
          facts({
            now,
            lease: {
              kill: 'none',
              ...(ended ? { closedAt: NOON } : { expiresAt: NOON + 20 * HOUR }),
            },
            proven: new Set(missing ? [] : ['one']),
            coverage: down
              ? undefined
              : {
                  unreadable: unreadable ? ['x'] : [],
                  trailRunningAtEnd: false,
                },
          }),
        );
        const all =
          ended &&
          !missing &&
          !unreadable &&
          !down &&
          now >= NOON + 90 * MINUTE;
        expect(state === 'complete').toBe(all);
      }),
    );
  });
});

describe('searchWindow', () => {
  it('covers the sessions, the settling time and refused calls after it', () => {
    const lease = { closedAt: NOON + 10 * MINUTE, kill: 'none' as const };
    expect(searchWindow(lease, [session], patience, NOON)).toEqual({
      from: NOON - 5 * MINUTE,
      to: NOON + 90 * MINUTE,
    });
  });

  it('reaches on to the end of killed credentials when looked at later', () => {
    const lease = {
      closedAt: NOON,
      kill: 'probed' as const,
      killProbedAt: NOON,
    };
    const later = NOON + 9 * HOUR;
    expect(searchWindow(lease, [session], patience, later).to).toBe(
      NOON + 75 * MINUTE,
    );
  });
});

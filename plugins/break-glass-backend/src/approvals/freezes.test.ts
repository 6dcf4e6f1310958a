import { Account } from '../accounts/types';
import { FreezeConfig } from '../config/types';
import { freezeSchema } from '../config/schema/freezeSchema';
import { freezeInWords, freezesAt } from './freezes';

const account = {
  labels: {},
  tags: ['production'],
  owner: undefined,
  system: undefined,
} as unknown as Account;
const role = { id: 'break-glass' };

function aFreeze(change: Record<string, unknown>): FreezeConfig {
  const freeze = { id: 'freeze', title: 'Freeze', refuse: true, ...change };
  return freezeSchema.parse(freeze);
}

const holds = (freeze: FreezeConfig, at: string, where = account, of = role) =>
  freezesAt({ freezes: [freeze] }, of, where, Date.parse(at)).length === 1;

describe('a freeze', () => {
  const once = {
    from: '2026-12-18T00:00:00+01:00',
    to: '2027-01-04T06:00:00Z',
  };

  it.each([
    ['2026-12-17T22:59:59.999Z', false],
    ['2026-12-17T23:00:00Z', true],
    ['2027-01-01T00:00:00Z', true],
    ['2027-01-04T05:59:59.999Z', true],
    ['2027-01-04T06:00:00Z', false],
  ])('that is there once, pitfall 13: at %s: %s', (at, expected) => {
    expect(holds(aFreeze(once), at)).toBe(expected);
  });

  const weekend = {
    weekly: { from: 'fri 18:00', to: 'mon 06:00', timeZone: 'Europe/Zurich' },
  };

  it.each([
    // Summer time until 2026-10-25, 03:00: two hours ahead of UTC, then one.
    ['2026-10-23T15:59:59Z', false],
    ['2026-10-23T16:00:00Z', true],
    ['2026-10-25T12:00:00Z', true],
    ['2026-10-26T04:59:59Z', true],
    ['2026-10-26T05:00:00Z', false],
    ['2026-10-28T12:00:00Z', false],
  ])('of every week, over its end, pitfall 13: at %s: %s', (at, expected) => {
    expect(holds(aFreeze(weekend), at)).toBe(expected);
  });

  it('says when it is over, across a change of clocks', () => {
    const at = (text: string) => Date.parse(text);
    expect(freezeInWords(aFreeze(weekend), at('2026-10-24T12:00:00Z'))).toBe(
      'Freeze, until Monday, 26 October 2026, 06:00 of Europe/Zurich',
    );
    expect(freezeInWords(aFreeze(weekend), at('2026-10-26T00:30:00Z'))).toBe(
      'Freeze, until Monday, 26 October 2026, 06:00 of Europe/Zurich',
    );
    expect(freezeInWords(aFreeze(once), at('2026-12-24T12:00:00Z'))).toBe(
      'Freeze, until Monday, 4 January 2027, 06:00 of UTC',
    );
  });

  it('holds for the roles and accounts that it names', () => {
    const at = '2026-12-24T12:00:00Z';
    const named = aFreeze({
      ...once,
      roles: ['break-glass'],
      accounts: { tags: ['production'] },
    });
    expect(holds(named, at)).toBe(true);
    expect(holds(named, at, account, { id: 'other' })).toBe(false);
    expect(holds(named, at, { ...account, tags: ['test'] })).toBe(false);
  });

  it.each([
    [{}, 'must have from before to, or weekly'],
    [{ ...once, ...weekend }, 'must have from before to, or weekly'],
    [{ ...once, to: once.from }, 'must have from before to, or weekly'],
    [{ ...once, from: '2026-12-18' }, 'must be an instant with its offset'],
    [{ ...once, refuse: undefined }, 'must have either refuse: true or a step'],
    [
      { weekly: { from: 'friday', to: 'mon 06:00' } },
      'must be a day and a time',
    ],
    [
      { weekly: { from: 'fri 18:00', to: 'mon 06:00', timeZone: 'Zurich' } },
      'must be a time zone',
    ],
  ])('that is wrong says how: %j', (change, words) => {
    expect(() => aFreeze(change)).toThrow(words);
  });
});

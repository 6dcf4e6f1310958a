import { ObservedUse } from './observe';
import { signInTiming } from './signInTiming';

const MINUTE = 60_000;
const NOW = Date.UTC(2026, 9, 1, 12);
const facts = { from: NOW - 120 * MINUTE, now: NOW, settling: 30 * MINUTE };

/** A sign-in so many minutes ago, with a session that began so many minutes ago. */
const aSignIn = (
  minutesAgo: number,
  beganAgo?: number,
): Pick<ObservedUse, 'kind' | 'at' | 'session'> => ({
  kind: 'console-sign-in',
  at: NOW - minutesAgo * MINUTE,
  session: {
    arn: 'arn:aws:sts::111122223333:assumed-role/Admin/mary',
    name: 'mary',
    createdAt: beganAgo === undefined ? undefined : NOW - beganAgo * MINUTE,
  },
});

describe('signInTiming', () => {
  it('judges a sign-in when the record of its session would be there', () => {
    expect(signInTiming(aSignIn(29, 31), facts)).toBe('later');
    expect(signInTiming(aSignIn(30, 31), facts)).toBe('judge');
    expect(signInTiming(aSignIn(30), facts)).toBe('judge');
  });

  it('leaves a session to the scan that saw it begin', () => {
    expect(signInTiming(aSignIn(100, 121), facts)).toBe('earlier');
  });

  it('judges one that began too long before to be ours', () => {
    expect(signInTiming(aSignIn(60, 126), facts)).toBe('judge');
  });

  it('judges what is no sign-in with a session at once', () => {
    const signIn = aSignIn(0, 121);
    expect(signInTiming({ ...signIn, session: undefined }, facts)).toBe(
      'judge',
    );
    expect(signInTiming({ ...signIn, kind: 'assume-role' }, facts)).toBe(
      'judge',
    );
  });
});

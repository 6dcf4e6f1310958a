import fc from 'fast-check';
import { apply, isClosed, LeaseEvent, LeaseState, statusAt } from './lifecycle';

const MINUTE = 60_000;
const NOON = Date.parse('2026-10-01T12:00:00Z');

function pending(change: Partial<LeaseState> = {}): LeaseState {
  return {
    status: 'pending',
    lapsesAt: NOON + 8 * 60 * MINUTE,
    durationMinutes: 120,
    ...change,
  };
}

function active(change: Partial<LeaseState> = {}): LeaseState {
  return {
    ...pending(),
    status: 'approved',
    activeFrom: NOON,
    expiresAt: NOON + 120 * MINUTE,
    ...change,
  };
}

describe('lifecycle of a lease', () => {
  it('counts the duration from the approval, not from the request', () => {
    const change = apply(pending(), { type: 'approve' }, NOON + 30 * MINUTE);

    expect(change).toEqual({
      status: 'approved',
      activeFrom: NOON + 30 * MINUTE,
      expiresAt: NOON + 150 * MINUTE,
    });
  });

  it('starts a scheduled lease at its start, and not before', () => {
    const startAt = NOON + 60 * MINUTE;
    const lease = {
      ...pending({ startAt }),
      ...apply(pending({ startAt }), { type: 'approve' }, NOON),
    };

    expect(statusAt(lease, NOON)).toBe('scheduled');
    expect(statusAt(lease, startAt)).toBe('active');
    expect(statusAt(lease, startAt + 120 * MINUTE)).toBe('expired');
  });

  it('I4: is over at the very millisecond of its end, whatever a job recorded', () => {
    expect(statusAt(active(), NOON + 120 * MINUTE - 1)).toBe('active');
    expect(statusAt(active(), NOON + 120 * MINUTE)).toBe('expired');
  });

  it('pitfall 2: refuses to approve what has lapsed, was rejected or was cancelled', () => {
    const late = NOON + 8 * 60 * MINUTE;
    expect(() => apply(pending(), { type: 'approve' }, late)).toThrow(
      expect.objectContaining({ code: 'lapsed' }),
    );
    for (const status of ['rejected', 'cancelled'] as const) {
      expect(() =>
        apply(pending({ status }), { type: 'approve' }, NOON),
      ).toThrow(expect.objectContaining({ code: 'wrong-status' }));
    }
  });

  it('pitfall 11: a live lease cannot be cancelled, which would hide it from review', () => {
    expect(() =>
      apply(active(), { type: 'cancel', by: 'user:default/mary' }, NOON),
    ).toThrow(expect.objectContaining({ code: 'wrong-status' }));
  });

  it('lets nothing happen to a lease that is over', () => {
    const types: LeaseEvent['type'][] = [
      'approve',
      'reject',
      'cancel',
      'end',
      'revoke',
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(
          'rejected',
          'cancelled',
          'lapsed',
          'expired',
          'ended',
          'revoked',
        ),
        fc.constantFrom(...types),
        fc.integer({ min: -1e9, max: 1e9 }),
        (status, type, offset) => {
          const event = { type, by: 'user:default/mary' } as LeaseEvent;
          expect(() =>
            apply(active({ status: status as never }), event, NOON + offset),
          ).toThrow();
        },
      ),
    );
  });

  it('never comes back to life as time goes on', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(
          pending(),
          active(),
          active({ activeFrom: NOON + 5 * MINUTE }),
        ),
        fc.integer({ min: 0, max: 20 * 60 * MINUTE }),
        fc.integer({ min: 0, max: 20 * 60 * MINUTE }),
        (lease, first, more) => {
          const before = statusAt(lease, NOON + first);
          const after = statusAt(lease, NOON + first + more);
          expect(isClosed(before) && before !== after).toBe(false);
        },
      ),
    );
  });
});

import { aLeaseRow, anActiveLeaseRow, NOON } from '../testing/rows';
import { momentsOf } from './moments';

const HOUR = 3_600_000;
const none = { decisions: [], sessions: [], reviews: [], reopened: [] };

describe('momentsOf', () => {
  const whatOf = (lease: ReturnType<typeof aLeaseRow>, now: number) =>
    momentsOf(lease, none, now).map(({ entry, at }) =>
      entry.kind === 'lease' ? [entry.what, (at - NOON) / HOUR] : [],
    );

  it('the clock decides what happened, not the job that records it', () => {
    expect(whatOf(aLeaseRow(), NOON + 9 * HOUR)).toEqual([
      ['requested', 0],
      ['lapsed', 8],
    ]);
    expect(whatOf(anActiveLeaseRow(), NOON + HOUR)).toEqual([
      ['requested', 0],
      ['activated', 0],
    ]);
    const expired = [
      ['requested', 0],
      ['activated', 0],
      ['expired', 2],
    ];
    expect(whatOf(anActiveLeaseRow(), NOON + 3 * HOUR)).toEqual(expired);
    const recorded = anActiveLeaseRow({
      status: 'expired',
      closedAt: NOON + 2 * HOUR,
    });
    expect(whatOf(recorded, NOON + 3 * HOUR)).toEqual(expired);
  });

  it('a lease that was revoked before its start was never active', () => {
    const lease = anActiveLeaseRow({
      status: 'revoked',
      activeFrom: NOON + 2 * HOUR,
      expiresAt: NOON + 4 * HOUR,
      closedAt: NOON + HOUR,
    });
    expect(whatOf(lease, NOON + 5 * HOUR)).toEqual([
      ['requested', 0],
      ['revoked', 1],
    ]);
  });

  it('says who opened the review again, and why', () => {
    const reopened = {
      ...{ seq: 7, prevHash: '', hash: '', outcome: 'done' as const },
      at: NOON + HOUR,
      actor: 'user:default/rita',
      action: 'review.reopened',
      details: { comment: 'A late file' },
    };
    const rows = { ...none, reopened: [reopened] };
    const moments = momentsOf(aLeaseRow(), rows, NOON + 2 * HOUR);
    expect(moments.map(({ entry }) => entry)).toContainEqual({
      kind: 'lease',
      at: '2026-10-01T13:00:00.000Z',
      what: 'reopened',
      by: 'user:default/rita',
      comment: 'A late file',
    });
  });

  it('says when live credentials were killed', () => {
    const lease = anActiveLeaseRow({
      status: 'ended',
      closedAt: NOON + HOUR,
      kill: 'accepted',
      killAcceptedAt: NOON + HOUR,
    });
    expect(whatOf(lease, NOON + 2 * HOUR).slice(2)).toEqual([
      ['ended', 1],
      ['killed', 1],
    ]);
  });
});

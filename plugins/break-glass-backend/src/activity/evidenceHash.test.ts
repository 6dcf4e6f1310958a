import { anActivityRow, anEvidenceRow, aSessionRow } from '../testing/rows';
import { evidenceHash } from './evidenceHash';

const LEASE = 'lease';

describe('evidenceHash', () => {
  const evidence = anEvidenceRow({ leaseId: LEASE });
  const session = aSessionRow({ leaseId: LEASE });
  const event = anActivityRow({ leaseId: LEASE, eventId: 'one' });
  const other = anActivityRow({ leaseId: LEASE, eventId: 'two' });
  const hash = () => evidenceHash(LEASE, evidence, [session], [event, other]);

  it('is the same for the same evidence, however its members are ordered', async () => {
    const reversed = Object.fromEntries(Object.entries(event).reverse());
    expect(
      await evidenceHash(
        LEASE,
        evidence,
        [session],
        [reversed as typeof event, other],
      ),
    ).toBe(await hash());
    expect(await hash()).toMatch(/^[0-9a-f]{64}$/);
  });

  it('does not change because somebody looked again', async () => {
    const later = { ...evidence, lastLookAt: 1, nextLookAt: 2, filesRead: 99 };
    expect(await evidenceHash(LEASE, later, [session], [event, other])).toBe(
      await hash(),
    );
  });

  it.each([
    ['an event less', [event], evidence, [session]],
    ['an event twice', [event, event, other], evidence, [session]],
    ['another order', [other, event], evidence, [session]],
    [
      'another record',
      [{ ...event, record: { eventID: 'x' } }, other],
      evidence,
      [session],
    ],
    [
      'a refusal hidden',
      [{ ...event, refused: true }, other],
      evidence,
      [session],
    ],
    [
      'another state',
      [event, other],
      { ...evidence, state: 'complete' as const },
      [session],
    ],
    [
      'an unreadable file',
      [event, other],
      { ...evidence, unreadable: ['x'] },
      [session],
    ],
    [
      'a missing session',
      [event, other],
      { ...evidence, sessionsMissing: ['x'] },
      [session],
    ],
    ['other regions', [event, other], { ...evidence, regions: [] }, [session]],
    ['no session', [event, other], evidence, []],
    [
      'another key',
      [event, other],
      evidence,
      [{ ...session, accessKeyId: 'ASIAOTHER' }],
    ],
  ])('changes with %s', async (_, events, coverage, sessions) => {
    expect(await evidenceHash(LEASE, coverage, sessions, events)).not.toBe(
      await hash(),
    );
  });

  it('changes with the lease', async () => {
    expect(
      await evidenceHash('other', evidence, [session], [event, other]),
    ).not.toBe(await hash());
  });
});

import { anActivityRow, anEvidenceRow, aSessionRow } from '../testing/rows';
import { createHash } from 'crypto';
import { evidenceHash, evidenceLines, hashed } from './evidenceHash';

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
    [
      'what the source can never see',
      [event, other],
      { ...evidence, blindSpots: ['Data events.'] },
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

  it('of evidence from before blind spots were known stays what it was', async () => {
    const fixed = {
      ...{ ...session, id: 's', leaseId: 'l', accessKeyId: 'ASIAFIXED' },
      sessionName: 'mary@l',
    };
    const { blindSpots, notes, ...before } = evidence;
    const old = await evidenceHash('l', before, [fixed], []);
    expect(old).toBe(
      'aa206d3a13e967e436157df617091776da3ec4e8ed48d2a83edad0f6b9891dc8',
    );
    expect(await evidenceHash('l', evidence, [fixed], [])).toBe(old);
  });

  describe('as text', () => {
    const lines = () =>
      evidenceLines(LEASE, evidence, [session], [event, other]);
    const read = async (text: AsyncIterable<string>) => {
      let all = '';
      for await (const part of text) {
        all += part;
      }
      return all;
    };

    it('is lines of JSON with exactly that hash', async () => {
      const text = await read(hashed(lines(), await hash()));
      expect(createHash('sha256').update(text).digest('hex')).toBe(
        await hash(),
      );
      const parsed = text
        .trimEnd()
        .split('\n')
        .map(each => JSON.parse(each));
      expect(parsed).toHaveLength(3);
      expect(parsed[0]).toMatchObject({ leaseId: LEASE, state: 'collecting' });
      expect(parsed[1]).toEqual(event);
    });

    it('never ends where the evidence is another one meanwhile', async () => {
      const changed = evidenceLines(LEASE, evidence, [session], [event]);
      await expect(read(hashed(changed, await hash()))).rejects.toThrow(
        'changed while it was handed out',
      );
    });
  });
});

import { EVIDENCE_HASH } from '../../__testUtils__/leases';
import { EMPTY_VERDICT, verdictBody, verdictGap } from './verdict';

const complete = { hash: EVIDENCE_HASH, complete: true, residueOpen: 0 };
const incomplete = { hash: EVIDENCE_HASH, complete: false, residueOpen: 0 };
const flagged = {
  verdict: 'flagged' as const,
  followUps: [
    {
      id: 1,
      title: 'Rotate the key',
      owner: { ref: 'user:default/carla', displayName: 'Carla' },
      due: '2026-12-01',
    },
  ],
};
const draft = { ...EMPTY_VERDICT, comment: ' Looked at each call ' };

describe('a verdict', () => {
  it('carries the hash of the evidence that was on the page', () => {
    expect(verdictBody(draft, complete)).toEqual({
      verdict: 'accepted',
      comment: 'Looked at each call',
      checklist: EMPTY_VERDICT.checklist,
      followUps: [],
      evidenceHash: EVIDENCE_HASH,
    });
  });

  it('needs a comment', () => {
    expect(verdictGap(EMPTY_VERDICT, complete)).toBe('comment');
    expect(verdictGap(draft, complete)).toBeUndefined();
  });

  it('I7: accepting incomplete evidence needs a reason, flagging it does not', () => {
    expect(verdictGap(draft, incomplete)).toBe('override');
    expect(verdictGap({ ...draft, ...flagged }, incomplete)).toBeUndefined();
    const given = { ...draft, override: 'Region had an outage' };
    expect(verdictGap(given, incomplete)).toBeUndefined();
    expect(verdictBody(given, incomplete).override).toBe(
      'Region had an outage',
    );
  });

  it('I7: sends no override that was written while evidence was incomplete and is complete now', () => {
    const given = { ...draft, override: 'Region had an outage' };
    expect(verdictBody(given, complete)).not.toHaveProperty('override');
  });

  it('has no follow-up without a title', () => {
    const followUps = [{ id: 1, title: ' ', due: '' }];
    expect(verdictGap({ ...draft, followUps }, complete)).toBe('followUpTitle');
  });

  it('flags only with something to do for somebody until a day', () => {
    const [whole] = flagged.followUps;
    const gapOf = (followUps: (typeof flagged)['followUps']) =>
      verdictGap({ ...draft, ...flagged, followUps }, complete);
    expect(gapOf([])).toBe('followUps');
    expect(gapOf([{ ...whole, due: '' }])).toBe('followUpOwner');
    expect(
      verdictGap(
        {
          ...draft,
          ...flagged,
          followUps: [{ ...whole, owner: undefined }],
        },
        complete,
      ),
    ).toBe('followUpOwner');
    expect(gapOf([whole])).toBeUndefined();
  });

  it('I14: accepting waits until everything left behind is removed or justified, flagging does not', () => {
    const left = { ...complete, residueOpen: 1 };
    expect(verdictGap(draft, left)).toBe('residue');
    expect(verdictGap({ ...draft, ...flagged }, left)).toBeUndefined();
  });
});

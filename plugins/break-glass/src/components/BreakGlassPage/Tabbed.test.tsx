import { me } from '../../__testUtils__/accounts';
import { tabsFor } from './Tabbed';

const names = (...args: Parameters<typeof tabsFor>) =>
  tabsFor(...args).map(({ name }) => name);

describe('tabsFor', () => {
  const nobody = me({ approver: false, reviewer: false, auditor: false });

  it('shows the sections that a person has a use for', () => {
    expect(names(me(), undefined)).toEqual([
      'my-access',
      'approvals',
      'reviews',
      'follow-ups',
      'unbrokered',
      'panic',
      'accounts',
      'health',
      'audit',
      'insights',
    ]);
    expect(names(nobody, undefined)).toEqual(['my-access']);
  });

  it('keeps the open section, so that a link to it shows where one is', () => {
    expect(names(nobody, 'reviews')).toEqual(['my-access', 'reviews']);
    expect(names(undefined, 'approvals')).toEqual(['my-access', 'approvals']);
  });

  it('shows follow-ups and unbrokered uses to whoever they wait for', () => {
    const waiting = me({
      approver: false,
      reviewer: false,
      auditor: false,
      open: { approvals: 0, reviews: 0, mine: 0, unbrokered: 1, followUps: 1 },
    });
    expect(names(waiting, undefined)).toEqual([
      'my-access',
      'follow-ups',
      'unbrokered',
    ]);
  });

  it('shows accounts that cannot be used, and health, to whoever can have them mended', () => {
    for (const part of [{ auditor: true }, { responder: true }]) {
      expect(names({ ...nobody, ...part }, undefined)).toEqual(
        expect.arrayContaining(['accounts', 'health']),
      );
    }
  });

  it('counts what waits', () => {
    const counts = tabsFor(
      me({
        open: {
          approvals: 2,
          reviews: 3,
          mine: 1,
          unbrokered: 4,
          followUps: 5,
        },
      }),
      undefined,
    ).map(({ count }) => count);
    expect(counts).toEqual([0, 2, 3, 5, 4, 0, 0, 0, 0, 0]);
  });
});

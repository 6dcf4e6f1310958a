import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { me } from '../../__testUtils__/accounts';
import {
  afterNoon,
  alice,
  endedLease,
  EVIDENCE_HASH,
  LEASE_ID,
  mary,
  nothing,
  yes,
} from '../../__testUtils__/leases';
import { renderPlugin } from '../../__testUtils__/render';
import { testBackend } from '../../__testUtils__/server';
import { complete, event, timeline } from '../../__testUtils__/timeline';
import { evidenceCheck } from '../../__testUtils__/understanding';
import { unbrokeredUse, USE_ID } from '../../__testUtils__/unbrokered';
import { BreakGlassRouter } from '../BreakGlassPage';

const backend = testBackend();
const show = () =>
  renderPlugin(<BreakGlassRouter />, {
    path: `/break-glass/leases/${LEASE_ID}`,
  });
const reviewer = { ...nothing, review: yes, assign: yes };
const frozen = { ...complete, frozenAt: afterNoon(100) };
const accepted = endedLease({
  review: { state: 'accepted', overdue: false },
  actions: { ...nothing, reopen: yes },
});

describe('the evidence of a lease', () => {
  beforeEach(() => {
    backend.on('me', me());
    backend.on('getLease', accepted);
    backend.on('getTimeline', timeline([event('a', 3)]));
  });

  it('says what was read, and what the source can never see', async () => {
    backend.on(
      'getTimeline',
      timeline([], {
        completeness: {
          ...complete,
          filesRead: 1234,
          bytesScanned: 1_500_000,
          blindSpots: ['No data events'],
          notes: ['2 digest files'],
          unreadable: ['a.json.gz: truncated'],
        },
      }),
    );
    await show();
    const panel = await screen.findByRole('region', { name: 'Evidence' });
    for (const text of [
      '1,234',
      '1.5 MB',
      'No data events',
      '2 digest files',
      'a.json.gz: truncated',
    ]) {
      expect(within(panel).getByText(text)).toBeInTheDocument();
    }
    expect(
      within(panel).queryByRole('button', { name: 'Download evidence' }),
    ).toBeNull();
  });

  it('after a verdict: shows hash and time, hands out the file, and is not collected again', async () => {
    const url = jest.fn((_: Blob) => 'blob:x');
    const urls = { createObjectURL: url, revokeObjectURL: jest.fn() };
    Object.assign(URL, urls);
    backend.on('getTimeline', timeline([], { completeness: frozen }));
    backend.on('exportEvidence', '{"eventID":"a"}\n');
    await show();
    expect(await screen.findByText(EVIDENCE_HASH)).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Look again now' })).toBeNull();
    await userEvent.click(
      screen.getByRole('button', { name: 'Download evidence' }),
    );
    await waitFor(() => expect(url).toHaveBeenCalledTimes(1));
    expect(backend.seen('exportEvidence')[0].params.id).toBe(LEASE_ID);
  });

  it('checks frozen evidence against the logs, and shows each difference', async () => {
    backend.on('getTimeline', timeline([], { completeness: frozen }));
    backend.on(
      'checkEvidence',
      evidenceCheck({
        same: false,
        storedIntact: false,
        words: 'One event is gone and one was changed.',
        counts: { frozen: 3, now: 2, added: 0, missing: 1, changed: 1 },
        differences: [
          {
            eventId: 'gone',
            kind: 'missing',
            at: afterNoon(4),
            action: 'DeleteTrail',
            members: [],
          },
          {
            eventId: 'other',
            kind: 'changed',
            at: afterNoon(5),
            action: 'PutBucketPolicy',
            members: ['sourceIPAddress', 'userAgent'],
          },
        ],
      }),
    );
    await show();
    await userEvent.click(
      await screen.findByRole('button', { name: 'Check against the logs' }),
    );
    for (const text of [
      'The stored evidence was changed after the verdict',
      'The logs now say something else',
      'One event is gone and one was changed.',
      '3 events frozen, 2 now: 0 added, 1 missing, 1 changed',
      'DeleteTrail',
    ]) {
      expect(await screen.findByText(text)).toBeInTheDocument();
    }
    expect(
      screen.getByRole('region', { name: 'Differences' }),
    ).toHaveTextContent('changed in sourceIPAddress, userAgent');
  });

  it('says that frozen evidence still stands', async () => {
    backend.on('getTimeline', timeline([], { completeness: frozen }));
    backend.on('checkEvidence', evidenceCheck());
    await show();
    await userEvent.click(
      await screen.findByRole('button', { name: 'Check against the logs' }),
    );
    expect(
      await screen.findByText('The logs still say the same'),
    ).toBeInTheDocument();
  });

  it('opens a review again, with the reason', async () => {
    backend.on('reopenReview', endedLease());
    await show();
    await userEvent.click(
      await screen.findByRole('button', { name: 'Reopen' }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    await userEvent.type(dialog.getByRole('textbox'), 'A late event');
    await userEvent.click(dialog.getByRole('button', { name: 'Reopen' }));
    await waitFor(() =>
      expect(backend.seen('reopenReview')[0]?.body).toEqual({
        comment: 'A late event',
      }),
    );
  });

  it('lets a reviewer take a review on, and give it to another', async () => {
    backend.on('getLease', endedLease({ actions: reviewer }));
    backend.on('assignReview', endedLease());
    await show();
    await userEvent.click(
      await screen.findByRole('button', { name: 'Take on' }),
    );
    await waitFor(() =>
      expect(backend.seen('assignReview')[0]?.body).toEqual({
        reviewer: mary.ref,
      }),
    );
    await userEvent.click(screen.getByRole('button', { name: 'Give to…' }));
    const dialog = within(await screen.findByRole('dialog'));
    expect(dialog.getByRole('button', { name: 'Give' })).toBeDisabled();
    await userEvent.click(dialog.getByRole('textbox'));
    await userEvent.click(
      await screen.findByRole('option', { name: 'Alice Moreau' }),
    );
    await userEvent.click(dialog.getByRole('button', { name: 'Give' }));
    await waitFor(() =>
      expect(backend.seen('assignReview')[1]?.body).toEqual({
        reviewer: alice.ref,
      }),
    );
  });

  it('pitfall 38: names unbrokered uses that carry the name of this lease', async () => {
    backend.on('listUnbrokered', { items: [unbrokeredUse()] });
    await show();
    expect(
      await screen.findByText(
        '1 unbrokered use carries the name of this lease',
      ),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: 'Role assumed: sealed-1' }),
    ).toHaveAttribute('href', `/break-glass/unbrokered/${USE_ID}`);
    expect(backend.seen('listUnbrokered')[0].query.leaseId).toBe(LEASE_ID);
  });
});

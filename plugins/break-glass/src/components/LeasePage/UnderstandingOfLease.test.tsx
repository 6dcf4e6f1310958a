import { fireEvent, screen, waitFor, within } from '@testing-library/react';
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
import { Refusal, testBackend } from '../../__testUtils__/server';
import { complete, event, timeline } from '../../__testUtils__/timeline';
import {
  evidenceCheck,
  residueItem,
  understanding,
} from '../../__testUtils__/understanding';
import { unbrokeredUse, USE_ID } from '../../__testUtils__/unbrokered';
import { BreakGlassRouter } from '../BreakGlassPage';

const backend = testBackend();
const show = () =>
  renderPlugin(<BreakGlassRouter />, {
    path: `/break-glass/leases/${LEASE_ID}`,
  });
const reviewer = { ...nothing, review: yes, assign: yes };
const understood = understanding({
  sentence: '2 changes and 1 refused call in S3, from one network.',
  services: [
    {
      service: 's3',
      events: 3,
      writes: 2,
      refused: 1,
      sensitive: 1,
      inProfile: true,
    },
    {
      service: 'ec2',
      events: 1,
      writes: 0,
      refused: 0,
      sensitive: 0,
      inProfile: false,
    },
  ],
  lacking: [
    {
      action: 'secretsmanager:GetSecretValue',
      calls: 2,
      profiles: [{ id: 'secrets', title: 'Secrets' }],
    },
  ],
  permissions: { used: ['s3:Put*'], unused: ['kms:*'], unseen: ['s3:Get*'] },
  networks: [{ network: '198.51.100.0/24', events: 4, isNew: true }],
  marks: [
    { rule: 'exposure', title: 'Public exposure', why: 'Opens it', events: 1 },
  ],
  residue: [
    residueItem(),
    residueItem({ key: 'd'.repeat(64), what: 'User temp', state: 'gone' }),
  ],
});
const frozen = { ...complete, frozenAt: afterNoon(100) };
const accepted = endedLease({
  review: { state: 'accepted', overdue: false },
  actions: { ...nothing, reopen: yes },
});

describe('what a lease comes to', () => {
  beforeEach(() => {
    backend.on('me', me());
    backend.on('getLease', endedLease({ actions: reviewer }));
    backend.on('getTimeline', timeline([event('a', 3)]));
    backend.on('getUnderstanding', understood);
  });

  it('says it in a sentence beside the reason, with services, lacking calls, networks and permissions', async () => {
    await show();
    const panel = await screen.findByRole('region', {
      name: 'What it comes to',
    });
    for (const text of [
      understood.sentence,
      'Alice locked herself out of payroll-reports',
      'secretsmanager:GetSecretValue · 2 calls · would be allowed by Secrets',
      '198.51.100.0/24 · 4 events new for this person',
      '1 used, 1 not used, 1 not to see',
    ]) {
      expect(panel).toHaveTextContent(text);
    }
    const rows = within(panel).getAllByRole('row').slice(1);
    expect(rows[0]).not.toHaveTextContent('not in the profile');
    expect(rows[1]).toHaveTextContent('ec2 not in the profile1000');
  });

  it('leads from a mark to the sensitive events', async () => {
    await show();
    await userEvent.click(
      await screen.findByRole('button', {
        name: 'Public exposure: show the sensitive events (1)',
      }),
    );
    await waitFor(() =>
      expect(backend.seen('getTimeline').pop()?.query.only).toBe('sensitive'),
    );
  });

  it('I14: accepts nothing while something left behind is open, and takes a word on each', async () => {
    backend.on('decideResidue', residueItem({ state: 'removed' }));
    await show();
    fireEvent.change(await screen.findByRole('textbox', { name: /^Comment/ }), {
      target: { value: 'Fits' },
    });
    const accept = screen.getByRole('button', { name: 'Accept' });
    expect(accept).toBeDisabled();
    expect(accept).toHaveAccessibleDescription(
      '1 thing left behind is neither removed nor justified yet',
    );
    await userEvent.click(
      screen.getByRole('button', { name: /^Removed since: Access key/ }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    const confirm = dialog.getByRole('button', { name: 'Removed since' });
    expect(confirm).toBeDisabled();
    await userEvent.type(dialog.getByRole('textbox'), 'Deleted by hand');
    backend.on('getUnderstanding', {
      ...understood,
      residue: [
        residueItem({
          state: 'removed',
          comment: 'Deleted by hand',
          by: mary.ref,
          decidedAt: afterNoon(90),
        }),
      ],
    });
    await userEvent.click(confirm);
    await waitFor(() => expect(accept).toBeEnabled());
    expect(backend.seen('decideResidue')[0]).toMatchObject({
      params: { id: LEASE_ID, key: 'c'.repeat(64) },
      body: { state: 'removed', comment: 'Deleted by hand' },
    });
    expect(await screen.findByText('Deleted by hand')).toBeInTheDocument();
  });

  it('strikes what the lease removed itself, and shows the record behind each item', async () => {
    backend.on('getActivityRecord', { record: { eventID: 'create-key' } });
    await show();
    const list = await screen.findByRole('list', { name: 'Left behind' });
    const [open, gone] = within(list).getAllByRole('listitem');
    expect(gone).toHaveTextContent('removed under the lease itself');
    expect(within(gone).queryByRole('button', { name: /May stay/ })).toBeNull();
    await userEvent.click(
      within(open).getByRole('button', { name: /^Show the record/ }),
    );
    expect(
      await within(open).findByRole('region', { name: 'Raw record' }),
    ).toHaveTextContent('create-key');
  });

  it('lets nobody but reviewers settle what was left behind', async () => {
    backend.on('getLease', endedLease());
    await show();
    await screen.findByRole('list', { name: 'Left behind' });
    expect(screen.queryByRole('button', { name: /May stay/ })).toBeNull();
  });

  it('says why it could not be understood, and tries again', async () => {
    backend.on('getUnderstanding', new Refusal(503, 'conflict', 'Too busy'));
    await show();
    expect(await screen.findByText('Too busy')).toBeInTheDocument();
    backend.on('getUnderstanding', understood);
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText(understood.sentence)).toBeInTheDocument();
  });
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

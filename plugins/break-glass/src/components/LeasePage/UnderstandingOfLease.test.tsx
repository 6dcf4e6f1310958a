import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { me } from '../../__testUtils__/accounts';
import {
  afterNoon,
  endedLease,
  LEASE_ID,
  mary,
  nothing,
  yes,
} from '../../__testUtils__/leases';
import { renderPlugin } from '../../__testUtils__/render';
import { Refusal, testBackend } from '../../__testUtils__/server';
import { event, timeline } from '../../__testUtils__/timeline';
import { residueItem, understanding } from '../../__testUtils__/understanding';
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

describe('what a lease comes to', () => {
  beforeEach(() => {
    backend.on('me', me());
    backend.on('getLease', endedLease({ actions: reviewer }));
    backend.on('getTimeline', timeline([event('a', 3)]));
    backend.on('getUnderstanding', understood);
  });

  it('pitfall 22: is not for everybody who may read the lease, and says so instead of failing', async () => {
    backend.on('getUnderstanding', new Refusal(404, 'lease-unknown', 'None'));
    backend.on('getTimeline', new Refusal(404, 'lease-unknown', 'None'));
    await show();
    expect(
      await screen.findByText(/is for its requester, the owners/),
    ).toBeVisible();
    expect(screen.queryByText('This did not work')).toBeNull();
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

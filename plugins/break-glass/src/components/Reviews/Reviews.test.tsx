import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { me } from '../../__testUtils__/accounts';
import {
  afterNoon,
  alice,
  LEASE_ID,
  leaseSummary,
  mary,
} from '../../__testUtils__/leases';
import { renderPlugin } from '../../__testUtils__/render';
import { Refusal, testBackend } from '../../__testUtils__/server';
import { BreakGlassRouter } from '../BreakGlassPage';

const backend = testBackend();
const show = () =>
  renderPlugin(<BreakGlassRouter />, { path: '/break-glass/reviews' });

const used = leaseSummary({
  status: 'ended',
  activeFrom: afterNoon(0),
  closedAt: afterNoon(30),
  sessionCount: 2,
  review: {
    state: 'collecting',
    dueAt: '2020-01-01T00:00:00.000Z',
    overdue: true,
    evidence: 'logs-missing',
    reviewer: alice,
    risk: { writes: 4, refused: 1, sensitive: 2, residueOpen: 1 },
  },
});
const unused = leaseSummary({
  id: '01K6FJ00000000000000000003',
  status: 'expired',
  requester: alice,
  review: {
    state: 'open',
    dueAt: '2099-01-01T00:00:00.000Z',
    overdue: false,
    reviewer: mary,
  },
});
const emergency = leaseSummary({
  id: '01K6FJ00000000000000000004',
  status: 'expired',
  approvalKind: 'emergency',
  review: { state: 'open', overdue: false },
});
const selectAlice = () =>
  screen.findByRole('checkbox', {
    name: 'Select the lease of Alice Moreau on payroll',
  });

describe('Reviews', () => {
  beforeEach(() => {
    backend.on('me', me());
    backend.on('listLeases', { items: [used, unused, emergency] });
  });

  it('shows due dates, evidence, what stands out, and who took it on, in the order of the server', async () => {
    await show();
    const list = await screen.findByRole('list', { name: 'Leases to review' });
    const rows = within(list).getAllByRole('listitem');
    expect(rows).toHaveLength(3);
    for (const text of [
      'Collecting logs',
      'Overdue',
      'logs missing',
      '2 sessions',
      '4 writes · 1 refused · 2 sensitive · 1 left behind',
      'Taken on by Alice Moreau',
    ]) {
      expect(rows[0]).toHaveTextContent(text);
    }
    expect(rows[1]).toHaveTextContent('No session was issued');
    expect(rows[1]).toHaveTextContent('Taken on by you');
    expect(rows[2]).toHaveTextContent('Taken on by nobody');
    expect(screen.getAllByText('Overdue')).toHaveLength(1);
    expect(
      screen.getAllByRole('button', { name: 'Review' })[0],
    ).toHaveAttribute('href', `/break-glass/leases/${LEASE_ID}`);
    expect(backend.seen('listLeases')[0].query.view).toBe('reviews');
  });

  it('I1: offers a bulk only for leases without a session that were no emergency', async () => {
    await show();
    expect(await selectAlice()).toBeInTheDocument();
    expect(screen.getAllByRole('checkbox')).toHaveLength(1);
    expect(screen.getByRole('button', { name: 'Accept 0' })).toBeDisabled();
  });

  it('accepts the selected leases with one comment, and says what became of each', async () => {
    const other = leaseSummary({
      ...unused,
      id: '01K6FJ00000000000000000005',
      requester: mary,
    });
    backend.on('listLeases', { items: [unused, other] });
    backend.on('reviewInBulk', {
      items: [
        { leaseId: unused.id, accepted: true },
        {
          leaseId: other.id,
          accepted: false,
          code: 'self-review',
          message: 'This is your own lease',
        },
      ],
    });
    await show();
    await userEvent.click(await selectAlice());
    await userEvent.click(screen.getAllByRole('checkbox')[1]);
    await userEvent.click(screen.getByRole('button', { name: 'Accept 2' }));
    const dialog = within(
      await screen.findByRole('dialog', { name: 'Accept 2 leases?' }),
    );
    const accept = dialog.getByRole('button', { name: 'Accept 2' });
    expect(accept).toBeDisabled();
    await userEvent.type(dialog.getByRole('textbox'), 'Nothing was used');
    await userEvent.click(accept);
    expect(
      await screen.findByText(
        'The lease of Mary Novak on payroll was not accepted: This is your own lease',
      ),
    ).toBeInTheDocument();
    expect(screen.getByText('1 lease was accepted')).toBeInTheDocument();
    expect(backend.seen('reviewInBulk')[0].body).toEqual({
      leaseIds: [unused.id, other.id],
      comment: 'Nothing was used',
    });
    await waitFor(() => expect(backend.seen('listLeases')).toHaveLength(2));
    expect(await selectAlice()).not.toBeChecked();
  });

  it('keeps the question open, with the reason, where a bulk fails', async () => {
    backend.on('reviewInBulk', new Refusal(503, 'conflict', 'Try later'));
    await show();
    await userEvent.click(await selectAlice());
    await userEvent.click(screen.getByRole('button', { name: 'Accept 1' }));
    const dialog = within(await screen.findByRole('dialog'));
    await userEvent.type(dialog.getByRole('textbox'), 'Unused');
    await userEvent.click(dialog.getByRole('button', { name: 'Accept 1' }));
    expect(await dialog.findByText('Try later')).toBeInTheDocument();
  });

  it('says what to expect when nothing waits', async () => {
    backend.on('listLeases', { items: [] });
    await show();
    expect(
      await screen.findByText('Nothing waits for your review'),
    ).toBeInTheDocument();
  });
});

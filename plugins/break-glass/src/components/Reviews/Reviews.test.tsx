import { screen } from '@testing-library/react';
import { me } from '../../__testUtils__/accounts';
import { afterNoon, LEASE_ID, leaseSummary } from '../../__testUtils__/leases';
import { renderPlugin } from '../../__testUtils__/render';
import { testBackend } from '../../__testUtils__/server';
import { BreakGlassRouter } from '../BreakGlassPage';

const backend = testBackend();
const show = () =>
  renderPlugin(<BreakGlassRouter />, { path: '/break-glass/reviews' });

describe('Reviews', () => {
  beforeEach(() => backend.on('me', me()));

  it('shows state of the evidence, sessions and what is overdue', async () => {
    backend.on('listLeases', {
      items: [
        leaseSummary({
          status: 'ended',
          activeFrom: afterNoon(0),
          closedAt: afterNoon(30),
          review: { state: 'collecting', dueAt: '2020-01-01T00:00:00.000Z' },
          sessionCount: 2,
        }),
        leaseSummary({
          id: '01K6FJ00000000000000000003',
          status: 'expired',
          review: { state: 'open', dueAt: '2099-01-01T00:00:00.000Z' },
        }),
      ],
    });
    await show();
    expect(await screen.findByText('Collecting logs')).toBeInTheDocument();
    expect(screen.getByText(/2 sessions/)).toBeInTheDocument();
    expect(screen.getByText(/No session was issued/)).toBeInTheDocument();
    expect(screen.getAllByText('Overdue')).toHaveLength(1);
    expect(
      screen.getAllByRole('button', { name: 'Review' })[0],
    ).toHaveAttribute('href', `/break-glass/leases/${LEASE_ID}`);
    expect(backend.seen('listLeases')[0].query.view).toBe('reviews');
  });

  it('says what to expect when nothing waits', async () => {
    backend.on('listLeases', { items: [] });
    await show();
    expect(
      await screen.findByText('Nothing waits for your review'),
    ).toBeInTheDocument();
  });
});

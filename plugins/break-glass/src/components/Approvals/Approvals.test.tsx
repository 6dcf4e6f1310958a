import { screen } from '@testing-library/react';
import { me } from '../../__testUtils__/accounts';
import { LEASE_ID, leaseSummary } from '../../__testUtils__/leases';
import { renderPlugin } from '../../__testUtils__/render';
import { testBackend } from '../../__testUtils__/server';
import { BreakGlassRouter } from '../BreakGlassPage';

const backend = testBackend();
const show = () =>
  renderPlugin(<BreakGlassRouter />, { path: '/break-glass/approvals' });
const ago = (minutes: number) =>
  new Date(Date.now() - minutes * 60_000).toISOString();

describe('Approvals', () => {
  beforeEach(() => backend.on('me', me()));

  it('lists what the caller may decide, oldest first, and marks what lapses soon', async () => {
    const older = '01K6FJ00000000000000000003';
    backend.on('listLeases', {
      items: [
        leaseSummary({ requestedAt: ago(5), lapsesAt: ago(-300) }),
        leaseSummary({
          id: older,
          requestedAt: ago(400),
          lapsesAt: ago(-30),
          reason: 'An older request',
        }),
      ],
    });
    await show();
    const links = await screen.findAllByRole('button', {
      name: 'Read and decide',
    });
    expect(links.map(link => link.getAttribute('href'))).toEqual([
      `/break-glass/leases/${older}`,
      `/break-glass/leases/${LEASE_ID}`,
    ]);
    expect(screen.getAllByText('Lapses soon')).toHaveLength(1);
    expect(backend.seen('listLeases')[0].query.view).toBe('approvals');
  });

  it('says what to expect when nothing waits', async () => {
    backend.on('listLeases', { items: [] });
    await show();
    expect(
      await screen.findByText('Nothing waits for your decision'),
    ).toBeInTheDocument();
  });
});

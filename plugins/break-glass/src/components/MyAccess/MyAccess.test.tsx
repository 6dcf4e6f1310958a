import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { account, me, preview } from '../../__testUtils__/accounts';
import { afterNoon, leaseSummary } from '../../__testUtils__/leases';
import { renderPlugin } from '../../__testUtils__/render';
import { testBackend } from '../../__testUtils__/server';
import { BreakGlassRouter } from '../BreakGlassPage';

const backend = testBackend();
const show = () => renderPlugin(<BreakGlassRouter />, { path: '/break-glass' });

describe('MyAccess', () => {
  beforeEach(() => backend.on('me', me()));

  it('is where the page starts; shows active, waiting and past leases apart', async () => {
    backend.on('listLeases', {
      items: [
        leaseSummary({
          status: 'active',
          activeFrom: afterNoon(0),
          expiresAt: '2099-01-01T00:00:00.000Z',
          reason: 'one',
        }),
        leaseSummary({ id: '01K6FJ00000000000000000003', reason: 'two' }),
        leaseSummary({
          id: '01K6FJ00000000000000000004',
          status: 'rejected',
          closedAt: afterNoon(5),
          reason: 'three',
        }),
      ],
    });
    await show();
    const list = (name: string) => within(screen.getByRole('list', { name }));
    await screen.findByText('one');
    expect(list('Active now').getByText('one')).toBeInTheDocument();
    expect(list('Active now').getByRole('timer')).toBeInTheDocument();
    expect(list('Waiting').getByText('two')).toBeInTheDocument();
    expect(list('Past').getByText('three')).toBeInTheDocument();
    expect(backend.seen('listLeases')[0].query.view).toBe('mine');
  });

  it('requests again with the same details', async () => {
    backend.on('listLeases', {
      items: [
        leaseSummary({
          status: 'ended',
          activeFrom: afterNoon(0),
          closedAt: afterNoon(5),
        }),
      ],
    });
    backend.on('getAccount', account());
    backend.on('previewLease', preview());
    await show();
    await userEvent.click(
      await screen.findByRole('button', { name: 'Request again' }),
    );
    expect(await screen.findByRole('textbox', { name: /^Reason/ })).toHaveValue(
      'Alice locked herself out of payroll-reports',
    );
    await waitFor(() =>
      expect(backend.seen('previewLease').pop()?.body).toMatchObject({
        ticket: 'SUP-1234',
        beneficiary: 'user:default/alice',
        durationMinutes: 120,
      }),
    );
  });

  it('says where to begin when there is nothing', async () => {
    backend.on('listLeases', { items: [] });
    await show();
    expect(
      await screen.findByText(/Open an account in the catalog/),
    ).toBeInTheDocument();
  });
});

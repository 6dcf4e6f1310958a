import { screen } from '@testing-library/react';
import { afterNoon, leaseSummary, NOON } from '../../__testUtils__/leases';
import { renderOnAccount } from '../../__testUtils__/render';
import { testBackend } from '../../__testUtils__/server';
import { OverviewCard, overviewOf } from './OverviewCard';

const backend = testBackend();
const now = Date.parse(NOON);

describe('OverviewCard', () => {
  it('counts active leases, the last one and overdue reviews', () => {
    expect(
      overviewOf(
        [
          leaseSummary({ status: 'active', activeFrom: afterNoon(-60) }),
          leaseSummary({
            status: 'ended',
            activeFrom: afterNoon(-600),
            review: { state: 'open', dueAt: afterNoon(-1), overdue: true },
          }),
          leaseSummary({
            status: 'ended',
            review: {
              state: 'accepted',
              dueAt: afterNoon(-1),
              overdue: false,
            },
          }),
          leaseSummary({ status: 'scheduled', activeFrom: afterNoon(60) }),
        ],
        now,
      ),
    ).toEqual({ active: 1, last: afterNoon(-60), overdue: 1 });
  });

  it('asks for the leases of its account', async () => {
    backend.on('listLeases', { items: [] });
    await renderOnAccount(<OverviewCard />);
    expect(await screen.findByText('never')).toBeInTheDocument();
    expect(backend.seen('listLeases')[0].query.accountRef).toBe(
      'resource:default/payroll',
    );
  });
});

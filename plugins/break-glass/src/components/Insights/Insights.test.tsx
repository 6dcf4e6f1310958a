import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Insights, insightsSchema } from 'backstage-plugin-break-glass-common';
import { me } from '../../__testUtils__/accounts';
import { afterNoon, NOON } from '../../__testUtils__/leases';
import { renderPlugin } from '../../__testUtils__/render';
import { Refusal, testBackend } from '../../__testUtils__/server';
import { BreakGlassRouter } from '../BreakGlassPage';

const backend = testBackend();
const show = () =>
  renderPlugin(<BreakGlassRouter />, { path: '/break-glass/insights' });

function insights(part: Partial<Insights> = {}): Insights {
  return insightsSchema.parse({
    from: NOON,
    to: afterNoon(7 * 24 * 60),
    totals: {
      requested: 4,
      activated: 3,
      rejected: 1,
      lapsed: 0,
      sessions: 5,
      refusedAttempts: 2,
      accessMinutes: 150,
      openReviews: 1,
      overdueReviews: 1,
    },
    minutesToApprove: { median: 0.4, p90: 12.5 },
    groups: [
      { key: 'user:default/mary', leases: 3, accessMinutes: 90 },
      { key: 'user:default/priya', leases: 1, accessMinutes: 60 },
    ],
    ...part,
  });
}
const figure = (name: string) => screen.getByText(name).nextElementSibling;
const rows = () =>
  within(screen.getByRole('table'))
    .getAllByRole('row')
    .map(row => row.textContent);

describe('Insights', () => {
  beforeEach(() => {
    backend.on('me', me());
    backend.on('insights', insights());
  });

  it('shows the totals as figures, and the table behind the chart', async () => {
    await show();
    expect(await screen.findByText('Leases asked for')).toBeInTheDocument();
    expect(figure('Leases asked for')).toHaveTextContent('4');
    expect(figure('Median time to approve')).toHaveTextContent('< 1 min');
    expect(figure('Nine in ten approved within')).toHaveTextContent('13 min');
    expect(
      screen.getByRole('img', { name: /^Leases by Person/ }),
    ).toBeInTheDocument();
    expect(rows()).toEqual([
      'PersonLeasesShare of leasesTime with access',
      'mary375 %1 h 30 min',
      'priya125 %1 h',
    ]);
  });

  it('asks for the last 30 days by person, until another period is chosen', async () => {
    await show();
    const reach = () => {
      const { query } = backend.seen('insights').pop()!;
      return Math.round((Date.now() - Date.parse(query.from)) / 86_400_000);
    };
    await screen.findByRole('table');
    expect(backend.seen('insights')[0].query.groupBy).toBe('person');
    expect(reach()).toBe(30);
    await userEvent.click(screen.getByRole('button', { name: 'Last 7 days' }));
    await waitFor(() => expect(reach()).toBe(7));
  });

  it('asks for days of one’s own, and for none that are the wrong way round', async () => {
    await show();
    await userEvent.click(screen.getByRole('button', { name: 'Custom' }));
    const type = (name: string, value: string) =>
      fireEvent.change(screen.getByLabelText(name), { target: { value } });
    type('From', '2026-10-05');
    type('To', '2026-10-06');
    const asked = {
      from: new Date('2026-10-05T00:00:00').toISOString(),
      to: new Date('2026-10-07T00:00:00').toISOString(),
    };
    await waitFor(() =>
      expect(backend.seen('insights').pop()?.query).toMatchObject(asked),
    );
    const before = backend.seen('insights').length;
    type('To', '2026-10-01');
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The first day must not be after the last one',
    );
    expect(backend.seen('insights')).toHaveLength(before);
  });

  it('groups by what is chosen, and names people no longer', async () => {
    await show();
    await screen.findByRole('table');
    backend.on('insights', ({ query }) =>
      insights({
        groups: [{ key: `${query.groupBy} 1`, leases: 4, accessMinutes: 150 }],
      }),
    );
    fireEvent.mouseDown(screen.getByRole('button', { name: /Group by/ }));
    await userEvent.click(screen.getByRole('option', { name: 'Profile' }));
    expect(await screen.findByText('profile 1')).toBeInTheDocument();
    expect(rows()[0]).toMatch(/^Profile/);
  });

  it('says what to do where nothing was asked for', async () => {
    backend.on('insights', insights({ groups: [], minutesToApprove: {} }));
    await show();
    expect(
      await screen.findByText('No lease was asked for in this period'),
    ).toBeInTheDocument();
    expect(figure('Median time to approve')).toHaveTextContent('—');
    expect(screen.queryByRole('table')).toBeNull();
  });

  it('says who may read it, and asks again', async () => {
    backend.on(
      'insights',
      new Refusal(403, 'not-auditor', 'Only auditors may read this.'),
    );
    await show();
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Only auditors may read this.',
    );
    backend.on('insights', insights());
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('table')).toBeInTheDocument();
  });
});

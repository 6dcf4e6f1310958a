import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { account, me } from '../../__testUtils__/accounts';
import { renderOnAccount, renderPlugin } from '../../__testUtils__/render';
import { testBackend } from '../../__testUtils__/server';
import { unbrokeredUse, USE_ID } from '../../__testUtils__/unbrokered';
import { AccountTab } from '../AccountTab';
import { BreakGlassRouter } from '../BreakGlassPage';

const backend = testBackend();
const list = () =>
  renderPlugin(<BreakGlassRouter />, { path: '/break-glass/unbrokered' });

beforeEach(() => backend.on('me', me()));

describe('the list of unbrokered uses', () => {
  it('shows who, what, where, its state, who has to explain it, and whether the logs confirm it', async () => {
    backend.on('listUnbrokered', {
      items: [
        unbrokeredUse({ overdue: true }),
        unbrokeredUse({
          id: '01K6FJ00000000000000000041',
          kind: 'console-sign-in',
          role: undefined,
          seenInLogs: false,
          via: 'topic',
          owner: undefined,
          state: 'justified',
        }),
      ],
    });
    await list();
    const rows = within(
      await screen.findByRole('list', { name: 'Unbrokered use' }),
    ).getAllByRole('listitem');
    for (const text of [
      'Role assumed: Break-glass admin · payroll',
      'Not explained',
      'Overdue',
      'Confirmed in the logs',
      'sealed-1',
      '2 events',
      'to be explained by Daniel Weiss',
    ]) {
      expect(rows[0]).toHaveTextContent(text);
    }
    for (const text of [
      'Console sign-in · payroll',
      'Waiting for review',
      'Only reported, not in the logs yet',
      'to be explained by nobody yet',
    ]) {
      expect(rows[1]).toHaveTextContent(text);
    }
    expect(rows[1]).not.toHaveTextContent('Overdue');
  });

  it('asks the backend for those that wait for the viewer, and for a state', async () => {
    await list();
    expect(
      await screen.findByText('No use that a lease does not explain'),
    ).toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', { name: 'Waiting for me' }),
    );
    expect(
      await screen.findByText('Nothing waits for you'),
    ).toBeInTheDocument();
    backend.on('listUnbrokered', { items: [unbrokeredUse()] });
    await userEvent.click(screen.getByRole('button', { name: /State/ }));
    await userEvent.click(screen.getByRole('option', { name: 'Flagged' }));
    await waitFor(() =>
      expect(backend.seen('listUnbrokered').pop()?.query).toMatchObject({
        view: 'mine',
        state: 'flagged',
      }),
    );
  });

  it('shows a change as soon as it is signalled', async () => {
    const { signal } = await list();
    await screen.findByText('No use that a lease does not explain');
    backend.on('listUnbrokered', { items: [unbrokeredUse()] });
    signal({ unbrokeredId: USE_ID });
    expect(await screen.findByText('Not explained')).toBeInTheDocument();
  });
});

describe('the tab of an account', () => {
  it('names unbrokered uses of the account', async () => {
    backend.on('getAccount', account());
    backend.on('listLeases', { items: [] });
    backend.on('listUnbrokered', { items: [unbrokeredUse()] });
    await renderOnAccount(<AccountTab />);
    expect(
      await screen.findByText('1 unbrokered use of this account'),
    ).toBeInTheDocument();
    expect(backend.seen('listUnbrokered')[0].query.accountRef).toBe(
      'resource:default/payroll',
    );
  });
});

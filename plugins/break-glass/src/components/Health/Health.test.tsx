import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  BrokerCheck,
  BrokerCheckResult,
  Health,
} from 'backstage-plugin-break-glass-common';
import { me } from '../../__testUtils__/accounts';
import { afterNoon, daniel } from '../../__testUtils__/leases';
import { renderPlugin } from '../../__testUtils__/render';
import { Refusal, testBackend } from '../../__testUtils__/server';
import { BreakGlassRouter } from '../BreakGlassPage';

const backend = testBackend();
const show = () =>
  renderPlugin(<BreakGlassRouter />, { path: '/break-glass/health' });

const parts = (...unwell: Health['parts'][number]['name'][]): Health => ({
  parts: (['broker', 'accounts', 'clock'] as const).map(name => ({
    name,
    ok: !unwell.includes(name),
    words: `Words of ${name}.`,
  })),
});

function check(part: Partial<BrokerCheck> = {}): BrokerCheck {
  return {
    id: '01K6FJ00000000000000000081',
    state: 'finished',
    startedAt: afterNoon(0),
    startedBy: daniel,
    finishedAt: afterNoon(1),
    total: 500,
    done: 500,
    problems: 1,
    ...part,
  };
}

const TRUST = '{"Effect":"Allow","Action":"sts:AssumeRole"}';
function result(part: Partial<BrokerCheckResult> = {}): BrokerCheckResult {
  return {
    ref: 'resource:default/payments',
    title: 'Payments',
    accountId: '222233334444',
    partition: 'aws',
    checkedAt: afterNoon(1),
    roles: 3,
    problems: [
      {
        what: 'assume',
        roleArn: 'arn:aws:iam::222233334444:role/break-glass/BreakGlassAdmin',
        words: 'The broker may not assume it.',
        fixes: [
          { where: 'In the trust policy of the role:', json: TRUST },
          { where: 'In a policy of the broker:', json: '{"two":2}' },
        ],
      },
    ],
    ...part,
  };
}

const partItems = async () =>
  within(await screen.findByRole('list', { name: 'Parts' })).getAllByRole(
    'listitem',
  );
const accounts = async () =>
  within(await screen.findByRole('list', { name: 'Accounts' })).getAllByRole(
    'listitem',
  );

describe('the page Health', () => {
  beforeEach(() => {
    backend.on('me', me({ responder: true }));
    backend.on('health', parts());
    backend.on('getBrokerCheck', { items: [] });
  });

  it('says in words how each part is, those that need attention first', async () => {
    backend.on('health', parts('accounts'));
    await show();
    const items = await partItems();

    expect(items.map(item => item.textContent)).toEqual([
      'Accounts of the brokerNeeds attentionWords of accounts.',
      'BrokerWellWords of broker.',
      'ClocksWellWords of clock.',
    ]);
    expect(screen.getByText('1 part needs attention.')).toBeInTheDocument();
  });

  it('says that all parts are well, and what to do where no check was made', async () => {
    await show();

    expect(await screen.findByText('All parts are well.')).toBeInTheDocument();
    expect(
      await screen.findByText('No check was made yet'),
    ).toBeInTheDocument();
  });

  it.each([
    ['health', 'The audit log is closed'],
    ['getBrokerCheck', 'The database is away'],
  ] as const)(
    'says why %s could not be read, and tries again',
    async (route, words) => {
      backend.on(route, new Refusal(503, 'aws-unavailable', words));
      await show();
      expect(await screen.findByText(words)).toBeInTheDocument();
      backend.on('health', parts());
      backend.on('getBrokerCheck', { items: [] });
      await userEvent.click(screen.getByRole('button', { name: 'Try again' }));

      expect(await partItems()).toHaveLength(3);
      expect(
        await screen.findByText('No check was made yet'),
      ).toBeInTheDocument();
    },
  );

  it('runs a check, and shows how far it is', async () => {
    backend.on('startBrokerCheck', check({ state: 'running', done: 0 }));
    await show();
    const button = await screen.findByRole('button', {
      name: 'Check all accounts',
    });
    backend.on('getBrokerCheck', {
      check: check({
        state: 'running',
        done: 120,
        problems: 0,
        finishedAt: undefined,
      }),
      items: [],
    });
    await userEvent.click(button);

    expect(
      await screen.findByText(/120 of 500 accounts are checked/),
    ).toBeInTheDocument();
    expect(screen.getByRole('progressbar')).toHaveAttribute(
      'aria-valuenow',
      '24',
    );
    expect(screen.getByRole('button', { name: 'Checking…' })).toBeDisabled();
    expect(backend.seen('startBrokerCheck')).toHaveLength(1);
  });

  it('says why a check could not be started', async () => {
    backend.on(
      'startBrokerCheck',
      new Refusal(409, 'rate-limited', 'A check began less than a minute ago.'),
    );
    await show();
    await userEvent.click(
      await screen.findByRole('button', { name: 'Check all accounts' }),
    );

    expect(
      await screen.findByText('A check began less than a minute ago.'),
    ).toBeInTheDocument();
  });

  it('shows accounts with a problem, each with its fix to copy', async () => {
    backend.on('getBrokerCheck', { check: check(), items: [result()] });
    await show();
    const [row] = await accounts();
    expect(row).toHaveTextContent(/Payments.*222233334444/);
    expect(row).toHaveTextContent('Cannot assume the role: BreakGlassAdmin');
    expect(row).not.toHaveTextContent('sts:AssumeRole');
    expect(backend.seen('getBrokerCheck')[0].query).toEqual({
      problems: 'true',
    });

    const user = userEvent.setup();
    const writeText = jest.spyOn(navigator.clipboard, 'writeText');
    await user.click(
      within(row).getByRole('button', { name: /Show both fixes/ }),
    );
    expect(
      within(row).getByRole('region', {
        name: 'Fix 1 for BreakGlassAdmin in Payments',
      }),
    ).toHaveTextContent(TRUST);
    await user.click(
      within(row).getByRole('button', {
        name: 'Copy fix 1 for BreakGlassAdmin in Payments',
      }),
    );
    expect(writeText).toHaveBeenCalledWith(TRUST);
  });

  it('shows all accounts where that is wanted', async () => {
    backend.on('getBrokerCheck', ({ query }) => ({
      check: check({ problems: 0 }),
      items: query.problems ? [] : [result({ problems: [] })],
    }));
    await show();
    expect(
      await screen.findByText('No account has a problem'),
    ).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'All' }));

    const [row] = await accounts();
    expect(row).toHaveTextContent('All roles can be used');
  });

  it('says why a check failed', async () => {
    backend.on('getBrokerCheck', {
      check: check({
        state: 'failed',
        done: 0,
        problems: 0,
        words: 'The catalog is down.',
      }),
      items: [],
    });
    await show();

    expect(await screen.findByText('The catalog is down.')).toBeInTheDocument();
    expect(screen.queryByText('No problem was found.')).not.toBeInTheDocument();
  });

  it('is there for responders and auditors alone', async () => {
    backend.on('me', me({ auditor: true, responder: false }));
    await show();
    expect(
      await screen.findByRole('link', { name: 'Health' }),
    ).toBeInTheDocument();
  });

  it('is no section for others', async () => {
    backend.on('me', me({ auditor: false }));
    backend.on('listLeases', { items: [] });
    await renderPlugin(<BreakGlassRouter />, {
      path: '/break-glass/my-access',
    });
    await screen.findByText('You have no leases');

    expect(
      screen.queryByRole('link', { name: 'Health' }),
    ).not.toBeInTheDocument();
  });

  it('shows text of AWS and the catalog as text', async () => {
    const hostile = '<img src=x onerror=alert(1)>';
    backend.on('getBrokerCheck', {
      check: check(),
      items: [result({ title: hostile })],
    });
    await show();
    const [row] = await accounts();

    expect(row).toHaveTextContent(hostile);
    expect(row.querySelector('img')).toBeNull();
  });
});

import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { AccountSummary } from 'backstage-plugin-break-glass-common';
import { me } from '../../__testUtils__/accounts';
import { renderPlugin } from '../../__testUtils__/render';
import { Refusal, testBackend } from '../../__testUtils__/server';
import { BreakGlassRouter } from '../BreakGlassPage';

const backend = testBackend();
const show = () =>
  renderPlugin(<BreakGlassRouter />, { path: '/break-glass/accounts' });

function unusable(part: Partial<AccountSummary> = {}): AccountSummary {
  return {
    ref: 'resource:default/legacy',
    title: 'Legacy',
    accountId: '1234',
    owner: 'group:default/payroll-developers',
    controlPlane: false,
    problems: [
      {
        code: 'malformed-id',
        message: "resource:default/legacy has the account id '1234'.",
        fix: 'Correct the annotation.',
      },
    ],
    ...part,
  };
}
const rows = async () =>
  within(
    await screen.findByRole('list', { name: 'Accounts that cannot be used' }),
  ).getAllByRole('listitem');

describe('UnusableAccounts', () => {
  beforeEach(() => backend.on('me', me({ auditor: true })));

  it('asks for those that cannot be used, and shows each with its reasons and what to do', async () => {
    backend.on('listAccounts', {
      items: [
        unusable(),
        unusable({
          ref: 'resource:default/old',
          title: 'Old',
          accountId: '',
          owner: undefined,
          problems: [
            { code: 'missing-id', message: 'No id.', fix: 'Add one.' },
            { code: 'suspended', message: 'Suspended.', fix: 'Remove it.' },
          ],
        }),
      ],
    });
    await show();
    const [legacy, old] = await rows();

    expect(
      within(legacy).getByRole('link', { name: 'Legacy' }),
    ).toHaveAttribute('href', '/catalog/default/resource/legacy');
    expect(
      within(legacy).getByRole('link', { name: 'payroll-developers' }),
    ).toBeInTheDocument();
    expect(legacy).toHaveTextContent(
      /1234.*has the account id '1234'\..*What to do: Correct the annotation\./,
    );
    expect(old).toHaveTextContent(/Owner unknown/);
    expect(old).toHaveTextContent(
      /No id\..*Add one\..*Suspended\..*Remove it\./,
    );
    expect(backend.seen('listAccounts').map(({ query }) => query)).toEqual([
      { usable: 'false' },
    ]);
  });

  it('says that every account can be used', async () => {
    backend.on('listAccounts', { items: [] });
    await show();

    expect(
      await screen.findByText('Every account in the catalog can be used'),
    ).toBeInTheDocument();
  });

  it('does not say so of accounts that were not looked through yet', async () => {
    backend.on('listAccounts', ({ query }) =>
      query.cursor
        ? { items: [unusable()] }
        : { items: [], nextCursor: '5000' },
    );
    await show();
    expect(
      await screen.findByText(
        'None among the accounts that were looked through so far',
      ),
    ).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: /more/i }));

    expect(await rows()).toHaveLength(1);
  });

  it('says why the list could not be loaded, and tries again', async () => {
    backend.on(
      'listAccounts',
      new Refusal(503, 'catalog-unavailable', 'The catalog cannot be read'),
    );
    await show();
    expect(
      await screen.findByText('The catalog cannot be read'),
    ).toBeInTheDocument();
    backend.on('listAccounts', { items: [unusable()] });
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));

    expect(await rows()).toHaveLength(1);
  });

  it('shows text of the catalog as text', async () => {
    backend.on('listAccounts', {
      items: [unusable({ title: '<img src=x onerror=alert(1)>' })],
    });
    await show();
    const [row] = await rows();

    expect(row).toHaveTextContent('<img src=x onerror=alert(1)>');
    expect(row.querySelector('img')).toBeNull();
  });
});

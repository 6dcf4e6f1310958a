import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Panic } from 'backstage-plugin-break-glass-common';
import { account, me } from '../../__testUtils__/accounts';
import { afterNoon, daniel, mary, no, yes } from '../../__testUtils__/leases';
import { renderPlugin } from '../../__testUtils__/render';
import { testBackend } from '../../__testUtils__/server';
import { BreakGlassRouter } from '../BreakGlassPage';

const backend = testBackend();
const show = () =>
  renderPlugin(<BreakGlassRouter />, { path: '/break-glass/panic' });

function panic(part: Partial<Panic> = {}): Panic {
  return {
    id: '01K6FJ00000000000000000071',
    kind: 'person',
    title: 'Mary Novak',
    ref: mary.ref,
    reason: 'Her keys were seen on a public page',
    raisedAt: afterNoon(0),
    raisedBy: daniel,
    state: 'raised',
    openLeases: 0,
    lift: yes,
    ...part,
  };
}

describe('the panic button', () => {
  beforeEach(() => backend.on('me', me({ responder: true })));

  it('shows what is stopped, why, by whom, and what is still being revoked', async () => {
    backend.on('listPanics', { items: [panic({ openLeases: 2 })] });
    await show();
    const row = await screen.findByRole('listitem');

    expect(row).toHaveTextContent('All access of Mary Novak');
    expect(row).toHaveTextContent('Her keys were seen on a public page');
    expect(row).toHaveTextContent(/stopped by Daniel/);
    expect(row).toHaveTextContent('2 leases are still being revoked');
  });

  it('says what it is for where nothing is stopped', async () => {
    backend.on('listPanics', { items: [] });
    await show();

    expect(await screen.findByText('Nothing is stopped')).toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: 'Stop access' }),
    ).toBeInTheDocument();
  });

  it('is no button for an auditor', async () => {
    backend.on('me', me({ responder: false, auditor: true }));
    backend.on('listPanics', { items: [panic()] });
    await show();
    await screen.findByRole('listitem');

    expect(
      screen.queryByRole('button', { name: 'Stop access' }),
    ).not.toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: 'Ask to lift' }),
    ).not.toBeInTheDocument();
  });

  it('stops everything only where that is typed out, with a reason', async () => {
    backend.on('listPanics', { items: [] });
    backend.on('raisePanic', panic({ kind: 'all', title: 'everything' }));
    await show();
    await userEvent.click(
      await screen.findByRole('button', { name: 'Stop access' }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    const stop = dialog.getByRole('button', { name: 'Stop access now' });
    await userEvent.click(dialog.getByRole('button', { name: 'Everything' }));
    await userEvent.type(dialog.getByLabelText(/^Comment/), 'Logs are gone');
    expect(stop).toBeDisabled();
    await userEvent.type(
      dialog.getByLabelText('To confirm, type: stop everything'),
      'stop everything',
    );
    await userEvent.click(stop);

    expect(backend.seen('raisePanic').map(({ body }) => body)).toEqual([
      { target: { kind: 'all' }, reason: 'Logs are gone' },
    ]);
  });

  it('stops an account that is found by its name', async () => {
    backend.on('listPanics', { items: [] });
    const { roles, ticket, stops, supportUrl, ...payroll } = account();
    backend.on('listAccounts', { items: [payroll] });
    backend.on('raisePanic', panic({ kind: 'account', title: 'payroll' }));
    await show();
    await userEvent.click(
      await screen.findByRole('button', { name: 'Stop access' }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    await userEvent.click(dialog.getByRole('button', { name: 'An account' }));
    await userEvent.click(dialog.getByLabelText('Account'));
    await userEvent.click(await screen.findByText('payroll (111122223333)'));
    await userEvent.type(dialog.getByLabelText(/^Comment/), 'Root was used');
    await userEvent.click(
      dialog.getByRole('button', { name: 'Stop access now' }),
    );

    expect(backend.seen('raisePanic').map(({ body }) => body)).toEqual([
      {
        target: { kind: 'account', ref: 'resource:default/payroll' },
        reason: 'Root was used',
      },
    ]);
  });

  it('is lifted by a second responder, who reads both reasons first', async () => {
    const asked = panic({
      state: 'lift-asked',
      liftAskedBy: mary,
      liftAskedAt: afterNoon(30),
      liftReason: 'The keys were rotated',
    });
    backend.on('listPanics', { items: [asked] });
    backend.on('liftPanic', asked);
    await show();
    expect(await screen.findByRole('listitem')).toHaveTextContent(
      'The keys were rotated',
    );
    await userEvent.click(screen.getByRole('button', { name: 'Lift it' }));
    const dialog = within(await screen.findByRole('dialog'));
    await userEvent.type(dialog.getByLabelText(/^Comment/), 'I checked them');
    await userEvent.click(dialog.getByRole('button', { name: 'Lift it' }));

    expect(backend.seen('liftPanic').map(({ body }) => body)).toEqual([
      { reason: 'I checked them' },
    ]);
  });

  it('says why the one who asked cannot confirm', async () => {
    backend.on('listPanics', {
      items: [
        panic({
          state: 'lift-asked',
          lift: no('You asked to lift it. A second responder has to confirm.'),
        }),
      ],
    });
    await show();

    expect(
      await screen.findByText(/A second responder has to confirm/),
    ).toBeInTheDocument();
  });

  it('tells on every page who is stopped', async () => {
    const { id, kind, title, reason, raisedAt } = panic();
    const stops = [{ id, kind, title, reason, raisedAt }];
    backend.on('me', me({ stops }));
    backend.on('listLeases', { items: [] });
    await renderPlugin(<BreakGlassRouter />, {
      path: '/break-glass/my-access',
    });

    expect(await screen.findByRole('alert')).toHaveTextContent(
      /stopped all access of Mary Novak.*public page/,
    );
  });
});

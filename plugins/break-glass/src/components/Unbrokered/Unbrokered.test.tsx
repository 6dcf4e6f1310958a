import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { account, me } from '../../__testUtils__/accounts';
import { alice, daniel, LEASE_ID, afterNoon } from '../../__testUtils__/leases';
import { renderOnAccount, renderPlugin } from '../../__testUtils__/render';
import { Refusal, testBackend } from '../../__testUtils__/server';
import { event } from '../../__testUtils__/timeline';
import {
  followUp,
  noUseActions,
  unbrokeredDetail,
  unbrokeredUse,
  USE_ID,
} from '../../__testUtils__/unbrokered';
import { AccountTab } from '../AccountTab';
import { BreakGlassRouter } from '../BreakGlassPage';

const backend = testBackend();
const list = () =>
  renderPlugin(<BreakGlassRouter />, { path: '/break-glass/unbrokered' });
const page = () =>
  renderPlugin(<BreakGlassRouter />, {
    path: `/break-glass/unbrokered/${USE_ID}`,
  });

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

describe('the page of an unbrokered use', () => {
  beforeEach(() => {
    backend.on('getUnbrokered', unbrokeredDetail());
    backend.on('listUnbrokeredActivity', { items: [], total: 0 });
  });

  it('shows the facts, what was done, and that it is no session of the lease whose name it carries', async () => {
    backend.on(
      'getUnbrokered',
      unbrokeredDetail({
        leaseId: LEASE_ID,
        sessionName: `mary@${LEASE_ID}`,
        sourceIp: '203.0.113.9',
      }),
    );
    backend.on('listUnbrokeredActivity', {
      items: [event('a', 3, { sensitive: [{ rule: 'x', why: 'Opens it' }] })],
      total: 1,
    });
    await page();
    const facts = await screen.findByRole('region', { name: 'Details' });
    for (const text of [
      'arn:aws:iam::111122223333:user/sealed-1',
      `mary@${LEASE_ID}`,
      '203.0.113.9',
      'It is not a session of that lease',
    ]) {
      expect(facts).toHaveTextContent(text);
    }
    expect(
      within(facts).getByRole('link', { name: 'Open that lease' }),
    ).toHaveAttribute('href', `/break-glass/leases/${LEASE_ID}`);
    expect(
      screen.getByText(
        'The sealed user sealed-1 assumed Break-glass admin without a lease.',
      ),
    ).toBeInTheDocument();
    const row = await screen.findByTestId('timeline-event');
    await userEvent.click(within(row).getByRole('button'));
    expect(within(row).getByText(/Opens it/)).toBeInTheDocument();
    expect(backend.seen('getActivityRecord')).toHaveLength(0);
  });

  it('names who has to explain it', async () => {
    backend.on('assignUnbrokered', unbrokeredDetail({ owner: alice }));
    await page();
    await userEvent.click(
      await screen.findByRole('button', {
        name: 'Name who has to explain it',
      }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    await userEvent.click(dialog.getByRole('textbox'));
    await userEvent.click(
      await screen.findByRole('option', { name: 'Alice Moreau' }),
    );
    await userEvent.click(dialog.getByRole('button', { name: 'Name them' }));
    await waitFor(() =>
      expect(backend.seen('assignUnbrokered')[0]?.body).toEqual({
        owner: alice.ref,
      }),
    );
  });

  it('takes the explanation, with a ticket', async () => {
    const justification = {
      by: daniel,
      at: afterNoon(60),
      text: 'The portal was down',
      ticket: 'SUP-9',
    };
    backend.on('justifyUnbrokered', unbrokeredDetail({ justification }));
    await page();
    const send = await screen.findByRole('button', {
      name: 'Send the explanation',
    });
    expect(send).toBeDisabled();
    await userEvent.type(
      screen.getByRole('textbox', { name: /What happened/ }),
      'The portal was down',
    );
    await userEvent.type(
      screen.getByRole('textbox', { name: 'Ticket (optional)' }),
      'SUP-9',
    );
    backend.on(
      'getUnbrokered',
      unbrokeredDetail({ state: 'justified', justification }),
    );
    await userEvent.click(send);
    expect(await screen.findByText('The portal was down')).toBeInTheDocument();
    expect(backend.seen('justifyUnbrokered')[0].body).toEqual({
      text: 'The portal was down',
      ticket: 'SUP-9',
    });
  });

  it('accepts only with the whole checklist, on the version that was on the page', async () => {
    backend.on('reviewUnbrokered', unbrokeredDetail({ state: 'accepted' }));
    await page();
    const comment = await screen.findByRole('textbox', { name: /^Comment/ });
    fireEvent.change(comment, { target: { value: 'Explained' } });
    const accept = screen.getByRole('button', { name: 'Accept' });
    for (const box of screen.getAllByRole('checkbox')) {
      expect(accept).toBeDisabled();
      expect(accept).toHaveAccessibleDescription(
        'Accepting takes the whole checklist',
      );
      await userEvent.click(box);
    }
    await userEvent.click(accept);
    await waitFor(() =>
      expect(backend.seen('reviewUnbrokered')[0]?.body).toEqual({
        verdict: 'accepted',
        comment: 'Explained',
        checklist: {
          credentialsRotated: true,
          accessRevoked: true,
          lessonsLearned: true,
        },
        followUps: [],
        version: 3,
      }),
    );
  });

  it('flags without the checklist, and shows a refusal', async () => {
    backend.on(
      'reviewUnbrokered',
      new Refusal(409, 'conflict', 'It was changed meanwhile'),
    );
    await page();
    await userEvent.click(await screen.findByRole('radio', { name: /^Flag/ }));
    fireEvent.change(screen.getByRole('textbox', { name: /^Comment/ }), {
      target: { value: 'Not explained' },
    });
    await userEvent.click(
      screen.getByRole('button', { name: 'Flag for follow-up' }),
    );
    expect(
      await screen.findByText('It was changed meanwhile'),
    ).toBeInTheDocument();
  });

  it('I8: says beside each thing why somebody may not do it', async () => {
    backend.on('getUnbrokered', unbrokeredDetail({ actions: noUseActions }));
    await page();
    for (const name of ['Name who has to explain it', 'Send the explanation']) {
      expect(await screen.findByRole('button', { name })).toBeDisabled();
    }
    for (const text of [
      'Only responders name who explains a use',
      'Only Daniel Weiss explains this use',
      'You are the person in the event',
    ]) {
      expect(screen.getByText(text)).toBeInTheDocument();
    }
    expect(screen.queryByRole('button', { name: 'Accept' })).toBeNull();
  });

  it('shows verdicts that were given, and what remains of them', async () => {
    const review = {
      id: '01K6FJ00000000000000000042',
      by: 'user:default/rita',
      verdict: 'flagged' as const,
      comment: 'Rotate it',
      checklist: {
        credentialsRotated: false,
        accessRevoked: true,
        lessonsLearned: true,
      },
      followUps: [{ title: 'Rotate the secret' }],
      at: afterNoon(90),
    };
    backend.on(
      'getUnbrokered',
      unbrokeredDetail({ state: 'flagged', reviews: [review] }),
    );
    backend.on('listFollowUps', {
      items: [followUp({ leaseId: undefined, unbrokeredId: USE_ID })],
    });
    await page();
    expect(await screen.findByText('Rotate it')).toBeInTheDocument();
    expect(await screen.findByText('Rotate the secret')).toBeInTheDocument();
    expect(backend.seen('listFollowUps')[0].query.unbrokeredId).toBe(USE_ID);
  });

  it('shows a use that is not there as an error with the message of the server', async () => {
    backend.on(
      'getUnbrokered',
      new Refusal(404, 'lease-unknown', 'There is no such use'),
    );
    await page();
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'There is no such use',
    );
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

import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { me } from '../../__testUtils__/accounts';
import { alice, daniel, LEASE_ID, afterNoon } from '../../__testUtils__/leases';
import { renderPlugin } from '../../__testUtils__/render';
import { Refusal, testBackend } from '../../__testUtils__/server';
import { event } from '../../__testUtils__/timeline';
import {
  followUp,
  noUseActions,
  unbrokeredDetail,
  USE_ID,
} from '../../__testUtils__/unbrokered';
import { BreakGlassRouter } from '../BreakGlassPage';

const backend = testBackend();
const page = () =>
  renderPlugin(<BreakGlassRouter />, {
    path: `/break-glass/unbrokered/${USE_ID}`,
  });

beforeEach(() => backend.on('me', me()));

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

  it('flags without the checklist, but not without something to do', async () => {
    await page();
    await userEvent.click(await screen.findByRole('radio', { name: /^Flag/ }));
    fireEvent.change(screen.getByRole('textbox', { name: /^Comment/ }), {
      target: { value: 'Not explained' },
    });
    expect(
      screen.getByRole('button', { name: 'Flag for follow-up' }),
    ).toBeDisabled();
    expect(
      screen.getByText('Add a follow-up: who has to do what, until when'),
    ).toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', { name: 'Add a follow-up' }),
    );
    fireEvent.change(
      screen.getByRole('textbox', { name: /What remains to be done/ }),
      { target: { value: 'Seal the user again' } },
    );
    expect(
      screen.getByText(
        'Say of each follow-up who has to do it, and until when',
      ),
    ).toBeInTheDocument();
  });

  it('shows a refusal', async () => {
    backend.on(
      'reviewUnbrokered',
      new Refusal(409, 'conflict', 'It was changed meanwhile'),
    );
    await page();
    for (const box of await screen.findAllByRole('checkbox')) {
      await userEvent.click(box);
    }
    fireEvent.change(screen.getByRole('textbox', { name: /^Comment/ }), {
      target: { value: 'Explained' },
    });
    await userEvent.click(screen.getByRole('button', { name: 'Accept' }));
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

import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { me } from '../../__testUtils__/accounts';
import { afterNoon, daniel, LEASE_ID, no } from '../../__testUtils__/leases';
import { renderPlugin } from '../../__testUtils__/render';
import { Refusal, testBackend } from '../../__testUtils__/server';
import { followUp, USE_ID } from '../../__testUtils__/unbrokered';
import { BreakGlassRouter } from '../BreakGlassPage';

const backend = testBackend();
const show = () =>
  renderPlugin(<BreakGlassRouter />, { path: '/break-glass/follow-ups' });
const rows = async () =>
  within(
    await screen.findByRole('list', { name: 'What remains to be done' }),
  ).getAllByRole('listitem');

describe('FollowUps', () => {
  beforeEach(() => backend.on('me', me()));

  it('shows what, by whom, until when, and leads to where it came from', async () => {
    backend.on('listFollowUps', {
      items: [
        followUp({ overdue: true }),
        followUp({
          id: '01K6FJ00000000000000000051',
          title: 'Seal the user again',
          leaseId: undefined,
          unbrokeredId: USE_ID,
        }),
      ],
    });
    await show();
    const [ofLease, ofUse] = await rows();
    expect(ofLease).toHaveTextContent(/Rotate the secret.*Overdue.*due/);
    expect(ofUse).not.toHaveTextContent('Overdue');
    expect(
      within(ofLease).getByRole('link', { name: 'Lease on payroll' }),
    ).toHaveAttribute('href', `/break-glass/leases/${LEASE_ID}`);
    expect(
      within(ofUse).getByRole('link', { name: 'Unbrokered use of payroll' }),
    ).toHaveAttribute('href', `/break-glass/unbrokered/${USE_ID}`);
  });

  it('asks the backend for one’s own that are open, and for others', async () => {
    backend.on('listFollowUps', { items: [] });
    await show();
    expect(
      await screen.findByText('Nothing remains to be done'),
    ).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'All' }));
    await userEvent.click(screen.getByRole('button', { name: 'Overdue' }));
    expect(await screen.findByText('Nothing is overdue')).toBeInTheDocument();
    expect(backend.seen('listFollowUps').map(call => call.query)).toEqual([
      { view: 'mine', state: 'open' },
      { view: 'all', state: 'open' },
      { view: 'all', state: 'overdue' },
    ]);
  });

  it('is done with a comment', async () => {
    backend.on('listFollowUps', { items: [followUp()] });
    backend.on('finishFollowUp', followUp());
    await show();
    await userEvent.click(
      await screen.findByRole('button', { name: 'Done: Rotate the secret' }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    const done = dialog.getByRole('button', { name: 'Done' });
    expect(done).toBeDisabled();
    await userEvent.type(dialog.getByRole('textbox'), 'Rotated by hand');
    backend.on('listFollowUps', { items: [] });
    await userEvent.click(done);
    expect(
      await screen.findByText('Nothing remains to be done'),
    ).toBeInTheDocument();
    expect(backend.seen('finishFollowUp')[0].body).toEqual({
      comment: 'Rotated by hand',
    });
  });

  it('says why somebody cannot finish one, and how one was done', async () => {
    backend.on('listFollowUps', {
      items: [
        followUp({ canFinish: no('Only its owner says that it is done') }),
        followUp({
          id: '01K6FJ00000000000000000052',
          done: { by: daniel.ref, at: afterNoon(30), comment: 'By rotation' },
        }),
      ],
    });
    await show();
    const [blocked, done] = await rows();
    expect(within(blocked).getByRole('button')).toBeDisabled();
    expect(blocked).toHaveTextContent('Only its owner says that it is done');
    expect(done).toHaveTextContent('By rotation');
    expect(within(done).queryByRole('button')).toBeNull();
  });

  it('says why the list could not be loaded, and tries again', async () => {
    backend.on('listFollowUps', new Refusal(503, 'conflict', 'Too busy'));
    await show();
    expect(await screen.findByText('Too busy')).toBeInTheDocument();
    backend.on('listFollowUps', { items: [followUp()] });
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(async () => expect(await rows()).toHaveLength(1));
  });
});

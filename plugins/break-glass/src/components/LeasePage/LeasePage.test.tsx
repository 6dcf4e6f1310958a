import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { me } from '../../__testUtils__/accounts';
import {
  activeLease,
  afterNoon,
  daniel,
  LEASE_ID,
  leaseDetail,
  no,
  nothing,
  SCOPE_HASH,
  step,
  yes,
} from '../../__testUtils__/leases';
import { renderPlugin } from '../../__testUtils__/render';
import { Refusal, testBackend } from '../../__testUtils__/server';
import { timeline } from '../../__testUtils__/timeline';
import { BreakGlassRouter } from '../BreakGlassPage';

const backend = testBackend();
const show = () =>
  renderPlugin(<BreakGlassRouter />, {
    path: `/break-glass/leases/${LEASE_ID}`,
  });
const forApprover = { ...nothing, decide: yes, approve: yes };
const approval = {
  id: '01K6FJ00000000000000000002',
  step: 'peer',
  by: daniel.ref,
  verdict: 'approve' as const,
  at: afterNoon(5),
};

describe('the page of an emergency', () => {
  it('I1: says in words that nobody approved it, and shows no steps as done or missing', async () => {
    backend.on('me', me());
    backend.on('getTimeline', timeline([]));
    backend.on(
      'getLease',
      activeLease({ approvalKind: 'emergency', decisions: [] }),
    );
    await show();
    expect(await screen.findByText('Emergency')).toBeVisible();
    expect(screen.getByText(/nobody approved it beforehand/)).toBeVisible();
    expect(screen.queryByText(/One other member of/)).toBeNull();
  });
});

describe('more time', () => {
  const extension = {
    id: '01K6FJ00000000000000000009',
    status: 'pending' as const,
    reason: 'The restore takes longer',
    minutes: 60,
    durationMinutes: 180,
    requestedAt: afterNoon(10),
    approvalsMissing: 1,
    decisions: [],
    decide: yes,
  };
  beforeEach(() => {
    backend.on('me', me());
    backend.on('getTimeline', timeline([]));
  });

  it('is asked for with a reason, within what is left', async () => {
    backend.on(
      'getLease',
      activeLease({
        extendable: 90,
        actions: { ...nothing, end: yes, extend: yes },
      }),
    );
    backend.on('requestExtension', activeLease());
    await show();
    await userEvent.click(
      await screen.findByRole('button', { name: 'Ask for more time' }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    expect(dialog.queryByRole('button', { name: '2 h' })).toBeNull();
    await userEvent.click(dialog.getByRole('button', { name: '1 h' }));
    const send = dialog.getByRole('button', { name: 'Send' });
    expect(send).toBeDisabled();
    await userEvent.type(
      dialog.getByRole('textbox', { name: /^Comment/ }),
      extension.reason,
    );
    await userEvent.click(send);
    await waitFor(() =>
      expect(backend.seen('requestExtension')[0]?.body).toEqual({
        minutes: 60,
        reason: extension.reason,
      }),
    );
  });

  it('I2: is approved with the term that was shown', async () => {
    const lease = activeLease({ extensions: [extension] });
    backend.on('getLease', lease);
    backend.on('decideExtension', lease);
    await show();
    expect(await screen.findByText(/1 h more, 3 h altogether/)).toBeVisible();
    expect(screen.getByText(extension.reason)).toBeVisible();
    await userEvent.click(
      screen.getByRole('button', { name: 'Approve more time' }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    await userEvent.click(dialog.getByRole('button', { name: 'Approve' }));
    await waitFor(() =>
      expect(backend.seen('decideExtension')[0]?.body).toMatchObject({
        verdict: 'approve',
        scopeHash: SCOPE_HASH,
        term: { durationMinutes: 180 },
      }),
    );
  });
});

describe('the page of a pending lease', () => {
  beforeEach(() => backend.on('me', me()));

  it('shows who, for whom, account, profile in words, duration, reason, ticket and steps', async () => {
    backend.on('getLease', leaseDetail({ actions: forApprover }));
    await show();
    expect(
      await screen.findByText('Alice locked herself out of payroll-reports'),
    ).toBeInTheDocument();
    for (const text of [
      'Mary Novak',
      'Alice Moreau',
      '111122223333',
      'S3, KMS and IAM',
      'Amazon S3',
      '2 h',
      'SUP-1234',
      'One other member of cloud-admins',
    ]) {
      expect(
        screen.getAllByText(text, { exact: false })[0],
      ).toBeInTheDocument();
    }
    await userEvent.click(
      screen.getByRole('button', { name: 'Show policy as JSON' }),
    );
    expect(screen.getByText(/"Effect": "Allow"/)).toBeInTheDocument();
  });

  it('tells an approver what to weigh about themselves', async () => {
    const message = 'Mary Novak reports to you.';
    backend.on(
      'getLease',
      leaseDetail({
        actions: forApprover,
        hints: [{ code: 'reporting-line', message }],
      }),
    );
    await show();
    expect(await screen.findByText(message)).toBeVisible();
    expect(screen.getByRole('button', { name: 'Approve' })).toBeEnabled();
  });

  it('says beforehand why it can only be rejected', async () => {
    const message = 'Break glass now allows at most 30 minutes';
    backend.on(
      'getLease',
      leaseDetail({
        actions: { ...forApprover, approve: no(message, 'duration-limit') },
      }),
    );
    await show();
    expect(await screen.findByText(message)).toBeVisible();
    expect(screen.getByRole('button', { name: 'Approve' })).toBeDisabled();
    expect(screen.getByText('Keyboard: r to reject')).toBeInTheDocument();
    await userEvent.keyboard('a');
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(screen.getByRole('button', { name: 'Reject' })).toBeEnabled();
    await userEvent.keyboard('r');
    expect(await screen.findByRole('dialog')).toBeVisible();
  });

  it('I2: sends the scope and term that were on the page with the decision', async () => {
    backend.on('getLease', leaseDetail({ actions: forApprover }));
    backend.on('decideLease', activeLease());
    await show();
    await userEvent.click(
      await screen.findByRole('button', { name: 'Approve' }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    await userEvent.type(dialog.getByLabelText('Comment (optional)'), 'go on');
    backend.on('getLease', activeLease({ decisions: [approval] }));
    backend.on('getTimeline', timeline([]));
    await userEvent.click(dialog.getByRole('button', { name: 'Approve' }));
    await waitFor(() => expect(backend.seen('decideLease')).toHaveLength(1));
    expect(backend.seen('decideLease')[0].body).toEqual({
      verdict: 'approve',
      comment: 'go on',
      scopeHash: SCOPE_HASH,
      term: { durationMinutes: 120 },
    });
    expect(await screen.findByText('Active')).toBeInTheDocument();
    expect(screen.queryByText('Decided meanwhile')).toBeNull();
  });

  it('I2: a term that changes while the question is open is not what is sent', async () => {
    backend.on('getLease', leaseDetail({ actions: forApprover }));
    backend.on('decideLease', new Refusal(409, 'stale-scope', 'Read it again'));
    const { signal } = await show();
    await userEvent.click(
      await screen.findByRole('button', { name: 'Approve' }),
    );
    backend.on(
      'getLease',
      leaseDetail({ actions: forApprover, term: { durationMinutes: 240 } }),
    );
    signal(LEASE_ID);
    await waitFor(() =>
      expect(screen.getByText('4 h', { exact: false })).toBeInTheDocument(),
    );
    const dialog = within(screen.getByRole('dialog'));
    expect(dialog.getByText(/for 2 h/)).toBeInTheDocument();
    await userEvent.click(dialog.getByRole('button', { name: 'Approve' }));
    expect(await screen.findByText('Read it again')).toBeInTheDocument();
    expect(backend.seen('decideLease')[0].body.term).toEqual({
      durationMinutes: 120,
    });
  });

  it.each([
    ['a', 'Approve this request?'],
    ['r', 'Reject this request?'],
  ])('asks on the key %s, and decides nothing by it', async (key, title) => {
    backend.on('getLease', leaseDetail({ actions: forApprover }));
    await show();
    await screen.findByRole('button', { name: 'Approve' });
    await userEvent.keyboard(key);
    expect(
      await screen.findByRole('dialog', { name: title }),
    ).toBeInTheDocument();
    expect(backend.seen('decideLease')).toHaveLength(0);
  });

  it('says to those who may not decide why not, and gives them no key', async () => {
    backend.on('getLease', leaseDetail());
    await show();
    expect(
      await screen.findByText('You asked for this lease yourself'),
    ).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Approve' })).toBeNull();
    await userEvent.keyboard('a');
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('pitfall 1: says by whom it was decided meanwhile', async () => {
    backend.on('getLease', leaseDetail({ actions: forApprover }));
    const { signal } = await show();
    await screen.findByRole('button', { name: 'Approve' });
    backend.on('getTimeline', timeline([]));
    backend.on('getLease', activeLease({ decisions: [approval] }));
    signal(LEASE_ID);
    const alert = await screen.findByText('Decided meanwhile');
    expect(alert.parentElement).toHaveTextContent(/daniel\s+approved/i);
    expect(screen.queryByRole('button', { name: 'Approve' })).toBeNull();
  });

  it('asks for the step when a person fits two', async () => {
    const two = [step, { ...step, id: 'owner', title: 'Account owner' }];
    backend.on('getLease', leaseDetail({ actions: forApprover, steps: two }));
    backend.on('decideLease', ({ body }) =>
      body.step
        ? leaseDetail({ actions: forApprover })
        : new Refusal(400, 'step-required', 'You fit two steps'),
    );
    await show();
    await userEvent.click(
      await screen.findByRole('button', { name: 'Approve' }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    const approve = dialog.getByRole('button', { name: 'Approve' });
    await userEvent.click(approve);
    expect(await dialog.findByText('You fit two steps')).toBeInTheDocument();
    expect(approve).toBeDisabled();
    await userEvent.click(dialog.getByRole('button', { name: /Step/ }));
    await userEvent.click(
      await screen.findByRole('option', { name: 'Account owner' }),
    );
    await userEvent.click(approve);
    await waitFor(() =>
      expect(backend.seen('decideLease').pop()?.body.step).toBe('owner'),
    );
  });

  it('shows a lease that is not there as an error with the message of the server', async () => {
    backend.on(
      'getLease',
      new Refusal(404, 'lease-unknown', 'There is no such lease'),
    );
    await show();
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'There is no such lease',
    );
  });
});

describe('the page of an active lease', () => {
  beforeEach(() => {
    backend.on('me', me());
    backend.on('getTimeline', timeline([]));
  });

  it('gives the requester console, credentials and a way to end it', async () => {
    const actions = { ...nothing, issue: yes, end: yes };
    backend.on('getLease', activeLease({ actions }));
    await show();
    for (const name of ['Open console', 'Get credentials', "I'm done"]) {
      expect(await screen.findByRole('button', { name })).toBeEnabled();
    }
    expect(screen.getByRole('timer')).toHaveTextContent(
      /^(2:00:00|1:59:\d\d)$/,
    );
  });

  it('I4: can be ended where nothing can be issued, and says why nothing can', async () => {
    const issue = {
      allowed: false,
      reasons: [{ code: 'scope-drift', message: 'The role was changed' }],
    };
    backend.on(
      'getLease',
      activeLease({ actions: { ...nothing, issue, end: yes } }),
    );
    await show();
    expect(await screen.findByText('The role was changed')).toBeInTheDocument();
    expect(screen.getByRole('button', { name: "I'm done" })).toBeEnabled();
    expect(screen.queryByRole('button', { name: 'Open console' })).toBeNull();
  });

  it('lets a responder revoke it, with a comment', async () => {
    backend.on(
      'getLease',
      activeLease({ actions: { ...nothing, revoke: yes } }),
    );
    backend.on('revokeLease', activeLease({ status: 'revoked' }));
    await show();
    await userEvent.click(
      await screen.findByRole('button', { name: 'Revoke' }),
    );
    await userEvent.type(
      await screen.findByLabelText('Comment (optional)'),
      'stolen laptop',
    );
    await userEvent.click(screen.getByRole('button', { name: 'Revoke lease' }));
    await waitFor(() =>
      expect(backend.seen('revokeLease')[0]?.body).toEqual({
        comment: 'stolen laptop',
      }),
    );
  });

  it('gives others no controls', async () => {
    backend.on('getLease', activeLease());
    await show();
    await screen.findByText('What was done');
    expect(screen.queryByRole('button', { name: "I'm done" })).toBeNull();
    expect(screen.queryByRole('button', { name: 'Revoke' })).toBeNull();
  });

  it.each([
    ['emergency' as const, 'Emergency'],
    ['automatic' as const, 'Automatic approval'],
  ])('I1: labels %s leases', async (approvalKind, label) => {
    backend.on('getLease', activeLease({ approvalKind }));
    await show();
    expect(await screen.findByText(label)).toBeInTheDocument();
  });
});

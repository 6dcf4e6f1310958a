import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { account, leaseRole, preview } from '../../__testUtils__/accounts';
import { leaseDetail, no } from '../../__testUtils__/leases';
import { renderPlugin } from '../../__testUtils__/render';
import { Refusal, testBackend } from '../../__testUtils__/server';
import { draftKey, draftStore } from './draftStore';
import { RequestDialog } from './RequestDialog';

const backend = testBackend();
const payroll = account();
const role = leaseRole();

const show = (onRequested = jest.fn(), of = role) =>
  renderPlugin(
    <RequestDialog
      account={payroll}
      role={of}
      onClose={() => {}}
      onRequested={onRequested}
    />,
  );
const send = () => screen.getByRole('button', { name: 'Send request' });
const reason = () => screen.getByRole('textbox', { name: /^Reason/ });
const ticket = () => screen.getByRole('textbox', { name: /^Ticket/ });

const type = (field: HTMLElement, value: string) =>
  fireEvent.change(field, { target: { value } });

async function fillIn() {
  type(reason(), 'Alice is locked out');
  type(ticket(), 'SUP-1234');
  fireEvent.blur(ticket());
  await userEvent.click(screen.getByRole('button', { name: '2 h' }));
}

describe('RequestDialog', () => {
  beforeEach(() => backend.on('previewLease', preview()));
  afterEach(() => draftStore.delete(draftKey(payroll.ref, role.id)));

  it('shows the policy in words, when it would end and who can approve before anything is sent', async () => {
    await show();
    const beside = within(
      screen.getByRole('region', { name: 'What you are asking for' }),
    );
    expect(await beside.findByText(/Can approve: Daniel Weiss/)).toBeVisible();
    expect(beside.getByText('Amazon S3')).toBeVisible();
    expect(beside.getByText(/would end/)).toBeVisible();
    await userEvent.click(
      beside.getByRole('button', { name: 'Show policy as JSON' }),
    );
    expect(beside.getByText(/"2012-10-17"/)).toBeVisible();
    expect(backend.seen('requestLease')).toHaveLength(0);
  });

  it('does not read as "no approval needed" where the profile does not resolve', async () => {
    backend.on(
      'previewLease',
      preview({
        steps: [],
        policy: { services: [], document: {}, size: 0, limit: 2048 },
        problems: [
          {
            field: 'profileParameters.',
            code: 'profile-parameter',
            message: 'The bucket must hold no wildcard',
          },
        ],
      }),
    );
    await show();
    expect(
      await screen.findByText('The bucket must hold no wildcard'),
    ).toBeVisible();
    expect(
      screen.getByText(/Solve what is marked in red to see/),
    ).toBeVisible();
    expect(screen.queryByText('No approval is needed.')).toBeNull();
  });

  it('says "all resources" only where every action reaches them', async () => {
    const { policy } = preview();
    const [service] = policy.services;
    const bucket = 'arn:aws:s3:::payroll-reports';
    backend.on(
      'previewLease',
      preview({
        policy: {
          ...policy,
          services: [
            service,
            { ...service, service: 'x', resources: ['*', bucket] },
          ],
        },
      }),
    );
    await show();
    expect(
      await screen.findByText('on all resources of the account'),
    ).toBeVisible();
    expect(
      screen.getByText(
        `on ${bucket}; actions that cannot be limited, on all resources`,
      ),
    ).toBeVisible();
  });

  it('names what is missing at the disabled button', async () => {
    await show();
    expect(send()).toBeDisabled();
    expect(
      screen.getByText('Still missing: Reason, Ticket'),
    ).toBeInTheDocument();
  });

  it('sends what was filled in, with a key that makes repeating harmless', async () => {
    backend.on('requestLease', leaseDetail());
    const onRequested = jest.fn();
    await show(onRequested);
    await fillIn();
    await waitFor(() => expect(send()).toBeEnabled());
    await userEvent.click(send());
    await waitFor(() => expect(onRequested).toHaveBeenCalled());
    const [call] = backend.seen('requestLease');
    expect(call.body).toEqual({
      accountRef: 'resource:default/payroll',
      roleId: 'break-glass',
      profileId: 's3-kms-iam',
      profileParameters: {},
      reason: 'Alice is locked out',
      ticket: 'SUP-1234',
      durationMinutes: 120,
    });
    expect(call.headers.get('Idempotency-Key')).toMatch(/^[0-9a-f]{32}$/);
    expect(draftStore.get(draftKey(payroll.ref, role.id))).toBeUndefined();
  });

  it('keeps the key when the same request is sent again after an error', async () => {
    backend.on(
      'requestLease',
      new Refusal(503, 'aws-unavailable', 'The database is away'),
    );
    await show();
    await fillIn();
    await waitFor(() => expect(send()).toBeEnabled());
    await userEvent.click(send());
    expect(await screen.findByText('The database is away')).toBeInTheDocument();
    await userEvent.click(send());
    await waitFor(() => expect(backend.seen('requestLease')).toHaveLength(2));
    const keys = backend
      .seen('requestLease')
      .map(call => call.headers.get('Idempotency-Key'));
    expect(keys[0]).toBe(keys[1]);
  });

  it('shows a problem of the preview at its field and does not send', async () => {
    backend.on('previewLease', ({ body }) =>
      preview({
        problems: body.ticket
          ? [
              {
                field: 'ticket',
                code: 'ticket-invalid',
                message: 'SUP-1234 is closed',
              },
            ]
          : [],
      }),
    );
    await show();
    await fillIn();
    await waitFor(() =>
      expect(ticket()).toHaveAccessibleDescription('SUP-1234 is closed'),
    );
    expect(ticket()).toBeInvalid();
    await waitFor(() =>
      expect(
        screen.getByText('Solve what is marked in red first'),
      ).toBeInTheDocument(),
    );
    expect(send()).toBeDisabled();
  });

  it('shows a problem that belongs to no field, and warnings, beside the form', async () => {
    backend.on(
      'previewLease',
      preview({
        problems: [
          { field: 'steps', code: 'nobody-can-approve', message: 'Nobody can' },
        ],
        warnings: [{ code: 'kill-none', message: 'Cannot be killed early' }],
      }),
    );
    await show();
    expect(await screen.findByText('Nobody can')).toBeInTheDocument();
    expect(screen.getByText('Cannot be killed early')).toBeInTheDocument();
  });

  it('does not send for somebody who is not eligible', async () => {
    backend.on(
      'previewLease',
      preview({ eligible: no('You are not a member') }),
    );
    await show();
    await fillIn();
    expect(await screen.findByText('You are not a member')).toBeInTheDocument();
    expect(send()).toBeDisabled();
  });

  it('keeps the draft when the dialog closes', async () => {
    const { unmount } = await show();
    type(reason(), 'half a reason');
    unmount();
    await show();
    expect(reason()).toHaveValue('half a reason');
    expect(sessionStorage).toHaveLength(0);
  });

  it('finds the beneficiary in the catalog', async () => {
    await show();
    const input = screen.getByLabelText(/On behalf of/, { selector: 'input' });
    fireEvent.focus(input);
    type(input, 'Ali');
    await userEvent.click(await screen.findByText('Alice Moreau'));
    await waitFor(() =>
      expect(backend.seen('previewLease').pop()?.body.beneficiary).toBe(
        'user:default/alice',
      ),
    );
  });

  it('asks for the parameters that a profile declares', async () => {
    const [profile] = role.profiles;
    const bucket = {
      name: 'bucket',
      title: 'Bucket',
      pattern: '^[a-z-]+$',
      maxLength: 63,
      required: true,
    };
    await show(
      jest.fn(),
      leaseRole({ profiles: [{ ...profile, parameters: [bucket] }] }),
    );
    await fillIn();
    expect(screen.getByText('Still missing: Bucket')).toBeInTheDocument();
    type(screen.getByRole('textbox', { name: /^Bucket/ }), 'payroll-reports');
    await waitFor(() =>
      expect(
        backend.seen('previewLease').pop()?.body.profileParameters,
      ).toEqual({ bucket: 'payroll-reports' }),
    );
  });

  it('pitfall 15: does not send a duration that is no whole number of minutes', async () => {
    await show();
    await fillIn();
    type(screen.getByRole('textbox', { name: 'Minutes' }), '1.5');
    expect(screen.getByText('Still missing: Duration')).toBeInTheDocument();
    expect(send()).toBeDisabled();
  });

  describe('an emergency', () => {
    const urgent = leaseRole({
      approvalPolicies: [
        {
          ...role.approvalPolicies[0],
          emergency: { maxDurationMinutes: 30, reviewMinutes: 1_440 },
        },
      ],
    });
    const choose = () =>
      userEvent.click(
        screen.getByRole('checkbox', { name: /This is an emergency/ }),
      );

    it('is not offered where the policy has none', async () => {
      await show();
      expect(screen.queryByRole('checkbox')).toBeNull();
    });

    it('says what it means, is short, begins now and takes the account’s title', async () => {
      const onRequested = jest.fn();
      backend.on('requestLease', leaseDetail());
      await show(onRequested, urgent);
      await fillIn();
      await choose();
      expect(
        screen.getByText(/at once, for at most 30 min.*reviewed within 24 h/),
      ).toBeVisible();
      expect(screen.queryByText('Start')).toBeNull();
      expect(screen.queryByRole('button', { name: '2 h' })).toBeNull();
      expect(screen.getByText(/Nobody, before you have it/)).toBeVisible();
      const activate = screen.getByRole('button', { name: 'Activate now' });
      expect(activate).toBeDisabled();
      type(
        screen.getByRole('textbox', { name: /^Type .* to confirm/ }),
        payroll.title,
      );
      await waitFor(() => expect(activate).toBeEnabled());
      await userEvent.click(activate);
      await waitFor(() => expect(onRequested).toHaveBeenCalled());
      expect(backend.seen('requestLease')[0].body).toMatchObject({
        durationMinutes: 30,
        emergency: { confirmation: payroll.title },
      });
    });
  });
});

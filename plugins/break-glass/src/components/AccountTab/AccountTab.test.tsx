import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { AccountRole } from 'backstage-plugin-break-glass-common';
import { account, leaseRole, standingRole } from '../../__testUtils__/accounts';
import {
  afterNoon,
  LEASE_ID,
  leaseDetail,
  leaseSummary,
  no,
  NOON,
} from '../../__testUtils__/leases';
import { renderOnAccount } from '../../__testUtils__/render';
import { Refusal, testBackend } from '../../__testUtils__/server';
import { AccountTab, inOrderOfUse } from './AccountTab';

const backend = testBackend();

const open = {
  id: LEASE_ID,
  status: 'pending' as const,
  profileId: 's3-kms-iam',
  profileTitle: 'S3, KMS and IAM',
  requestedAt: NOON,
  lapsesAt: afterNoon(480),
  approvalsMissing: 1,
};

describe('AccountTab', () => {
  beforeEach(() => backend.on('listLeases', { items: [] }));

  it('shows account, roles and an empty history', async () => {
    backend.on('getAccount', account());
    await renderOnAccount(<AccountTab />);
    expect(await screen.findByText('111122223333')).toBeInTheDocument();
    expect(screen.getByText('Break-glass admin')).toBeInTheDocument();
    expect(screen.getByText('Read only')).toBeInTheDocument();
    expect(
      await screen.findByText('Nobody has broken the glass here'),
    ).toBeInTheDocument();
    expect(backend.seen('getAccount')[0].params).toEqual({
      kind: 'resource',
      namespace: 'default',
      name: 'payroll',
    });
  });

  it('says that there is no active lease, and offers to request one', async () => {
    backend.on('getAccount', account());
    await renderOnAccount(<AccountTab />);
    expect(
      await screen.findByText(/You have no active lease/),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: 'Request access' }),
    ).toBeEnabled();
  });

  it('says before anybody asks that nobody can approve, or that nothing is approved', async () => {
    const [policy] = leaseRole().approvalPolicies;
    const nobody = {
      code: 'nobody-can-approve' as const,
      message: 'Nobody can approve the step Second admin for you.',
    };
    const unsafe = {
      code: 'policy-unsafe' as const,
      message: 'Mary (two entities) could approve it alone.',
    };
    backend.on(
      'getAccount',
      account({
        roles: [
          leaseRole({ approvalPolicies: [{ ...policy, warning: nobody }] }),
          leaseRole({
            id: 'operator',
            approvalPolicies: [
              { ...policy, warning: unsafe },
              { ...policy, id: 'other', profileIds: ['read-all'] },
            ],
          }),
        ],
      }),
    );
    await renderOnAccount(<AccountTab />);

    const alerts = await screen.findAllByRole('alert');
    expect(alerts.map(({ textContent }) => textContent)).toEqual([
      nobody.message,
      `With S3, KMS and IAM: ${unsafe.message}`,
    ]);
  });

  it('names who is eligible once, where the reason says it already', async () => {
    const reason = 'Only members of cloud-admins may ask for this role.';
    backend.on(
      'getAccount',
      account({ roles: [leaseRole({ eligible: no(reason) })] }),
    );
    await renderOnAccount(<AccountTab />);
    expect(await screen.findByText(reason)).toBeInTheDocument();
    expect(screen.queryByText(/^Eligible:/)).toBeNull();
  });

  it('puts first what the viewer has, may ask for and may use', () => {
    const role = (id: string, part: Partial<AccountRole>) =>
      leaseRole({ id, ...part });
    const roles = [
      role('foreign', { eligible: no() }),
      role('standing', { access: 'standing' }),
      role('asked', { openLeases: [open], eligible: no() }),
      role('askable', {}),
    ];
    expect(inOrderOfUse(roles).map(({ id }) => id)).toEqual([
      'asked',
      'askable',
      'standing',
      'foreign',
    ]);
  });

  it('says why somebody is not eligible, who is, and where to ask', async () => {
    backend.on(
      'getAccount',
      account({
        roles: [
          leaseRole({
            eligible: no(
              'You are not a member of cloud-admins',
              'not-eligible',
            ),
          }),
        ],
      }),
    );
    await renderOnAccount(<AccountTab />);
    expect(
      await screen.findByText('You are not a member of cloud-admins'),
    ).toBeInTheDocument();
    expect(
      screen.getByText('Eligible: members of cloud-admins'),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: /Ask for help with a ticket/ }),
    ).toHaveAttribute('href', 'https://tickets.example.com/new');
    expect(screen.queryByRole('button', { name: 'Request access' })).toBeNull();
  });

  it('shows what an untrusted account lacks and who can fix it, and no buttons', async () => {
    backend.on(
      'getAccount',
      account({
        roles: [leaseRole(), standingRole()],
        problems: [
          {
            code: 'untrusted-origin',
            message: 'The entity comes from an origin that is not trusted',
            fix: 'Ask the platform team to move it',
          },
        ],
      }),
    );
    await renderOnAccount(<AccountTab />);
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Ask the platform team to move it',
    );
    for (const name of ['Request access', /Console/, /Credentials/]) {
      expect(screen.queryByRole('button', { name })).toBeNull();
    }
  });

  it('I4: a lease that is open already can be ended though the account has a problem', async () => {
    backend.on(
      'getAccount',
      account({
        roles: [
          leaseRole({
            openLeases: [
              {
                ...open,
                status: 'active',
                expiresAt: '2099-01-01T00:00:00.000Z',
              },
            ],
          }),
        ],
        problems: [{ code: 'duplicate-id', message: 'Two claim it', fix: 'x' }],
      }),
    );
    backend.on('endLease', leaseDetail({ status: 'ended' }));
    await renderOnAccount(<AccountTab />);
    await userEvent.click(
      await screen.findByRole('button', { name: "I'm done" }),
    );
    expect(screen.queryByRole('button', { name: 'Open console' })).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: 'End lease' }));
    await waitFor(() => expect(backend.seen('endLease')).toHaveLength(1));
    expect(backend.seen('endLease')[0].params.id).toBe(LEASE_ID);
  });

  it('shows what a pending request waits for, and takes it back', async () => {
    backend.on(
      'getAccount',
      account({ roles: [leaseRole({ openLeases: [open] })] }),
    );
    backend.on('cancelLease', leaseDetail({ status: 'cancelled' }));
    await renderOnAccount(<AccountTab />);
    expect(
      await screen.findByText(/Waiting for 1 more approval/),
    ).toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', { name: 'Cancel request' }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    await userEvent.click(
      dialog.getByRole('button', { name: 'Cancel request' }),
    );
    await waitFor(() => expect(backend.seen('cancelLease')).toHaveLength(1));
  });

  it('pitfall 28: shows a reason as text, whatever is in it', async () => {
    const reason = '<img src=x onerror=alert(1)> **bold** [x](javascript:1)';
    backend.on('getAccount', account());
    backend.on('listLeases', { items: [leaseSummary({ reason })] });
    const { container } = await renderOnAccount(<AccountTab />);
    expect(await screen.findByText(reason)).toBeInTheDocument();
    expect(container.querySelector('img[src="x"]')).toBeNull();
  });

  it('shows the message of the server, and tries again', async () => {
    backend.on(
      'getAccount',
      new Refusal(404, 'account-unknown', 'There is no account payroll'),
    );
    await renderOnAccount(<AccountTab />);
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'There is no account payroll',
    );
    backend.on('getAccount', account());
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('111122223333')).toBeInTheDocument();
  });

  it('asks again when a signal says that a lease changed, keeping what it shows', async () => {
    backend.on('getAccount', account());
    const { signal } = await renderOnAccount(<AccountTab />);
    await screen.findByText(/You have no active lease/);
    backend.on(
      'getAccount',
      account({ roles: [leaseRole({ openLeases: [open] })] }),
    );
    signal(LEASE_ID);
    expect(screen.getByText(/You have no active lease/)).toBeInTheDocument();
    expect(
      await screen.findByText(/Waiting for 1 more approval/),
    ).toBeInTheDocument();
  });
});

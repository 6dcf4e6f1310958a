import {
  aPendingLease,
  anActiveLease,
  AwsPortal,
  startAwsPortal,
} from '../aws/testing/AwsPortal';
import { TestContext } from '../aws/testing/TestContext';
import { EXIT } from '../exitCodes';
import { aLease, NOW, summaryOf } from '../testing/aLease';
import { stubSession } from '../testing/stubSession';
import { Terminal } from '../testing/Terminal';

jest.setTimeout(120_000);

const OTHER = 'https://other.example.com';

describe('a lease that is named by its account', () => {
  let portal: AwsPortal;
  let mary: TestContext;
  beforeEach(async () => {
    portal = await startAwsPortal();
    mary = new TestContext(portal);
  });
  afterEach(() => portal.stop());

  const statusOf = async (id: string) =>
    (await portal.as('mary', 'getLease', { params: { id } })).status;

  it.each([
    ['name', 'payroll'],
    ['title', 'Payroll'],
    ['12-digit id', '111122223333'],
    ['reference', 'resource:default/payroll'],
    ['reference without its kind', 'default/payroll'],
  ])('is ended by the %s of it, and no other', async (_, account) => {
    const { id } = await anActiveLease(portal);
    const elsewhere = await aPendingLease(portal, {
      accountRef: 'resource:default/payments',
    });

    const ran = await mary.run(['end', account]);

    expect(ran).toMatchObject({ exitCode: 0, stderr: '' });
    expect(ran.stdout).toContain(`Lease ${id} on Payroll is ended.`);
    expect(await statusOf(elsewhere.id)).toBe('pending');
  });

  it('is shown by status in the same way', async () => {
    const { id } = await anActiveLease(portal);

    const ran = await mary.run(['status', 'payroll', '--json']);

    expect(JSON.parse(ran.stdout)).toMatchObject({ id, status: 'active' });
  });

  it('is asked for where there are several, with the portal that was chosen', async () => {
    const first = await anActiveLease(portal);
    const second = await aPendingLease(portal, {
      profileId: 'unlock-bucket',
      profileParameters: { bucket: 'payroll-reports' },
    });

    for (const words of [['payroll'], []]) {
      const ran = await mary.run(['end', ...words, '--portal', OTHER]);
      expect(ran).toMatchObject({ exitCode: EXIT.usage, stdout: '' });
      expect(ran.stderr).toContain(`${first.id} (Payroll, `);
      expect(ran.stderr).toContain(`${second.id} (Payroll, `);
      expect(ran.stderr).toMatch(
        /Run: break-glass end LEASE --portal https:\/\/other.example.com\n$/,
      );
    }
    expect(await statusOf(first.id)).toBe('active');
    expect(await statusOf(second.id)).toBe('pending');
  });

  it('is not there: says which account has none, and what is no account', async () => {
    await anActiveLease(portal, {}, 'daniel', 'mary');

    const none = await mary.run(['end', 'payroll', '--portal', OTHER]);
    expect(none).toEqual({
      exitCode: EXIT.noLease,
      stdout: '',
      stderr: `break-glass: You have no lease on Payroll that is active or scheduled or pending. See: break-glass status --portal ${OTHER}\n`,
    });
    const nothing = await mary.run(['end', 'pay-roll']);
    expect(nothing).toMatchObject({ exitCode: EXIT.usage, stdout: '' });
    expect(nothing.stderr).toContain(
      '"pay-roll" is neither the id of a lease nor an account on which you have one. See: break-glass status',
    );
    const any = await mary.run(['end']);
    expect(any.exitCode).toBe(EXIT.noLease);
    expect(any.stderr).toMatch(/Run: break-glass request --portal/);
  });
});

it('I4: a lease is ended by its account where the catalog has that no more, or does not answer', async () => {
  const lease = aLease({ status: 'active' });
  const { session, sent } = stubSession({
    'GET /v1/leases': { items: [summaryOf(lease)] },
    [`POST /v1/leases/${lease.id}/end`]: { ...lease, status: 'ended' },
  });
  const terminal = new Terminal({ now: () => NOW, session });

  const ran = await terminal.run(['end', '111122223333']);
  terminal.remove();

  expect(ran).toMatchObject({ exitCode: 0, stderr: '' });
  expect(sent.map(({ path }) => path)).not.toContain('/v1/accounts');
});

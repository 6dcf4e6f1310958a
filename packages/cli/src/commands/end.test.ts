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
    ['12-digit id', ['111122223333']],
    ['reference', ['resource:default/payroll']],
    ['name, with --yes', ['payroll', '--yes']],
    ['title, with --yes', ['Payroll', '--yes']],
    ['reference without its kind, with --yes', ['default/payroll', '--yes']],
  ])('is ended by the %s of it, and no other', async (_, words) => {
    const { id } = await anActiveLease(portal);
    const elsewhere = await aPendingLease(portal, {
      accountRef: 'resource:default/payments',
    });

    const ran = await mary.run(['end', ...words]);

    expect(ran).toMatchObject({ exitCode: 0, stderr: '' });
    expect(ran.stdout).toContain(`Lease ${id} on Payroll is ended.`);
    expect(await statusOf(elsewhere.id)).toBe('pending');
  });

  it.each(['payroll', 'Payroll', 'default/payroll'])(
    'is not ended by %s where nobody can be asked: says by which id it is',
    async account => {
      const { id } = await anActiveLease(portal);

      const ran = await mary.run(['end', account, '--portal', OTHER]);

      expect(ran).toEqual({
        exitCode: EXIT.usage,
        stdout: '',
        stderr: `break-glass: "${account}" names your lease on Payroll (111122223333), and other accounts may have that name. Nobody can be asked here. Run: break-glass end ${id} --portal ${OTHER}\n`,
      });
      expect(await statusOf(id)).toBe('active');
    },
  );

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

describe('at a terminal, a lease that is named by a title', () => {
  const other = 'resource:test/payroll';
  const lease = aLease({
    status: 'active',
    account: {
      ...aLease().account,
      ref: other,
      accountId: '444455556666',
      // Whoever names accounts may take the id of another one for a name.
      title: '111122223333',
    },
  });
  const end = `POST /v1/leases/${lease.id}/end`;
  const machine = () => {
    const { session, sent } = stubSession({
      'GET /v1/leases': { items: [summaryOf(lease)] },
      [`GET /v1/leases/${lease.id}`]: lease,
      [end]: { ...lease, status: 'ended' },
    });
    const terminal = new Terminal({ now: () => NOW, session });
    const ended = () =>
      sent.filter(({ method, path }) => `${method} ${path}` === end).length;
    return { terminal, ended };
  };

  it.each([
    ['y\n', 1, 0],
    ['\n', 0, EXIT.failed],
  ])('is shown, and ended by yes only: %j', async (typed, times, exitCode) => {
    const { terminal, ended } = machine();

    const ran = await terminal.run(
      ['end', '111122223333'],
      [['End the lease on 111122223333?', typed]],
    );
    terminal.remove();

    expect(ran.exitCode).toBe(exitCode);
    expect(ran.stderr).toMatch(
      new RegExp(
        `Lease +${lease.id}\nAccount +111122223333 \\(444455556666\\)\n`,
      ),
    );
    expect(ended()).toBe(times);
  });

  it.each(['', ' '])('is none that an empty name means: %j', async named => {
    const { terminal, ended } = machine();

    const ran = await terminal.run(['end', named, '--yes']);
    terminal.remove();

    expect(ran.exitCode).toBe(EXIT.usage);
    expect(ran.stderr).toContain('The name of the lease is empty.');
    expect(ended()).toBe(0);
  });

  it.each([[lease.id], ['444455556666'], [other], ['']])(
    'is ended at once by what can mean no other one: %j',
    async named => {
      const { terminal, ended } = machine();

      const ran = await terminal.run(named ? ['end', named] : ['end']);
      terminal.remove();

      expect(ran).toMatchObject({ exitCode: 0, stderr: '' });
      expect(ended()).toBe(1);
    },
  );
});

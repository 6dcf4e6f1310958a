import { Terminal } from '../testing/Terminal';

const LEASE = '01K8Z3V5Q2N4R6T8W0Y1A3C5E7';
const POLICY =
  'arn:aws:iam::111122223333:policy/break-glass/BreakGlassBoundary';

describe('doctor --kill', () => {
  const terminals: Terminal[] = [];
  afterEach(() => terminals.splice(0).forEach(each => each.remove()));
  const aMachine = () => {
    const terminal = new Terminal({});
    terminals.push(terminal);
    return terminal;
  };

  it('prints lines for the AWS CLI, signed in or not', async () => {
    const machine = aMachine();
    const { exitCode, stdout } = await machine.run([
      ...['doctor', '--kill', LEASE, '--boundary', POLICY],
    ]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain(`policy='${POLICY}'`);
    expect(stdout).toContain(`'*:*@${LEASE}'`);
  });

  it('as JSON says of each step what it does, and they make the same lines', async () => {
    const machine = aMachine();
    const args = ['doctor', '--kill', LEASE, '--boundary', POLICY];
    const steps = JSON.parse((await machine.run([...args, '--json'])).stdout);

    const lines = (await machine.run(args)).stdout.trimEnd().split('\n');
    expect(steps.map((step: { command: string }) => step.command)).toEqual(
      lines.slice(1, -1),
    );
    expect(steps.at(-1).does).toBe(
      'Puts the new version into force, and prints its id.',
    );
  });

  it.each([
    ['a policy that is none', ['--kill', LEASE, '--boundary', 'x; rm -rf /']],
    ['no policy', ['--kill', LEASE]],
    ['a lease that is none', ['--kill', "';id'", '--boundary', POLICY]],
    ['no lease', ['--boundary', POLICY]],
    ['no policy as JSON', ['--kill', LEASE, '--json']],
  ])('pitfall 32: prints nothing for %s', async (_, args) => {
    const machine = aMachine();
    const { exitCode, stdout, stderr } = await machine.run(['doctor', ...args]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(/boundary policy|Lease ids/);
  });
});

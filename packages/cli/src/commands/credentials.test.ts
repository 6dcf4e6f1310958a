import {
  anActiveLease,
  AwsPortal,
  startAwsPortal,
} from '../aws/testing/AwsPortal';
import { TestContext } from '../aws/testing/TestContext';
import { EXIT } from '../exitCodes';

jest.setTimeout(120_000);

describe('credentials', () => {
  let portal: AwsPortal;
  let mary: TestContext;
  beforeEach(async () => {
    portal = await startAwsPortal();
    mary = new TestContext(portal);
  });
  afterEach(() => portal.stop());

  it.each([
    ['env', /^unset AWS_PROFILE .*\nfalse\n$/],
    ['fish', /^set -e AWS_PROFILE; .*\nfalse\n$/],
    ['powershell', /^Remove-Item .*Env:AWS_ACCESS_KEY_ID.*\n$/],
    ['cmd', /^set "AWS_PROFILE="\n[^]*set "AWS_SESSION_TOKEN="\n/],
    ['json', /^$/],
  ])(
    'leaves a shell of the form %s without those of before where it fails',
    async (format, lines) => {
      const ran = await mary.run([
        'credentials',
        'payroll',
        '--format',
        format,
      ]);
      expect(ran.exitCode).toBe(EXIT.noLease);
      expect(ran.stdout).toMatch(lines);
    },
  );

  it.each(['env', 'fish', 'powershell', 'cmd'])(
    'gives no form that contradicts --json: %s',
    async format => {
      const ran = await mary.run([
        ...['credentials', 'payroll', '--json', '--format', format],
      ]);
      expect(ran).toMatchObject({ exitCode: EXIT.usage, stdout: '' });
      expect(JSON.parse(ran.stderr).error.message).toBe(
        `--json and --format ${format} contradict each other: say one of them.`,
      );
    },
  );

  it.each([[['--json']], [['--json', '--format', 'json']]])(
    'gives JSON with %j',
    async options => {
      await anActiveLease(portal);
      const ran = await mary.run(['credentials', 'payroll', ...options]);
      expect(JSON.parse(ran.stdout)).toMatchObject({ Version: 1 });
    },
  );
});

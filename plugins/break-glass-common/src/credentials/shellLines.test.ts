import { ShellCredentials } from './shellCredentials';
import { shellLines } from './shellLines';

const credentials: ShellCredentials = {
  accessKeyId: 'ASIAEXAMPLEEXAMPLE01',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  sessionToken: 'FwoGZXIvYXdzEXAMPLETOKEN//////////==',
  expiration: '2026-10-01T13:00:00.000Z',
  region: 'eu-central-1',
};

describe('shellLines', () => {
  it('unsets older variables first, then sets credentials, expiry and region (bash)', () => {
    expect(shellLines('bash', credentials).split('\n')).toEqual([
      'unset AWS_PROFILE AWS_DEFAULT_PROFILE AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN AWS_SECURITY_TOKEN AWS_CREDENTIAL_EXPIRATION AWS_CREDENTIAL_SCOPE AWS_ACCOUNT_ID',
      "export AWS_ACCESS_KEY_ID='ASIAEXAMPLEEXAMPLE01'",
      "export AWS_SECRET_ACCESS_KEY='wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY'",
      "export AWS_SESSION_TOKEN='FwoGZXIvYXdzEXAMPLETOKEN//////////=='",
      "export AWS_CREDENTIAL_EXPIRATION='2026-10-01T13:00:00.000Z'",
      "export AWS_REGION='eu-central-1'",
      "export AWS_DEFAULT_REGION='eu-central-1'",
      '',
    ]);
  });

  it('speaks fish', () => {
    const text = shellLines('fish', credentials);
    expect(text).toMatch(/^set -e AWS_PROFILE; /);
    expect(text).toContain("set -gx AWS_REGION 'eu-central-1'");
  });

  it('speaks PowerShell', () => {
    const text = shellLines('powershell', credentials);
    expect(text).toMatch(/^Remove-Item -ErrorAction SilentlyContinue Env:AWS_/);
    expect(text).toContain("$Env:AWS_REGION = 'eu-central-1'");
  });

  it('speaks cmd, with quotes around the assignment and not in the value', () => {
    const text = shellLines('cmd', credentials);
    expect(text).toMatch(/^set "AWS_PROFILE="\n/);
    expect(text).toContain('\nset "AWS_REGION=eu-central-1"\n');
    expect(text).toContain(
      `\nset "AWS_SESSION_TOKEN=${credentials.sessionToken}"\n`,
    );
  });

  it('pitfall 30: credential_process gets exactly the documented fields', () => {
    expect(JSON.parse(shellLines('process', credentials))).toEqual({
      Version: 1,
      AccessKeyId: credentials.accessKeyId,
      SecretAccessKey: credentials.secretAccessKey,
      SessionToken: credentials.sessionToken,
      Expiration: credentials.expiration,
    });
  });

  const bad = [
    "a'; rm -rf ~ #",
    'a\nb',
    '$(id)',
    '`id`',
    'a b',
    '"',
    '\\',
    '%PATH%',
    'a&calc',
    'a^b',
    'a|b',
    '',
  ];
  const formats = ['bash', 'fish', 'powershell', 'cmd', 'process'] as const;
  const fields = Object.keys(credentials) as (keyof ShellCredentials)[];
  it.each(fields.flatMap(field => bad.map(value => [field, value] as const)))(
    'pitfall 32: refuses %s with the value %j, and does not repeat it',
    (field, value) => {
      const padded = value && `${'A'.repeat(20)}${value}`;
      for (const format of formats) {
        expect(() =>
          shellLines(format, { ...credentials, [field]: padded }),
        ).toThrow(`${field} is not of the expected form`);
      }
    },
  );
});

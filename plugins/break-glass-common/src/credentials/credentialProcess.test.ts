import {
  credentialProcessAnswer,
  credentialProcessFailure,
} from './credentialProcess';

describe('credential_process', () => {
  it('pitfall 30: has exactly the documented fields, with Expiration', () => {
    const { stdout, stderr, exitCode } = credentialProcessAnswer({
      accessKeyId: 'ASIAEXAMPLE',
      secretAccessKey: 'secret',
      sessionToken: 'token',
      expiration: '2026-10-01T13:00:00.000Z',
    });

    expect(JSON.parse(stdout)).toEqual({
      Version: 1,
      AccessKeyId: 'ASIAEXAMPLE',
      SecretAccessKey: 'secret',
      SessionToken: 'token',
      Expiration: '2026-10-01T13:00:00.000Z',
    });
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
  });

  it('pitfall 30: a failure is one line on standard error, with nothing on standard output, and not zero', () => {
    const outcome = credentialProcessFailure(
      'You have no active lease.\nRequest\u001b[31m one\u202e in the portal.',
    );

    expect(outcome).toEqual({
      stdout: '',
      stderr:
        'break-glass: You have no active lease. Request [31m one in the portal.\n',
      exitCode: 1,
    });
  });

  it('pitfall 30: a failure never ends with 0', () => {
    expect(credentialProcessFailure('No lease.', 4).exitCode).toBe(4);
    expect(credentialProcessFailure('No lease.', 0).exitCode).toBe(1);
  });
});

import fc from 'fast-check';
import { redact, REDACTED, redactText } from './redact';

const TOKEN = `IQoJb3JpZ2luX2VjE${'a1B2/+='.repeat(40)}`;

describe('redact', () => {
  it('I10: pitfall 27: takes the session token out of an AssumeRole record, and leaves the rest', () => {
    const record = {
      eventName: 'AssumeRole',
      responseElements: {
        credentials: {
          accessKeyId: 'ASIAEXAMPLE',
          expiration: 'Oct 1, 2026',
          sessionToken: 'secret',
        },
      },
    };
    expect(redact(record)).toEqual({
      eventName: 'AssumeRole',
      responseElements: {
        credentials: {
          accessKeyId: 'ASIAEXAMPLE',
          expiration: 'Oct 1, 2026',
          sessionToken: REDACTED,
        },
      },
    });
    expect(record.responseElements.credentials.sessionToken).toBe('secret');
  });

  it.each([
    'secretAccessKey',
    'SecretAccessKey',
    'session_token',
    'SigninToken',
    'X-Amz-Security-Token',
    'masterUserPassword',
    'secretString',
    'keyMaterial',
    'authorizationToken',
    'password',
    'newPassword',
    'servicePassword',
    'temporaryPassword',
    'base32StringSeed',
    'qRCodePNG',
    'tokenValue',
    'preSharedKey',
    'pre_shared_key',
    'privateKey',
    'privateKeyBase64',
    'serviceCredentialSecret',
    'clientSecret',
    'sharedSecret',
    'secret',
    'token',
    'accessToken',
    'plaintext',
    'authKey',
    'apiKeyValue',
    'activationCode',
    'awsSecretAccessKey',
  ])('I10: takes %s out at any depth, whatever it holds', name => {
    for (const value of ['secret', { inner: 'secret' }, ['secret'], 7]) {
      const redacted = redact({ requestParameters: [{ [name]: value }] });
      expect(redacted).toEqual({ requestParameters: [{ [name]: REDACTED }] });
    }
  });

  it.each([
    `https://signin.aws.amazon.com/federation?Action=login&SigninToken=${TOKEN}&x=1`,
    `https://x/?Action=getSigninToken&Session=%7B%22sessionId%22secret`,
    `https://b.s3.amazonaws.com/k?X-Amz-Signature=abcdef&X-Amz-Security-Token=${TOKEN}`,
    `{"sessionToken":"${TOKEN}"}`,
    `"{\\"secretAccessKey\\":\\"wJalrXUtnFEMI\\"}"`,
    `export AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI`,
    `prefix ${TOKEN} suffix`,
    '-----BEGIN RSA PRIVATE KEY-----\nwJalrsecret\n-----END RSA PRIVATE KEY-----',
    `AWS_SESSION_TOKEN=\\"wJalrXUtnFEMI\\"`,
    `{"password":"a\\"wJalr"}`,
    `{\\"MasterUserPassword\\":\\"a\\\\\\"wJalr\\"}`,
    'User: x password=wJalrXUtnFEMI',
    'mysql --user=x --password=wJalr',
    'Bearer wJalrXUtnFEMI',
    'Authorization: Basic wJalrXUtnFEMI',
    'https://b.s3.amazonaws.com/k?AWSAccessKeyId=A&Signature=wJalr&Expires=1',
    '<ike><pre_shared_key>wJalr</pre_shared_key></ike>',
  ])('I10: takes a secret out of the text %j', value => {
    const redacted = redactText(value);
    expect(redacted).toContain(REDACTED);
    expect(redacted).not.toMatch(/IQoJ|wJalr|abcdef|secret$/);
  });

  it('I10: takes the secrets out of what makes keys and passwords', () => {
    const secret = 'wJalrXUtnFEMI';
    const records = [
      {
        eventSource: 'iam.amazonaws.com',
        eventName: 'CreateAccessKey',
        responseElements: {
          accessKey: { accessKeyId: 'AKIA1', secretAccessKey: secret },
        },
      },
      {
        eventSource: 'iam.amazonaws.com',
        eventName: 'CreateLoginProfile',
        requestParameters: { userName: 'ci', password: secret },
      },
      {
        eventSource: 'iam.amazonaws.com',
        eventName: 'CreateServiceSpecificCredential',
        responseElements: {
          serviceSpecificCredential: { servicePassword: secret },
        },
      },
      {
        eventSource: 'ssm.amazonaws.com',
        eventName: 'PutParameter',
        requestParameters: { name: '/payroll', value: secret },
      },
      {
        eventSource: 'appsync.amazonaws.com',
        eventName: 'CreateApiKey',
        responseElements: { apiKey: { id: secret, expires: 1 } },
      },
      {
        eventSource: 'ec2.amazonaws.com',
        eventName: 'CreateKeyPair',
        responseElements: { keyName: 'k', keyMaterial: secret },
      },
      {
        eventSource: 'apigateway.amazonaws.com',
        eventName: 'CreateApiKey',
        responseElements: { id: 'k', value: secret },
      },
      {
        eventSource: 'apigateway.amazonaws.com',
        eventName: 'CreateApiKey',
        requestParameters: { createApiKeyInput: { value: secret } },
      },
    ];
    for (const record of records) {
      const text = JSON.stringify(redact(record));
      expect(text).not.toContain(secret);
      expect(text).toContain(REDACTED);
    }
    expect(redact(records[3])).toMatchObject({
      requestParameters: { name: '/payroll', value: REDACTED },
    });
  });

  it.each(['environment', 'environmentVariables'])(
    'I10: takes the values of settings in %s out, and keeps their names',
    name => {
      const setting = { name: 'DB_PASSWORD', value: 'secret', type: 'PLAIN' };
      expect(redact({ requestParameters: { [name]: [setting, 1] } })).toEqual({
        requestParameters: { [name]: [{ ...setting, value: REDACTED }, 1] },
      });
    },
  );

  it('leaves what is redacted as it is', () => {
    const text = `{\\"token\\":\\"x\\"} password=x <secret>x</secret> Bearer abcdefghij`;
    const once = redact({ text, secret: 'x', environment: [{ value: 'x' }] });
    expect(redact(once)).toEqual(once);
  });

  it.each([
    'arn:aws:secretsmanager:eu-central-1:111122223333:secret:payroll-a1B2c3',
    'https://x/?nextToken=page&max-keys=3',
    '{"nextToken":"page","secretId":"payroll"}',
    '{"a":"password","b":"c"}',
  ])('leaves the text %j alone', value => {
    expect(redactText(value)).toBe(value);
  });

  it('takes a long hostile text in its stride', () => {
    for (const piece of ['\\', '"', '=', '<a>', '"a":"', '\\"', 'password ']) {
      expect(redactText(piece.repeat(100_000))).toBe(piece.repeat(100_000));
    }
  });

  it('leaves members of the same name in other calls alone', () => {
    const record = {
      eventSource: 'ssm.amazonaws.com',
      eventName: 'DeleteParameter',
      requestParameters: { value: 'plain' },
    };
    expect(redact(record)).toEqual(record);
    const odd = { eventSource: 'ssm.amazonaws.com', eventName: 'PutParameter' };
    for (const requestParameters of [null, 'text', {}, { value: null }]) {
      const without = { ...odd, requestParameters };
      expect(redact(without)).toEqual(without);
    }
  });

  it.each([
    'nextToken',
    'clientToken',
    'clientRequestToken',
    'paginationToken',
    'secretId',
    'secretArn',
    'tokenType',
    'keyId',
    'accessKeyId',
    'passwordLastUsed',
    'sessionTokenized',
  ])('leaves %s alone: reviewers need it', name => {
    expect(redact({ [name]: 'value' })).toEqual({ [name]: 'value' });
  });

  it('keeps null, which tells a refused AssumeRole', () => {
    const record = { responseElements: null, password: null };
    expect(redact(record)).toEqual(record);
  });

  it('cuts what is nested too deeply instead of failing', () => {
    let deep: unknown = 'x';
    for (let level = 0; level < 20_000; level++) {
      deep = { deep };
    }
    expect(JSON.stringify(redact({ deep }))).toContain('CUT');
  });

  it('a member called __proto__ stays a member', () => {
    const redacted = redact(JSON.parse('{"__proto__":{"admin":true}}'));
    expect(Object.keys(redacted)).toEqual(['__proto__']);
    expect((redacted as { admin?: boolean }).admin).toBeUndefined();
  });

  it('leaves every record without secrets as it is', () => {
    const name = fc.constantFrom('eventID', 'arn', 'bucketName', 'items');
    const record = fc.dictionary(name, fc.jsonValue({ maxDepth: 4 }));
    fc.assert(
      fc.property(record, value => {
        fc.pre(
          !/token|password|plaintext|secret|key/i.test(JSON.stringify(value)),
        );
        expect(JSON.stringify(redact(value))).toBe(JSON.stringify(value));
      }),
    );
  });
});

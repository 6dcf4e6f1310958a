import { CreatePolicyVersionCommand } from '@aws-sdk/client-iam';
import {
  ALLOW_ALL,
  BOUNDARY,
  BROKER,
  Keys,
  KILLER,
  PIPELINE,
  policyText,
  TestSandbox,
} from '../__testUtils__/sandbox';
import { consolePath } from './destination';

let aws: TestSandbox;

beforeEach(async () => {
  aws = await TestSandbox.start();
});

afterEach(() => aws.stop());

const sessionJson = (keys: Partial<Keys>) =>
  JSON.stringify({
    sessionId: keys.accessKeyId,
    sessionKey: keys.secretAccessKey,
    sessionToken: keys.sessionToken,
  });

function federation(parameters: Record<string, string>, init?: RequestInit) {
  const query = new URLSearchParams(parameters);
  return fetch(`${aws.sandbox.signInUrl}?${query}`, {
    redirect: 'manual',
    ...init,
  });
}

async function signinToken(
  keys: Keys,
  extra: Record<string, string> = {},
): Promise<string> {
  const answer = await federation({
    Action: 'getSigninToken',
    Session: sessionJson(keys),
    ...extra,
  });
  if (answer.status !== 200) throw new Error(`status ${answer.status}`);
  return ((await answer.json()) as { SigninToken: string }).SigninToken;
}

const login = (
  SigninToken: string,
  Destination: string = aws.sandbox.consoleUrl,
) => federation({ Action: 'login', Issuer: 'test', Destination, SigninToken });

/** A signed-in browser: keeps the cookie and the form token. */
class Browser {
  private constructor(
    readonly cookie: string,
    readonly formToken: string,
    readonly firstPage: string,
  ) {}

  static async signIn(keys: Keys): Promise<Browser> {
    const answer = await login(await signinToken(keys));
    const value = answer.headers.get('set-cookie')!.split(';')[0];
    const page = await fetch(aws.sandbox.consoleUrl, {
      headers: { cookie: value },
    });
    const text = await page.text();
    const token = /name="formToken" value="([0-9a-f]+)"/.exec(text)![1];
    return new Browser(value, token, text);
  }

  post(fields: Record<string, string>, headers: Record<string, string> = {}) {
    return fetch(`${aws.sandbox.consoleUrl}run`, {
      method: 'POST',
      headers: { cookie: this.cookie, ...headers },
      body: new URLSearchParams({ formToken: this.formToken, ...fields }),
    });
  }

  /** Presses a button and gives the result's text, tags dropped. */
  async press(button: string, fields: Record<string, string> = {}) {
    const text = await (await this.post({ button, ...fields })).text();
    const result = /id="result">([\s\S]*?)<\/section>/.exec(text)?.[1] ?? text;
    return result
      .replace(/<[^>]+>/g, ' ')
      .replaceAll('&quot;', '"')
      .replaceAll('&#39;', "'");
  }
}

describe('getSigninToken', () => {
  it.each<[string, (keys: Keys) => Partial<Keys>]>([
    ['long-term keys', () => BROKER],
    [
      'an unknown key',
      keys => ({ ...keys, accessKeyId: 'ASIAXXXXXXXXXXXXXXXX' }),
    ],
    ['a wrong secret', keys => ({ ...keys, secretAccessKey: 'x' })],
    ['a wrong session token', keys => ({ ...keys, sessionToken: 'x' })],
  ])('refuses %s, and never repeats a secret', async (_, change) => {
    const keys = await aws.assume();
    const answer = await federation({
      Action: 'getSigninToken',
      Session: sessionJson(change(keys)),
    });
    expect(answer.status).toBe(400);
    const text = await answer.text();
    expect(text).not.toContain(keys.secretAccessKey);
    expect(text).not.toContain(keys.sessionToken!);
  });

  it('refuses keys that have expired', async () => {
    const keys = await aws.assume({ DurationSeconds: 900 });
    aws.clock.advance(900);
    const answer = await federation({
      Action: 'getSigninToken',
      Session: sessionJson(keys),
    });
    expect(answer.status).toBe(400);
  });

  it('takes a POST, which keeps the secrets out of the URL', async () => {
    const answer = await fetch(aws.sandbox.signInUrl, {
      method: 'POST',
      body: new URLSearchParams({
        Action: 'getSigninToken',
        Session: sessionJson(await aws.assume()),
      }),
    });
    expect(answer.status).toBe(200);
  });

  it('pitfall 29: refuses SessionDuration for chained credentials, and only then', async () => {
    const first = await aws.assume();
    const chained = await aws.assume({ RoleArn: PIPELINE }, first);
    const refused = await federation({
      Action: 'getSigninToken',
      Session: sessionJson(chained),
      SessionDuration: '3600',
    });
    expect(refused.status).toBe(400);
    await expect(signinToken(chained)).resolves.toBeDefined();
    await expect(
      signinToken(first, { SessionDuration: '14400' }),
    ).resolves.toBeDefined();
  });

  it.each(['899', '14401', '1e3', ''])(
    'refuses a SessionDuration of %j',
    async SessionDuration => {
      const answer = await federation({
        Action: 'getSigninToken',
        Session: sessionJson(await aws.assume()),
        SessionDuration,
      });
      expect(answer.status).toBe(400);
    },
  );
});

describe('login', () => {
  it('leads to the console with a cookie that scripts and other sites cannot use', async () => {
    const answer = await login(await signinToken(await aws.assume()));
    expect(answer.status).toBe(302);
    expect(answer.headers.get('location')).toBe('/console/');
    expect(answer.headers.get('set-cookie')).toMatch(
      /Path=\/console; HttpOnly; SameSite=Strict$/,
    );
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
  });

  it('works again within 15 minutes, and not after', async () => {
    const token = await signinToken(await aws.assume());
    aws.clock.advance(899);
    expect((await login(token)).status).toBe(302);
    expect((await login(token)).status).toBe(302);
    aws.clock.advance(1);
    expect((await login(token)).status).toBe(400);
    expect((await login('x')).status).toBe(400);
  });

  it.each([
    'https://evil.example/',
    'https://console.aws.amazon.com.evil.example/',
    'https://evil.example/console/',
    'https://a.b.console.aws.amazon.com/',
    'http://console.aws.amazon.com/',
    'https://x@console.aws.amazon.com/',
    'https://console.aws.amazon.com:8443/',
    'http://127.0.0.1:1/console/',
    'data:text/html,x',
    '//evil.example/console/',
    '',
  ])('pitfall 31: refuses the destination %j', async destination => {
    const answer = await login(
      await signinToken(await aws.assume()),
      destination,
    );
    expect(answer.status).toBe(400);
    expect(answer.headers.get('location')).toBeNull();
  });

  it.each([
    [
      'https://console.aws.amazon.com/s3/buckets/x?region=eu-central-1',
      '/console/?service=s3',
    ],
    ['https://eu-west-1.console.aws.amazon.com/console/home', '/console/'],
    ['https://console.amazonaws-us-gov.com/', '/console/'],
    ['http://127.0.0.1:7010/console/?region=evil.example/', '/console/'],
  ])('leads from %s to %s of its own', (destination, path) => {
    expect(consolePath(destination, '127.0.0.1:7010')).toBe(path);
  });

  it('a browser that another site sent is led on by a page of our own', async () => {
    const page = (headers: Record<string, string>) =>
      fetch(aws.sandbox.consoleUrl, { headers });
    const first = await page({ 'sec-fetch-site': 'cross-site' });
    expect(first.status).toBe(200);
    expect(await first.text()).toContain(
      '<meta http-equiv="refresh" content="0;url=/console/"',
    );
    const second = await page({ 'sec-fetch-site': 'same-origin' });
    expect(second.status).toBe(401);
  });
});

describe('the console', () => {
  const Policy = policyText({
    Effect: 'Allow',
    Action: ['s3:*', 'iam:*'],
    Resource: '*',
  });

  it('names account, role, session and the time that is left', async () => {
    const keys = await aws.assume({ DurationSeconds: 900 });
    const { firstPage } = await Browser.signIn(keys);
    for (const text of [
      '111122223333',
      'BreakGlassAdmin',
      'mary@01LEASE',
      'in 15 min',
    ]) {
      expect(firstPage).toContain(text);
    }
  });

  it('begins with the service that the sign-in led to', async () => {
    const { cookie } = await Browser.signIn(await aws.assume());
    const answer = await fetch(`${aws.sandbox.consoleUrl}?service=ec2`, {
      headers: { cookie },
    });
    const text = await answer.text();
    expect(text.indexOf('<h2>EC2</h2>')).toBeGreaterThan(0);
    expect(text.indexOf('<h2>EC2</h2>')).toBeLessThan(
      text.indexOf('<h2>S3</h2>'),
    );
  });

  it('works as the session: fixes the bucket, is refused the rest in words', async () => {
    const browser = await Browser.signIn(await aws.assume({ Policy }));
    expect(await browser.press('whoAmI')).toContain(
      'assumed-role/BreakGlassAdmin/mary@01LEASE',
    );
    expect(await browser.press('listBuckets')).toContain('payroll-reports');
    const bucket = { bucket: 'payroll-reports' };
    expect(await browser.press('showPolicy', bucket)).toContain('"Deny"');
    const policy = /<textarea[^>]*>\n([\s\S]*?)<\/textarea/
      .exec(
        browser.firstPage.slice(
          browser.firstPage.indexOf('policy-payroll-reports'),
        ),
      )![1]
      .replaceAll('&quot;', '"');
    expect(await browser.press('putPolicy', { ...bucket, policy })).toContain(
      'Save bucket policy: done',
    );
    expect(await browser.press('showPolicy', bucket)).not.toContain('"Deny"');
    expect(
      await browser.press('readSecret', { secret: 'payroll/database' }),
    ).toContain('refused by AWS (AccessDeniedException)');
    expect(await browser.press('runInstance')).toContain(
      'refused by AWS (UnauthorizedOperation)',
    );
    expect(await browser.press('createUser', { userName: 'x' })).toContain(
      'explicit deny in an identity-based policy',
    );
  });

  it('is denied everything after the kill', async () => {
    const browser = await Browser.signIn(await aws.assume());
    expect(await browser.press('listInstances')).toContain('done');
    await aws.iam(await aws.assume({ RoleArn: KILLER })).send(
      new CreatePolicyVersionCommand({
        PolicyArn: BOUNDARY,
        SetAsDefault: true,
        PolicyDocument: policyText(ALLOW_ALL, {
          Effect: 'Deny',
          Action: '*',
          Resource: '*',
          Condition: { StringLike: { 'aws:userid': '*:*@01LEASE' } },
        }),
      }),
    );
    for (const button of ['listBuckets', 'listInstances', 'runInstance']) {
      expect(await browser.press(button)).toContain(
        'explicit deny in a permissions boundary',
      );
    }
  });

  it('ends with the credentials', async () => {
    const browser = await Browser.signIn(
      await aws.assume({ DurationSeconds: 900 }),
    );
    aws.clock.advance(900);
    expect((await browser.post({ button: 'whoAmI' })).status).toBe(401);
  });

  it('refuses forms that are not its own', async () => {
    const browser = await Browser.signIn(await aws.assume());
    const button = 'runInstance';
    const foreign: Promise<Response>[] = [
      browser.post({ button, formToken: 'x' }),
      browser.post({ button }, { origin: 'https://evil.example' }),
    ];
    for (const answer of await Promise.all(foreign)) {
      expect(answer.status).toBe(403);
    }
    const unknown = await browser.post({ button: 'constructor' });
    expect(unknown.status).toBe(400);
    expect(aws.sandbox.world.account('111122223333').instances.size).toBe(1);
  });

  it('signs out', async () => {
    const browser = await Browser.signIn(await aws.assume());
    await browser.post({ button: 'signOut' });
    expect((await browser.post({ button: 'whoAmI' })).status).toBe(401);
  });

  it('shows what comes from outside as text', async () => {
    const browser = await Browser.signIn(await aws.assume());
    const answer = await browser.post({
      button: 'readSecret',
      secret: '<script>alert(1)</script>',
    });
    const text = await answer.text();
    expect(text).not.toContain('<script');
    expect(answer.headers.get('content-security-policy')).toContain(
      "default-src 'none'",
    );
  });

  it('leaves records of the same session with another key id, marked as from the console', async () => {
    const keys = await aws.assume({ SourceIdentity: 'mary@01LEASE' });
    aws.clock.advance(30);
    const browser = await Browser.signIn(keys);
    await browser.press('listBuckets');
    const records = await aws.records('111122223333');
    const byName = (name: string) => records.find(r => r.eventName === name)!;
    const call = byName('ListBuckets');
    expect(call.sessionCredentialFromConsole).toBe('true');
    expect(call.userIdentity).toMatchObject({
      arn: 'arn:aws:sts::111122223333:assumed-role/BreakGlassAdmin/mary@01LEASE',
      sessionContext: {
        attributes: { creationDate: '2026-11-05T12:00:00Z' },
        sourceIdentity: 'mary@01LEASE',
      },
    });
    expect(call.userIdentity.accessKeyId).not.toBe(keys.accessKeyId);
    expect(byName('GetSigninToken').userIdentity.accessKeyId).toBe(
      keys.accessKeyId,
    );
    expect(byName('ConsoleLogin')).toMatchObject({
      eventSource: 'signin.amazonaws.com',
      eventType: 'AwsConsoleSignIn',
      responseElements: { ConsoleLogin: 'Success' },
      additionalEventData: { LoginTo: aws.sandbox.consoleUrl, MFAUsed: 'No' },
    });
    expect(byName('AssumeRole')).not.toHaveProperty(
      'sessionCredentialFromConsole',
    );
  });
});

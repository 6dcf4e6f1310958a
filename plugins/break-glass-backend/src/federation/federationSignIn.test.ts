import { loginUrl, readSignInToken, signInTokenUrl } from './federationSignIn';

const ENDPOINT = 'https://eu-central-1.signin.aws.amazon.com/federation';
const credentials = {
  accessKeyId: 'ASIAEXAMPLE',
  secretAccessKey: 'a+b/c==',
  sessionToken: 'to&ken=',
  expiresAt: 0,
};

describe('signInTokenUrl', () => {
  it('carries the credentials as a JSON object', () => {
    const url = signInTokenUrl(ENDPOINT, credentials);
    expect(url.searchParams.get('Action')).toBe('getSigninToken');
    expect(JSON.parse(url.searchParams.get('Session')!)).toEqual({
      sessionId: 'ASIAEXAMPLE',
      sessionKey: 'a+b/c==',
      sessionToken: 'to&ken=',
    });
  });

  it('pitfall 29: sends no SessionDuration', () => {
    expect([
      ...signInTokenUrl(ENDPOINT, credentials).searchParams.keys(),
    ]).toEqual(['Action', 'Session']);
  });
});

describe('loginUrl', () => {
  it('names issuer, destination and token, and nothing else', () => {
    const url = new URL(
      loginUrl(ENDPOINT, {
        issuer: 'https://portal.example.com',
        destination: 'https://console.aws.amazon.com/s3/buckets?region=x#y',
        signInToken: 'tok&en',
      }),
    );
    expect(url.origin + url.pathname).toBe(ENDPOINT);
    expect(Object.fromEntries(url.searchParams)).toEqual({
      Action: 'login',
      Issuer: 'https://portal.example.com',
      Destination: 'https://console.aws.amazon.com/s3/buckets?region=x#y',
      SigninToken: 'tok&en',
    });
  });
});

describe('readSignInToken', () => {
  it('reads the token', () => {
    expect(readSignInToken('{"SigninToken":"abc"}')).toBe('abc');
  });

  it.each([
    '',
    '{}',
    'null',
    '{"SigninToken":""}',
    '{"SigninToken":1}',
    '<html>',
  ])('finds none in %j', body => {
    expect(readSignInToken(body)).toBeUndefined();
  });
});

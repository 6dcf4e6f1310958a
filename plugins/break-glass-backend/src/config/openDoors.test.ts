import { ConfigReader } from '@backstage/config';
import { assertNoOpenDoors } from './openDoors';

const start =
  (data: object, environment = 'production') =>
  () =>
    assertNoOpenDoors(new ConfigReader(data as never), environment);

const resolvers = (change: object) => ({
  auth: {
    providers: {
      oidc: {
        production: {
          signIn: { resolvers: [{ resolver: 'email', ...change }] },
        },
      },
    },
  },
});

describe('pitfall 42: a production configuration', () => {
  it.each([
    [{ auth: { providers: { guest: {} } } }, 'auth.providers.guest'],
    [
      { backend: { auth: { dangerouslyDisableDefaultAuthPolicy: true } } },
      'backend.auth.dangerouslyDisableDefaultAuthPolicy',
    ],
    [
      resolvers({ dangerouslyAllowSignInWithoutUserInCatalog: true }),
      'auth.providers.oidc.production.signIn.resolvers[0].dangerouslyAllowSignInWithoutUserInCatalog',
    ],
  ])('with %j stops the start, and names it', (data, key) => {
    expect(start(data)).toThrow(key);
  });

  it('without one, or with one that is off, starts; so does a development with one', () => {
    expect(start(resolvers({}))).not.toThrow();
    expect(start({})).not.toThrow();
    expect(
      start({
        backend: { auth: { dangerouslyDisableDefaultAuthPolicy: false } },
      }),
    ).not.toThrow();
    expect(
      start({ auth: { providers: { guest: {} } } }, 'development'),
    ).not.toThrow();
  });
});

import { resolve } from 'node:path';
import { readMainOptions } from './mainOptions';

const PEOPLE = resolve(__dirname, '../../../examples/org.yaml');
const environment = { OIDC_CLIENT_SECRET: 'a test secret' };

describe('readMainOptions', () => {
  it('reads the people of the demo', () => {
    const { people, port } = readMainOptions(['--people', PEOPLE], environment);

    expect(port).toBe(7011);
    expect(people.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['alice', 'mary', 'daniel', 'rita', 'frank']),
    );
  });

  it('takes every call-back address', () => {
    const { clients } = readMainOptions(
      ['--people', PEOPLE, '--redirect-uri', 'a:1', '--redirect-uri', 'b:2'],
      environment,
    );

    expect(clients[0].redirectUris).toEqual(['a:1', 'b:2']);
  });

  it.each([
    ['--port must be', ['--people', PEOPLE, '--port', '70000'], environment],
    ['--port must be', ['--people', PEOPLE, '--port', 'x'], environment],
    ['--people is missing', [], environment],
    ['OIDC_CLIENT_SECRET is not set', ['--people', PEOPLE], {}],
  ])('refuses with "%s"', (message, args, env) => {
    expect(() => readMainOptions(args, env)).toThrow(message);
  });
});

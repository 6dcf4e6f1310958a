import { TrustedOrigin } from '../config/types';
import { anEntity } from '../testing/catalog';
import { isTrusted } from './trustedOrigin';

const file: TrustedOrigin = { type: 'file', path: '/repo/examples/a.yaml' };
const url: TrustedOrigin = {
  type: 'url',
  host: 'github.com',
  repository: 'org/catalog',
  branch: 'main',
  path: 'accounts',
};

function trusts(location: string, origin: TrustedOrigin, via = location) {
  const entity = anEntity(
    'Resource',
    'payroll',
    {},
    {
      'backstage.io/managed-by-location': location,
      'backstage.io/managed-by-origin-location': via,
    },
  );
  return isTrusted(entity, [origin]);
}

describe('isTrusted', () => {
  it.each([
    ['file:/repo/examples/a.yaml', file],
    ['url:https://github.com/org/catalog/blob/main/accounts/a.yaml', url],
    ['url:https://github.com/org/catalog/tree/main/accounts/x/a.yaml', url],
    ['url:https://github.com/org/catalog/blob/main/accounts', url],
    ['url:https://github.com/org/catalog/-/blob/main/accounts/a.yaml', url],
    ['url:https://github.com/org/catalog/src/branch/main/accounts/a.yaml', url],
    ['url:https://github.com/org/catalog/src/main/accounts/a.yaml', url],
    [
      'url:https://git.example.com:8443/a/b/c/-/tree/release/2/x/a.yaml',
      {
        ...url,
        host: 'git.example.com:8443',
        repository: 'a/b/c',
        branch: 'release/2',
        path: 'x',
      },
    ],
  ])('%s', (location, origin) => {
    expect(trusts(location, origin)).toBe(true);
  });

  it.each([
    'file:/repo/examples/a.yaml.evil',
    'file:/repo/examples/../examples/a.yaml',
    'file:/repo/examples/',
    'file:examples/a.yaml',
    'url:/repo/examples/a.yaml',
    'bootstrap:bootstrap',
    '',
  ])('pitfall 34: the file %j is not the trusted one', location => {
    expect(trusts(location, file)).toBe(false);
  });

  it.each([
    [
      'another branch',
      'https://github.com/org/catalog/blob/dev/accounts/a.yaml',
    ],
    ['a longer branch', 'https://github.com/org/catalog/blob/main2/accounts/a'],
    ['a fork', 'https://github.com/mallory/catalog/blob/main/accounts/a.yaml'],
    [
      'another repository',
      'https://github.com/org/catalog2/blob/main/accounts/a',
    ],
    [
      'a folder beside',
      'https://github.com/org/catalog/blob/main/accounts-evil/a',
    ],
    ['a folder above', 'https://github.com/org/catalog/blob/main/a.yaml'],
    [
      'dots',
      'https://github.com/org/catalog/blob/main/accounts/../evil/a.yaml',
    ],
    [
      'dots to go in',
      'https://github.com/org/catalog/blob/x/../main/accounts/a',
    ],
    [
      'encoded dots',
      'https://github.com/org/catalog/blob/main/accounts/%2e%2e/a',
    ],
    [
      'encoded slashes in a name',
      'https://github.com/org/catalog/blob/main/accounts/..%2f..%2fevil',
    ],
    ['encoded slash', 'https://github.com/org/catalog/blob/main%2faccounts/a'],
    ['encoded letter', 'https://github.com/org/catalog/blob/m%61in/accounts/a'],
    ['backslash', 'https://github.com/org/catalog\\blob\\main\\accounts\\a'],
    [
      'an empty segment',
      'https://github.com/org/catalog/blob/main//accounts/a',
    ],
    ['a trailing slash', 'https://github.com/org/catalog/blob/main/accounts/'],
    [
      'another host',
      'https://github.com.evil.example/org/catalog/blob/main/accounts/a',
    ],
    [
      'a user before the host',
      'https://github.com@evil.example/org/catalog/blob/main/accounts/a',
    ],
    ['a user', 'https://x@github.com/org/catalog/blob/main/accounts/a'],
    ['another port', 'https://github.com:444/org/catalog/blob/main/accounts/a'],
    [
      'the default port',
      'https://github.com:443/org/catalog/blob/main/accounts/a',
    ],
    ['upper case', 'https://GitHub.com/org/catalog/blob/main/accounts/a'],
    ['http', 'http://github.com/org/catalog/blob/main/accounts/a'],
    ['a query', 'https://github.com/org/catalog/blob/main/accounts/a?ref=dev'],
    ['a fragment', 'https://github.com/org/catalog/blob/main/accounts/a#x'],
    ['no marker', 'https://github.com/org/catalog/main/accounts/a'],
    ['another marker', 'https://github.com/org/catalog/commit/main/accounts/a'],
    [
      'a deeper repository',
      'https://github.com/x/org/catalog/blob/main/accounts/a',
    ],
    ['no URL', 'accounts'],
  ])('pitfall 34: %s grants nothing', (_, location) => {
    expect(trusts(`url:${location}`, url)).toBe(false);
  });

  it('I13: a trusted file that was reached through an untrusted location grants nothing', () => {
    const good = 'url:https://github.com/org/catalog/blob/main/accounts/a.yaml';
    const evil = 'url:https://github.com/mallory/x/blob/main/accounts/a.yaml';

    expect(trusts(good, url, evil)).toBe(false);
    expect(trusts(evil, url, good)).toBe(false);
  });

  it('I13: an entity without annotations grants nothing', () => {
    const entity = anEntity('Resource', 'payroll');
    delete entity.metadata.annotations;

    expect(isTrusted(entity, [file, url])).toBe(false);
  });

  it('I13: without trusted origins nothing is trusted', () => {
    expect(isTrusted(anEntity('Resource', 'payroll'), [])).toBe(false);
  });
});

import { Dispatcher, EnvHttpProxyAgent } from 'undici';
import { isPastProxy } from './isPastProxy';

const PORTALS = [
  'https://portal.example.com',
  'https://Portal.Example.com:7007',
  'https://portal.example.com.',
  'https://10.0.0.1:443',
  'https://[fd00::1]:8443',
];

const EXCEPT = [
  '',
  '*',
  '.',
  '*.',
  ':443',
  'portal.example.com',
  'PORTAL.example.com:443',
  'portal.example.com:7007',
  'portal.example.com:0',
  'example.com',
  '.example.com',
  '*.example.com:7007',
  '*example.com',
  'ortal.example.com',
  'com',
  '10.0.0.1',
  '10.0.0.0/8',
  '0.0.1',
  '[fd00::1]',
  '[fd00::1]:8443',
  'fd00::1',
];

/** What undici would do, without doing it. */
function passes(portal: string, noProxy: string): boolean {
  const agent = new EnvHttpProxyAgent({
    httpsProxy: 'http://proxy.example.com:8080',
    noProxy,
  });
  const asked: Array<string | undefined> = [];
  for (const name of Object.getOwnPropertySymbols(agent)) {
    if (/proxy agent/.test(name.description ?? '')) {
      const dispatch = () => asked.push(name.description);
      Object.assign(agent, { [name]: { dispatch } });
    }
  }
  const { origin } = new URL(portal);
  agent.dispatch(
    { origin, path: '/', method: 'GET' },
    {} as Dispatcher.DispatchHandler,
  );
  expect(asked).toEqual([expect.stringMatching(/^(no|https) proxy agent$/)]);
  return asked[0] === 'no proxy agent';
}

describe('isPastProxy', () => {
  it.each(PORTALS)('is what undici does with %s', portal => {
    const pairs = EXCEPT.flatMap(one => [
      one,
      ...EXCEPT.flatMap(other => [`${one},${other}`, `${one}  ${other}`]),
    ]);
    const found = (past: (except: string) => boolean) => pairs.filter(past);

    expect(found(except => isPastProxy(new URL(portal), except))).toEqual(
      found(except => passes(portal, except)),
    );
  });
});

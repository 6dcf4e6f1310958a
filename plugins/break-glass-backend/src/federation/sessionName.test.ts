import fc from 'fast-check';
import { probeSessionName, sessionName } from './sessionName';

const LEASE = '01K8EXAMP1E000000000000000';

describe('sessionName', () => {
  it.each([
    ['user:default/mary', `mary@${LEASE}`],
    ['user:team-a/o_neil.b', `o_neil.b@${LEASE}`],
    ['user:default/bob%2', `bob-2@${LEASE}`],
    ['user:default/zoë', `zo-@${LEASE}`],
    ['user:default/aws:root', `aws-root@${LEASE}`],
    ['user:default/', `user@${LEASE}`],
    [`user:default/${'x'.repeat(63)}`, `${'x'.repeat(37)}@${LEASE}`],
  ])('names sessions of %s %s', (ref, name) => {
    expect(sessionName(ref, LEASE)).toBe(name);
  });

  it('pitfall 17: names with _ . + = , @ - survive', () => {
    expect(sessionName('user:default/b_o.b+=,@-2', LEASE)).toBe(
      `b_o.b+=,@-2@${LEASE}`,
    );
  });

  it('is always one that STS takes, and always ends in the whole id', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        const name = sessionName(`user:default/${text}`, LEASE);
        expect(name).toMatch(/^[\w+=,.@-]{2,64}$/);
        expect(name.endsWith(`@${LEASE}`)).toBe(true);
      }),
    );
  });

  it('refuses an id that is no ULID', () => {
    expect(() => sessionName('user:default/mary', '*')).toThrow('not a ULID');
  });
});

describe('probeSessionName', () => {
  it('ends like the sessions of the lease and cannot be the name of an entity', () => {
    const name = probeSessionName(LEASE);
    expect(name).toMatch(/^[\w+=,.@-]{2,64}$/);
    expect(name.endsWith(`@${LEASE}`)).toBe(true);
    expect(name.split('@')[0]).not.toMatch(/^[A-Za-z0-9._-]+$/);
  });
});

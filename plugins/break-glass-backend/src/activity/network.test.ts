import fc from 'fast-check';
import { networkOf } from './network';

describe('networkOf', () => {
  it.each([
    ['192.0.2.7', '192.0.2.0/24'],
    ['192.0.2.255', '192.0.2.0/24'],
    ['::ffff:192.0.2.7', '192.0.2.0/24'],
    ['2001:db8:a:b::1', '2001:db8:a::/48'],
    ['2001:DB8:000a:c:d:e:f:1', '2001:db8:a::/48'],
    ['2001:db8::1', '2001:db8:0::/48'],
    ['::1', '0:0:0::/48'],
    ['64:ff9b::192.0.2.7', '64:ff9b:0::/48'],
  ])('%s lies in %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });

  it.each([
    undefined,
    '',
    'cloudformation.amazonaws.com',
    'AWS Internal',
    '192.0.2.7, 198.51.100.1',
    '192.0.2.300',
    'fe80::1%eth0',
    `192.0.2.7'; DROP TABLE leases; --`,
  ])('%j is no address', value => {
    expect(networkOf(value)).toBeUndefined();
  });

  it('addresses of one network share it, however they are written', () => {
    fc.assert(
      fc.property(fc.ipV6(), address => {
        const written = new URL(`http://[${address}]/`).hostname.slice(1, -1);
        const mapped = /^::ffff:/i.test(written);
        expect(mapped || networkOf(written) === networkOf(address)).toBe(true);
      }),
    );
  });
});

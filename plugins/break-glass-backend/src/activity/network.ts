import { isIPv4, isIPv6 } from 'net';

/** Groups of 16 bits in an IPv6 address. */
const GROUPS = 8;
const MAPPED_IPV4 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

/**
 * Network that a call came from, as CIDR: the /24 of an IPv4 address, the /48 of
 * an IPv6 address. People move within one; a new one is worth a look.
 * @returns undefined for what is no address: calls that AWS services make carry
 *   a service's name.
 */
export function networkOf(sourceIp: string | undefined): string | undefined {
  if (!sourceIp) {
    return undefined;
  }
  const address = MAPPED_IPV4.exec(sourceIp)?.[1] ?? sourceIp;
  if (isIPv4(address)) {
    return `${address.split('.').slice(0, 3).join('.')}.0/24`;
  }
  return isIPv6(address) && !address.includes('%')
    ? ipv6Network(address)
    : undefined;
}

/** The first 48 bits, however the address is written. */
function ipv6Network(address: string): string {
  // An IPv4 address at the end stands for the last two groups.
  const [head, tail] = address
    .replace(/\d+\.\d+\.\d+\.\d+$/, '0:0')
    .split('::')
    .map(part => part.split(':').filter(Boolean));
  const groups =
    tail === undefined
      ? head
      : [
          ...head,
          ...Array(GROUPS - head.length - tail.length).fill('0'),
          ...tail,
        ];
  const first = groups.slice(0, 3).map(group => parseInt(group, 16));
  return `${first.map(group => group.toString(16)).join(':')}::/48`;
}

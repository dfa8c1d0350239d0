// Which texts are addresses of a network rule: IPv4 and IPv6 addresses and CIDR blocks, as node:net understands them.
// IPv4-mapped IPv6 is refused, so that every IPv4 peer is governed by an IPv4 entry and by nothing else.

import { BlockList, isIP } from 'node:net';

const PREFIX = /^(?:0|[1-9]\d{0,2})$/;
const IPV4_MAPPED = new BlockList();
IPV4_MAPPED.addSubnet('::ffff:0:0', 96, 'ipv6');

/** Host bits may be set (`10.1.2.3/8`); zone ids, leading zeros and prefixes longer than the address are refused. */
export function isNetworkAddress(text: string): boolean {
  const [address = '', prefix, ...rest] = text.split('/');
  const family = isIP(address);
  if (rest.length > 0 || family === 0 || address.includes('%')) return false;
  if (family === 6 && IPV4_MAPPED.check(address, 'ipv6')) return false;
  return prefix === undefined || (PREFIX.test(prefix) && Number(prefix) <= (family === 4 ? 32 : 128));
}

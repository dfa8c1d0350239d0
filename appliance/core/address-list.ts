// Lists of addresses and CIDR blocks that an address is looked up in. IPv4-mapped IPv6 is IPv4 on both sides, and an
// IPv6 block never contains an IPv4 address.

import { BlockList, isIP, isIPv4 } from 'node:net';
import { isNetworkAddress } from './network-address.ts';

const MAPPED = /^::ffff:(?=\d+\.)/i;

/** The address of a peer: `::ffff:a.b.c.d` as `a.b.c.d`, and no zone (`fe80::1%eth0`). */
export function plainAddress(peerAddress: string): string {
  const [address = ''] = peerAddress.split('%', 1);
  return unmapped(address);
}

/** An address or block in the form without IPv4 mapping; undefined when it is neither. */
export function plainSource(source: string): string | undefined {
  const [address = '', prefix, ...rest] = source.split('/');
  const plain = unmapped(address);
  // A block inside ::ffff:0:0/96 is the IPv4 block of 96 bits less.
  const bits = plain === address || prefix === undefined ? prefix : String(Number(prefix) - 96);
  const text = [plain, ...(bits === undefined ? [] : [bits]), ...rest].join('/');
  return isNetworkAddress(text) ? text : undefined;
}

export interface AddressList {
  /** @param address plain */
  contains(address: string): boolean;
}

/** Entries that are no address or block are left out: they contain nothing. */
export function addressList(sources: readonly string[]): AddressList {
  // A list a family: in one of both, a block such as ::/0 would contain the IPv4 addresses too.
  const lists = { ipv4: new BlockList(), ipv6: new BlockList() };
  for (const source of sources) {
    const [address = '', prefix] = plainSource(source)?.split('/') ?? [];
    if (address === '') continue;
    const family = familyOf(address);
    if (prefix === undefined) lists[family].addAddress(address, family);
    else lists[family].addSubnet(address, Number(prefix), family);
  }
  return {
    contains(address) {
      if (isIP(address) === 0) return false;
      const family = familyOf(address);
      return lists[family].check(address, family);
    },
  };
}

function unmapped(address: string): string {
  const mapped = MAPPED.exec(address);
  return mapped ? address.slice(mapped[0].length) : address;
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIPv4(address) ? 'ipv4' : 'ipv6';
}

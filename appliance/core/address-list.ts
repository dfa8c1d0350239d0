// Lists of addresses and CIDR blocks that an address is looked up in. IPv4-mapped IPv6 is IPv4 on both sides.

import { BlockList, isIPv4 } from 'node:net';
import { isNetworkAddress } from './network-address.ts';

const MAPPED = /^::ffff:(?=\d+\.)/i;

/** `::ffff:a.b.c.d` as `a.b.c.d`; every other address as it is. */
export function plainAddress(address: string): string {
  const mapped = MAPPED.exec(address);
  return mapped ? address.slice(mapped[0].length) : address;
}

/** An address or block in the form without IPv4 mapping; undefined when it is neither. */
export function plainSource(source: string): string | undefined {
  const [address = '', prefix, ...rest] = source.split('/');
  const plain = plainAddress(address);
  // A block inside ::ffff:0:0/96 is the IPv4 block of 96 bits less.
  const bits = plain === address || prefix === undefined ? prefix : String(Number(prefix) - 96);
  const text = [plain, ...(bits === undefined ? [] : [bits]), ...rest].join('/');
  return isNetworkAddress(text) ? text : undefined;
}

/** Entries that are no address or block are left out: they contain nothing. */
export function addressList(sources: readonly string[]): BlockList {
  const list = new BlockList();
  for (const source of sources) {
    const [address = '', prefix] = plainSource(source)?.split('/') ?? [];
    if (address === '') continue;
    if (prefix === undefined) list.addAddress(address, familyOf(address));
    else list.addSubnet(address, Number(prefix), familyOf(address));
  }
  return list;
}

/** @param address plain */
export function contains(list: BlockList, address: string): boolean {
  return list.check(address, familyOf(address));
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIPv4(address) ? 'ipv4' : 'ipv6';
}

// The names a server certificate is valid for: DNS names and IP addresses in the form of RFC 5280 section 4.2.1.6.
// Invariant: what leaves here is a host name by RFC 1123 or the 4 or 16 octets of an address; nothing else is certified.

import { isIP } from 'node:net';

export interface SubjectName {
  readonly kind: 'dns' | 'ip';
  /** ASCII of a lower-case DNS name, or the octets of an address in network order. */
  readonly bytes: Buffer;
}

const MAX_NAMES = 64;
const MAX_DNS_NAME = 253;
const DNS_LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const DIGITS = /^[0-9]+$/;

/**
 * Validates 1 to 64 names and drops repetitions.
 * @throws Error that gives the position of a bad name, never its text.
 */
export function parseServerNames(names: readonly string[]): SubjectName[] {
  if (names.length < 1) throw new Error('A server certificate needs at least one DNS name or IP address.');
  if (names.length > MAX_NAMES) throw new Error(`A server certificate holds at most ${MAX_NAMES} names.`);
  const parsed = new Map<string, SubjectName>();
  names.forEach((text, index) => {
    const name = parseServerName(text);
    if (name === null) throw new Error(`Server name ${index + 1} is neither a DNS name nor an IP address.`);
    parsed.set(`${name.kind} ${name.bytes.toString('hex')}`, name);
  });
  return [...parsed.values()];
}

function parseServerName(text: string): SubjectName | null {
  const version = isIP(text);
  if (version === 4) return { kind: 'ip', bytes: Buffer.from(text.split('.').map(Number)) };
  if (version === 6) return parseIpv6(text);
  return isDnsName(text) ? { kind: 'dns', bytes: Buffer.from(text.toLowerCase(), 'latin1') } : null;
}

function isDnsName(text: string): boolean {
  if (text.length > MAX_DNS_NAME) return false;
  const labels = text.toLowerCase().split('.');
  // A numeric last label is a mistyped IPv4 address, not a name (RFC 1123 section 2.1).
  return labels.every((label) => DNS_LABEL.test(label)) && !DIGITS.test(labels.at(-1) ?? '');
}

function parseIpv6(text: string): SubjectName | null {
  // A zone index names an interface of one machine.
  if (text.includes('%')) return null;
  // The URL parser writes every form, the ones with an IPv4 tail too, as hexadecimal groups with at most one `::`.
  const [head = '', tail = ''] = new URL(`http://[${text}]`).hostname.slice(1, -1).split('::');
  const groups = (part: string): string[] => (part === '' ? [] : part.split(':'));
  const zeros = 8 - groups(head).length - groups(tail).length;
  const all = [...groups(head), ...Array<string>(zeros).fill('0'), ...groups(tail)];
  const bytes = Buffer.from(all.map((group) => group.padStart(4, '0')).join(''), 'hex');
  return { kind: 'ip', bytes };
}

// Which names a server certificate takes, and the octets it certifies. Source: RFC 5280 section 4.2.1.6.

import { BlockList } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseServerNames } from '../../certs-tool/server-names.ts';

describe('the names of a server certificate', () => {
  it.each([
    'a..b',
    '',
    '.',
    'a.',
    '-a.example',
    'a-.example',
    'a_b.example',
    '*.example.com',
    'bücher.example',
    'a b',
    'a\0.example',
    '1.2.3',
    '256.1.1.1',
    '1.2.3.4/8',
    '[::1]',
    'fe80::1%eth0',
    ':::1',
    'https://a.example',
    'a.example:443',
    `${'a'.repeat(64)}.example`,
    `${'a.'.repeat(127)}aa`,
  ])('do not include %j', (name) => {
    expect(() => parseServerNames(['good.example', name])).toThrow(
      'Server name 2 is neither a DNS name nor an IP address.',
    );
  });

  it('are at least one and at most 64', () => {
    expect(() => parseServerNames([])).toThrow('at least one');
    expect(() => parseServerNames(Array<string>(65).fill('a.example'))).toThrow('at most 64');
  });

  it('lose repetitions in another spelling', () => {
    const spellings = ['A.example', 'a.EXAMPLE', '::ffff:1.2.3.4', '0:0:0:0:0:FFFF:102:304', '1.2.3.4'];
    expect(parseServerNames(spellings).map(({ kind, bytes }) => [kind, bytes.toString('hex')])).toEqual([
      ['dns', Buffer.from('a.example').toString('hex')],
      ['ip', '00000000000000000000ffff01020304'],
      ['ip', '01020304'],
    ]);
  });

  it('turn every IPv6 spelling into the octets that the operating system reads', () => {
    fc.assert(
      fc.property(fc.ipV6(), (text) => {
        const octets = Buffer.concat(parseServerNames([text]).map(({ bytes }) => bytes));
        const list = new BlockList();
        list.addAddress(octets.toString('hex').replace(/.{4}(?=.)/g, '$&:'), 'ipv6');
        expect(octets).toHaveLength(16);
        expect(list.check(text, 'ipv6')).toBe(true);
      }),
      { numRuns: process.env['SLOW'] === '1' ? 5000 : 300 },
    );
  });
});

// What counts as an address of a network rule and as a resource of a policy.

import { BlockList } from 'node:net';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isNetworkAddress } from '../../../appliance/core/network-address.ts';
import { isPolicyResource } from '../../../appliance/core/policy-resource.ts';
import { ACCOUNT } from '../../support/core-services.ts';
import { SLOW } from '../../support/software-keys.ts';

const numRuns = SLOW ? 5000 : 300;

describe('an address of a network rule', () => {
  test.each([
    '10.0.0.1',
    '192.168.0.0/24',
    '10.1.2.3/8',
    '0.0.0.0/0',
    '255.255.255.255/32',
    '::1',
    '2001:db8::/32',
    '::/0',
    'fe80::1/128',
    '2001:DB8::A',
  ])('may be %s', (text) => {
    expect(isNetworkAddress(text)).toBe(true);
  });

  test.each([
    '',
    'localhost',
    '10.0.0',
    '10.0.0.256',
    '010.0.0.1',
    '10.0.0.1/33',
    '10.0.0.1/-1',
    '10.0.0.1/08',
    '10.0.0.1/',
    '10.0.0.1/8/8',
    '/8',
    ' 10.0.0.1',
    '10.0.0.1 ',
    'fe80::1%eth0',
    '2001:db8::/129',
    '::ffff:10.0.0.1',
    '::ffff:10.0.0.0/104',
    '::FFFF:0a00:1',
    '10.0.0.0/1e1',
    '1.2.3.4\n',
  ])('may not be %j', (text) => {
    expect(isNetworkAddress(text)).toBe(false);
  });

  test('is always one that a block list takes', () => {
    const candidate = fc.oneof(
      fc
        .tuple(fc.ipV4(), fc.integer({ min: -1, max: 40 }))
        .map(([address, prefix]) => `${address}/${prefix}`),
      fc
        .tuple(fc.ipV6(), fc.integer({ min: -1, max: 140 }))
        .map(([address, prefix]) => `${address}/${prefix}`),
      fc.ipV4(),
      fc.ipV6(),
      fc.string(),
    );
    fc.assert(
      fc.property(candidate, (text) => {
        if (!isNetworkAddress(text)) return;
        const [address = '', prefix] = text.split('/');
        const family = address.includes(':') ? 'ipv6' : 'ipv4';
        const list = new BlockList();
        if (prefix === undefined) list.addAddress(address, family);
        else list.addSubnet(address, Number(prefix), family);
        expect(list.check(address, family)).toBe(true);
      }),
      { numRuns },
    );
  });
});

describe('a resource of a policy', () => {
  const own = 'acs:kms:cn-hangzhou:1000000000000001:';

  test.each([
    'key/*',
    'Key/*',
    'KEY/key-kms6957325a0000000000',
    'key/key-kms*',
    'alias/app',
    'alias/app/main*',
    'secret/*',
    'secret/db_password',
    'secret/数据库',
    'secret/a/b=c@d.e-f+g',
    `${own}key/*`,
    `${own}alias/x`,
  ])('may be %s', (text) => {
    expect(isPolicyResource(text, ACCOUNT)).toBe(true);
  });

  test.each([
    '',
    '*',
    'key',
    'key/',
    '/x',
    'keys/*',
    'key/**',
    'key/*a',
    'key/a*b',
    'key/?',
    'key/a b',
    'policy/x',
    'acs:kms:*:*:key/*',
    'acs:kms:cn-hangzhou:2:key/*',
    `${own}${own}key/*`,
    `key/${'a'.repeat(255)}`,
    'key/a\n',
  ])('may not be %j', (text) => {
    expect(isPolicyResource(text, ACCOUNT)).toBe(false);
  });
});

// The texts of HSM members: what each form means, and what is refused.

import { expect, test } from 'vitest';
import { parseMembers } from '../../appliance/hsm/members.ts';

test.each([
  [
    '10.0.0.1:8020',
    { name: '10.0.0.1:8020', zone: null, address: { type: 'tls', host: '10.0.0.1', port: 8020 } },
  ],
  [
    'a=hsm-a.internal:1@zone-a',
    { name: 'a', zone: 'zone-a', address: { type: 'tls', host: 'hsm-a.internal', port: 1 } },
  ],
  [
    '[fd00::1]:8020@z',
    { name: '[fd00::1]:8020', zone: 'z', address: { type: 'tls', host: 'fd00::1', port: 8020 } },
  ],
  ['a=unix:/run/hsm.sock', { name: 'a', zone: null, address: { type: 'unix', path: '/run/hsm.sock' } }],
  [
    'pkcs11:token=kms-a?module-path=/lib/softhsm.so&pin-source=file:/etc/kms/a%20pin@zone-a',
    {
      name: 'kms-a',
      zone: 'zone-a',
      address: { type: 'module', module: '/lib/softhsm.so', token: 'kms-a', pinFile: '/etc/kms/a pin' },
    },
  ],
])('%s is understood', (text, member) => {
  expect(parseMembers([text])).toEqual([member]);
});

test.each([
  [[]],
  [['']],
  [['host']],
  [['host:0']],
  [['host:65536']],
  [['https://host:1']],
  [['host:1/path']],
  [['unix:relative']],
  [['pkcs11:token=a']],
  [['pkcs11:token=a?module-path=relative&pin-source=/pin']],
  [['pkcs11:token=%zz?module-path=/m&pin-source=/pin']],
  [['a=h:1', 'a=h:2']],
  [['h:1', 'h:1']],
  [Array.from({ length: 17 }, (_, index) => `h:${index + 1}`)],
])('%j is refused', (texts) => {
  expect(() => parseMembers(texts)).toThrow();
});

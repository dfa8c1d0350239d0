import { expect, it } from 'vitest';
import { newKey, usedKey } from '../../../hsm-adapter/attributes.ts';
import { CKA } from '../../../hsm-adapter/cryptoki.ts';
import type { Template } from '../../../hsm-adapter/pkcs11-module.ts';
import { SEALING } from '../../../hsm-adapter/sm-envelope.ts';

const USES = ['ENCRYPT', 'DECRYPT', 'WRAP', 'UNWRAP', 'SIGN', 'VERIFY', 'DERIVE'] as const;

function value(template: Template, type: number): unknown {
  return template.find((attribute) => attribute.type === type)?.value;
}

it.each([
  ['the secret that seals SM keys', SEALING, ['SIGN']],
  ['an AES key', { type: 'aes', bytes: 32 }, ['ENCRYPT', 'DECRYPT']],
] as const)(
  '%s, when it is used, does its own work only and can be neither read nor changed',
  (_, kind, uses) => {
    const template = usedKey(kind);
    expect(USES.filter((use) => value(template, CKA[use]) === true)).toEqual(uses);
    expect(USES.filter((use) => value(template, CKA[use]) === undefined)).toEqual([]);
    const locked = [CKA.SENSITIVE, CKA.EXTRACTABLE, CKA.MODIFIABLE, CKA.TOKEN].map((type) =>
      value(template, type),
    );
    expect(locked).toEqual([true, false, false, false]);
  },
);

it('a new secret for SM keys has 64 bytes, is extractable for its wrapping and sensitive nevertheless', () => {
  const template = newKey(SEALING);
  expect(value(template, CKA.VALUE_LEN)).toBe(64);
  expect([CKA.SENSITIVE, CKA.EXTRACTABLE].map((type) => value(template, type))).toEqual([true, true]);
});

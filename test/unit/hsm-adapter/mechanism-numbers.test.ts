// A product that has mechanisms under numbers of its own: what reaches its library, and what is read of its list.

import { expect, it } from 'vitest';
import { domainKey } from '../../../hsm-adapter/attributes.ts';
import { CKA, CKM } from '../../../hsm-adapter/cryptoki.ts';
import { MechanismNumbers } from '../../../hsm-adapter/mechanism-numbers.ts';
import { type Handle, Pkcs11Module } from '../../../hsm-adapter/pkcs11-module.ts';

const OWN = 0x210b;
const LIST = [CKM.AES_GCM, OWN];

interface Seen {
  readonly mechanism?: number;
  readonly allowed?: string;
}

/** A library that tells what it was asked. */
function moduleOf(listed: readonly number[], seen: Seen[]): Pkcs11Module {
  const library = {
    C_GetMechanismList: () => listed,
    C_WrapKey: (_session: unknown, { mechanism }: { mechanism: number }) => {
      seen.push({ mechanism });
      return Buffer.alloc(0);
    },
    C_UnwrapKey: (
      ...[, mechanism, , , template]: [
        unknown,
        { mechanism: number },
        unknown,
        unknown,
        { type: number; value: Buffer }[],
      ]
    ) => {
      const allowed =
        template.find(({ type }) => type === CKA.ALLOWED_MECHANISMS)?.value.toString('hex') ?? '';
      seen.push({ ...mechanism, allowed });
      return Buffer.alloc(8);
    },
  };
  return new Pkcs11Module(library as never);
}

it('calls, templates and the list of a token are in the numbers that its vendor file names', () => {
  const seen: Seen[] = [];
  const module = moduleOf(LIST, seen);
  module.useNumbers(new MechanismNumbers({ AES_KEY_WRAP_PAD: OWN }));
  const handle = Buffer.alloc(8) as Handle;
  expect([...module.mechanisms(handle)].sort()).toEqual([CKM.AES_GCM, OWN, CKM.AES_KEY_WRAP_PAD].sort());
  module.wrap(handle, { mechanism: CKM.AES_KEY_WRAP_PAD }, { by: handle, key: handle });
  const unwrapped = { by: handle, wrapped: Buffer.alloc(8), template: domainKey() };
  module.unwrap(handle, { mechanism: CKM.RSA_PKCS_OAEP, oaep: 'sha1' }, unwrapped);
  expect(seen).toMatchObject([
    { mechanism: OWN },
    { mechanism: CKM.RSA_PKCS_OAEP, allowed: '0b21000000000000' },
  ]);
});

it("a product that has another mechanism under the standard's number does not have the standard's", () => {
  const module = moduleOf([CKM.AES_KEY_WRAP_PAD], []);
  module.useNumbers(new MechanismNumbers({ AES_KEY_WRAP_PAD: OWN }));
  expect(module.mechanisms(Buffer.alloc(8) as Handle).has(CKM.AES_KEY_WRAP_PAD)).toBe(false);
});

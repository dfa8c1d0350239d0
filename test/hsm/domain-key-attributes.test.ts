// What stands in a token after a cluster was made: read back through PKCS#11 by pkcs11-tool's rules, with the PIN, as an
// operator with the token in hand would. Nothing there can be read, wrapped or turned into something else.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { dial } from '../../hsm-adapter/endpoint.ts';
import { RequestChannel } from '../../hsm-adapter/frame-channel.ts';
import { createHsmRig, type HsmRig } from '../support/hsm-rig.ts';
import { present } from '../support/present.ts';

type Pkcs11js = typeof import('pkcs11js');
type Handle = import('pkcs11js').Handle;

const { PKCS11, ...CK } = createRequire(import.meta.url)('pkcs11js') as Pkcs11js;

let rig: HsmRig;
let module: InstanceType<Pkcs11js['PKCS11']>;
let session: Handle;
beforeAll(async () => {
  rig = await createHsmRig({ members: 2, args: ['--processes', '1'] });
  // The member that received the domain key, not the one that made it. The library reads its configuration by getenv.
  const token = present(rig.tokens[1]);
  process.env['SOFTHSM2_CONF'] = token.env.SOFTHSM2_CONF;
  module = new PKCS11();
  module.load(token.module);
  module.C_Initialize({ flags: 2 });
  const slot = present(
    module.C_GetSlotList(true).find((slot) => module.C_GetTokenInfo(slot).label.trim() === token.label),
  );
  session = module.C_OpenSession(slot, CK.CKF_SERIAL_SESSION | CK.CKF_RW_SESSION);
  module.C_Login(session, CK.CKU_USER, readFileSync(token.pinFile, 'utf8').trim());
});
afterAll(async () => {
  module.C_Finalize();
  await rig.close();
});

function findAll(objectClass: number, label?: string): Handle[] {
  const named = label === undefined ? [] : [{ type: CK.CKA_LABEL, value: label }];
  module.C_FindObjectsInit(session, [{ type: CK.CKA_CLASS, value: objectClass }, ...named]);
  const found = module.C_FindObjects(session, 10);
  module.C_FindObjectsFinal(session);
  return found;
}

function findOne(objectClass: number, label: string): Handle {
  const found = findAll(objectClass, label);
  expect(found).toHaveLength(1);
  return present(found[0]);
}

function flags(object: Handle, ...types: number[]): number[] {
  const template = types.map((type) => ({ type }));
  return module.C_GetAttributeValue(session, object, template).map(({ value }) => present(value[0]));
}

function codeOf(call: () => unknown): number {
  try {
    call();
  } catch (error) {
    const { code, message } = error as { code?: number; message: string };
    return code ?? Number(/:(\d+)/.exec(message)?.[1]);
  }
  return 0;
}

it('the domain key is sensitive, not extractable, and wraps and unwraps alone', () => {
  const key = findOne(CK.CKO_SECRET_KEY, 'kms-domain-key');
  expect(flags(key, CK.CKA_SENSITIVE, CK.CKA_PRIVATE, CK.CKA_WRAP, CK.CKA_UNWRAP)).toEqual([1, 1, 1, 1]);
  const forbidden = [CK.CKA_EXTRACTABLE, CK.CKA_MODIFIABLE, CK.CKA_ENCRYPT, CK.CKA_DECRYPT, CK.CKA_SIGN];
  expect(flags(key, ...forbidden)).toEqual([0, 0, 0, 0, 0]);
  expect(codeOf(() => module.C_GetAttributeValue(session, key, [{ type: CK.CKA_VALUE }]))).not.toBe(0);
  const gain = [{ type: CK.CKA_DECRYPT, value: true }];
  expect(codeOf(() => module.C_SetAttributeValue(session, key, gain))).not.toBe(0);
  expect(codeOf(() => module.C_DecryptInit(session, { mechanism: CK.CKM_AES_ECB }, key))).not.toBe(0);
});

it('the domain key is not wrapped under any other key, and wraps by RFC 5649 alone', () => {
  const key = findOne(CK.CKO_SECRET_KEY, 'kms-domain-key');
  const member = findOne(CK.CKO_PUBLIC_KEY, 'kms-member-key');
  const room = Buffer.alloc(4096);
  const wrapDomainKey = () => module.C_WrapKey(session, { mechanism: CK.CKM_RSA_PKCS }, member, key, room);
  expect(codeOf(wrapDomainKey)).not.toBe(0);
  const wrapByCbc = { mechanism: CK.CKM_AES_CBC, parameter: Buffer.alloc(16) };
  expect(codeOf(() => module.C_WrapKey(session, wrapByCbc, key, key, room))).not.toBe(0);
});

it('the member key can receive the domain key and do nothing else', () => {
  const key = findOne(CK.CKO_PRIVATE_KEY, 'kms-member-key');
  expect(flags(key, CK.CKA_SENSITIVE, CK.CKA_UNWRAP)).toEqual([1, 1]);
  expect(flags(key, CK.CKA_EXTRACTABLE, CK.CKA_SIGN, CK.CKA_DECRYPT)).toEqual([0, 0, 0]);
});

it('keys that were made leave no object in the token', async () => {
  const count = () => {
    module.C_FindObjectsInit(session, []);
    const found = module.C_FindObjects(session, 100).length;
    module.C_FindObjectsFinal(session);
    return found;
  };
  const before = count();
  const key = await rig.cluster.generate('AES_256');
  await rig.cluster.generate('EC_P256');
  await rig.cluster.encrypt(key, 'AES_GCM', { plaintext: Buffer.from('data') });
  expect(count()).toBe(before);
  expect(before).toBe(4);
});

it.each([
  ['private', CK.CKO_PRIVATE_KEY],
  ['public', CK.CKO_PUBLIC_KEY],
])('a member key of which only one half is left, without the %s one, is made anew', async (_half, lost) => {
  module.C_DestroyObject(session, findOne(lost, 'kms-member-key'));
  // The record of a domain key under the lost pair says that the token was in use: it is not here when a start was cut.
  for (const record of findAll(CK.CKO_DATA)) module.C_DestroyObject(session, record);
  for (let count = 0; count < 2; count += 1) {
    const stream = await dial(present(rig.members()[1]).endpoint);
    const channel = new RequestChannel(stream, {
      monotonic: () => performance.now(),
      onClose: () => undefined,
    });
    const deadlineMs = 30_000;
    await channel.call({ operation: 'hello', fields: [Buffer.of(1, 1)], deadlineMs });
    const [offered] = await channel.call({ operation: 'domainOffer', fields: [], deadlineMs });
    expect(present(offered).length).toBeGreaterThan(400);
    channel.close();
  }
  findOne(CK.CKO_PUBLIC_KEY, 'kms-member-key');
  findOne(CK.CKO_PRIVATE_KEY, 'kms-member-key');
});

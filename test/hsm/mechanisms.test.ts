// A token that lacks mechanisms: what is then done beside it, what is refused, and how it shows.

import { constants, createDecipheriv, createHash, createPublicKey, randomBytes, verify } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createHsmRig, type HsmRig } from '../support/hsm-rig.ts';
import { present } from '../support/present.ts';

const MESSAGE = Buffer.from('message');
const DIGEST = createHash('sha256').update(MESSAGE).digest();
const PSS = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 };

let rig: HsmRig;
beforeAll(async () => {
  const without = [
    'CKM_RSA_PKCS_PSS',
    'CKM_RSA_PKCS',
    'CKM_AES_CBC_PAD',
    'CKM_ECDH1_DERIVE',
    'CKM_SHA256_HMAC',
  ];
  rig = await createHsmRig({ members: 1, args: ['--processes', '1', '--max-keys', '3'], without });
});
afterAll(() => rig.close());

it('PSS and PKCS#1 are encoded beside the token and signed in it, as node:crypto verifies', async () => {
  const rsa = await rig.cluster.generate('RSA_2048');
  const key = createPublicKey({ key: present(rsa.publicKey), format: 'der', type: 'spki' });
  const pss = await rig.cluster.sign(rsa, 'RSA_PSS_SHA_256', DIGEST);
  const pkcs1 = await rig.cluster.sign(rsa, 'RSA_PKCS1_SHA_256', DIGEST);
  expect(verify('sha256', MESSAGE, { key, ...PSS }, pss)).toBe(true);
  expect(verify('sha256', MESSAGE, key, pkcs1)).toBe(true);
});

it('CBC padding is put on and taken off beside the token, as node:crypto does it', async () => {
  const secret = randomBytes(32);
  const key = await rig.cluster.importKey('AES_256', secret);
  for (const size of [0, 15, 16, 33]) {
    const plaintext = randomBytes(size);
    const { iv, ciphertext } = await rig.cluster.encrypt(key, 'AES_CBC_PKCS7', { plaintext });
    const decipher = createDecipheriv('aes-256-cbc', secret, iv);
    expect(Buffer.concat([decipher.update(ciphertext), decipher.final()]).equals(plaintext)).toBe(true);
    expect((await rig.cluster.decrypt(key, 'AES_CBC_PKCS7', { iv, ciphertext })).equals(plaintext)).toBe(
      true,
    );
  }
});

it('what cannot be done in any way is MECHANISM_MISSING, and shows as missing', async () => {
  const ec = await rig.cluster.generate('EC_P256');
  const point = present(ec.publicKey).subarray(-65);
  await expect(rig.cluster.agree(ec, point)).rejects.toMatchObject({ code: 'MECHANISM_MISSING' });
  for (const spec of ['SM2', 'SM4'] as const)
    await expect(rig.cluster.generate(spec)).rejects.toMatchObject({ code: 'MECHANISM_MISSING' });
  expect(rig.cluster.capabilities().specs).toHaveLength(8);
  const rows = new Map(rig.cluster.capabilities().operations.map((row) => [row.operation, row]));
  expect(rows.get('ECDH')).toMatchObject({ where: 'missing', way: null });
  for (const operation of ['SM2DSA', 'SM2PKE', 'SM4_GCM', 'GENERATE_SM2'] as const)
    expect(rows.get(operation)).toMatchObject({ where: 'missing', way: null });
  expect(rows.get('RSA_PSS_SHA_256')).toMatchObject({ where: 'token+node', way: 'pss-beside' });
  expect(rows.get('RSA_PKCS1_SHA_256')).toMatchObject({ where: 'token+node', way: 'pkcs1-beside' });
  expect(rows.get('AES_CBC_PKCS7')).toMatchObject({ where: 'token+node', way: 'cbc-pad-beside' });
});

it('more keys than a process keeps are used in turn, and it never holds more than its bound', async () => {
  const keys = await Promise.all(Array.from({ length: 8 }, () => rig.cluster.generate('AES_128')));
  for (let round = 0; round < 3; round += 1) {
    for (const key of keys) {
      const { iv, ciphertext } = await rig.cluster.encrypt(key, 'AES_GCM', { plaintext: MESSAGE });
      expect((await rig.cluster.decrypt(key, 'AES_GCM', { iv, ciphertext })).equals(MESSAGE)).toBe(true);
    }
  }
  await rig.cluster.synchronise();
  expect(present(rig.cluster.status().members[0]).token?.cachedKeys).toBe(3);
});

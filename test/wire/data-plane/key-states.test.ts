// Which APIs a key serves, by its spec and usage and by its state: the matrices of data-plane specification 7.2 and 7.3.

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { KeyState } from '../../../appliance/core/key.ts';
import { type DataPlaneFixture, startDataPlane } from '../../support/data-plane.ts';
import type { Api, Fields } from '../../support/dkms-messages.ts';

const IV = Buffer.alloc(12);
const PAIR = { KeyPairSpec: 'EC_P256', KeyFormat: 'DER' };

type Kind = 'symmetric' | 'encrypting' | 'signing';

let plane: DataPlaneFixture;
const ids = {} as Record<Kind, string>;
const inputs = {} as Record<Kind, { ciphertext: Buffer; advance: Buffer }>;

beforeAll(async () => {
  plane = await startDataPlane();
  ids.symmetric = (await plane.createKey('Aliyun_AES_256')).id;
  ids.encrypting = (await plane.createKey('EC_P256', 'ENCRYPT/DECRYPT')).id;
  ids.signing = (await plane.createKey('EC_P256', 'SIGN/VERIFY')).id;
  const text = { Plaintext: Buffer.of(1) };
  const { client } = plane;
  const symmetric = await client.ok('Encrypt', { KeyId: ids.symmetric, Iv: IV, ...text });
  const advance = (await client.ok('AdvanceEncrypt', { KeyId: ids.symmetric, ...text })).CiphertextBlob;
  const asymmetric = await client.ok('Encrypt', { KeyId: ids.encrypting, ...text });
  inputs.symmetric = { ciphertext: symmetric.CiphertextBlob, advance };
  inputs.encrypting = { ciphertext: asymmetric.CiphertextBlob, advance: asymmetric.CiphertextBlob };
  inputs.signing = inputs.encrypting;
});

afterAll(() => plane.close());

/** A request that succeeds if spec, usage and state allow the API. */
function request(api: Api, kind: Kind): Fields {
  const KeyId = ids[kind];
  if (api === 'Decrypt') return { KeyId, CiphertextBlob: inputs[kind].ciphertext, Iv: IV };
  if (api === 'AdvanceDecrypt') return { KeyId, CiphertextBlob: inputs[kind].advance };
  if (api.includes('KeyPair')) return { KeyId, ...PAIR };
  if (api.endsWith('Encrypt')) return { KeyId, Plaintext: Buffer.of(1) };
  if (api === 'Sign') return { KeyId, Message: Buffer.of(1) };
  if (api === 'Verify') return { KeyId, Message: Buffer.of(1), Signature: Buffer.of(1) };
  return { KeyId };
}

const code = (api: Api, kind: Kind): Promise<string> => plane.client.code(api, request(api, kind));

const UNSUPPORTED = 'UnsupportedOperation';
const SYMMETRIC_ONLY = 'Forbidden.OnlySymmetricKeySupported';
const MATRIX: readonly (readonly [Api, Record<Kind, string>])[] = [
  ['Encrypt', { symmetric: 'none', encrypting: 'none', signing: UNSUPPORTED }],
  ['Decrypt', { symmetric: 'none', encrypting: 'none', signing: UNSUPPORTED }],
  ['GenerateDataKey', { symmetric: 'none', encrypting: UNSUPPORTED, signing: UNSUPPORTED }],
  ['AdvanceEncrypt', { symmetric: 'none', encrypting: SYMMETRIC_ONLY, signing: SYMMETRIC_ONLY }],
  ['AdvanceDecrypt', { symmetric: 'none', encrypting: SYMMETRIC_ONLY, signing: SYMMETRIC_ONLY }],
  ['AdvanceGenerateDataKey', { symmetric: 'none', encrypting: SYMMETRIC_ONLY, signing: SYMMETRIC_ONLY }],
  ['GenerateDataKeyPair', { symmetric: 'none', encrypting: SYMMETRIC_ONLY, signing: SYMMETRIC_ONLY }],
  [
    'GenerateDataKeyPairWithoutPlaintext',
    { symmetric: 'none', encrypting: SYMMETRIC_ONLY, signing: SYMMETRIC_ONLY },
  ],
  ['AdvanceGenerateDataKeyPair', { symmetric: 'none', encrypting: SYMMETRIC_ONLY, signing: SYMMETRIC_ONLY }],
  [
    'AdvanceGenerateDataKeyPairWithoutPlaintext',
    { symmetric: 'none', encrypting: SYMMETRIC_ONLY, signing: SYMMETRIC_ONLY },
  ],
  ['Sign', { symmetric: UNSUPPORTED, encrypting: UNSUPPORTED, signing: 'none' }],
  ['Verify', { symmetric: UNSUPPORTED, encrypting: UNSUPPORTED, signing: 'none' }],
  ['GetPublicKey', { symmetric: UNSUPPORTED, encrypting: 'none', signing: 'none' }],
];
const STATUS: Readonly<Record<string, number>> = { none: 200, [UNSUPPORTED]: 400, [SYMMETRIC_ONLY]: 404 };

test.each(MATRIX)(
  '%s serves the specs and usages it should, and the others get their code',
  async (api, row) => {
    for (const kind of ['symmetric', 'encrypting', 'signing'] as const) {
      const answer = await plane.client.call(api, request(api, kind));
      expect([kind, answer.code, answer.status]).toEqual([kind, row[kind], STATUS[row[kind]]]);
      const name = `The key ${ids[kind]} is not a symmetric key. The API only supports symmetric keys.`;
      if (row[kind] === SYMMETRIC_ONLY) expect(answer.reply.ErrorMessage).toBe(name);
      if (row[kind] === UNSUPPORTED) expect(answer.reply.ErrorMessage).toBe('Rejected.UnsupportedOperation');
    }
  },
);

describe.each(['Disabled', 'PendingDeletion', 'PendingImport'] as const)(
  'a key in state %s',
  (state: KeyState) => {
    beforeEach(async () => {
      for (const id of Object.values(ids)) await plane.changeKey(id, { state });
      return async () => {
        for (const id of Object.values(ids)) await plane.changeKey(id, { state: 'Enabled' });
      };
    });

    test.each(MATRIX)('refuses %s, whatever else would be wrong with the request', async (api, row) => {
      for (const kind of ['symmetric', 'encrypting', 'signing'] as const) {
        const answer = await plane.client.call(api, request(api, kind));
        expect([row[kind], answer.status, answer.code]).toEqual([row[kind], 409, `Rejected.${state}`]);
        expect(answer.reply.ErrorMessage).toBe(`The request was rejected because the key state is ${state}.`);
      }
      expect(await plane.client.code(api, { KeyId: ids.symmetric })).toBe(`Rejected.${state}`);
    });
  },
);

test('a key that is disabled stops with the next request and starts again when enabled', async () => {
  const maxSockets = 1;
  const client = plane.newClient({ maxSockets });
  const call = async () => {
    const { code: outcome, localPort } = await client.call('Encrypt', request('Encrypt', 'symmetric'));
    return { outcome, localPort };
  };
  const first = await call();
  await plane.keys.disableKey(ids.symmetric);
  expect(await call()).toEqual({ ...first, outcome: 'Rejected.Disabled' });
  await plane.keys.enableKey(ids.symmetric);
  expect(await call()).toEqual(first);
});

test('a key that is deleted is not found', async () => {
  const { id: KeyId } = await plane.createKey('Aliyun_AES_256');
  await plane.store.transact(({ keys }) => keys.delete(KeyId));
  const answer = await plane.client.call('Encrypt', { KeyId, Plaintext: Buffer.of(1) });
  expect([answer.status, answer.code]).toEqual([404, 'Forbidden.KeyNotFound']);
});

test('GenerateRandom needs no key', async () => {
  expect(await code('GenerateRandom', 'symmetric').catch(() => 'no field KeyId')).toBe('no field KeyId');
  expect(await plane.client.code('GenerateRandom', { Length: 1 })).toBe('none');
});

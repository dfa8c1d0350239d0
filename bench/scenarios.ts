// The table of what is measured: for each scenario the key it needs and the request messages it sends. Adding a
// scenario is adding a row. A body is made from its number, so that no two requests of a pool are alike.

import { createHash } from 'node:crypto';
import { dkms } from '../proto/generated/api.js';
import type { ApiName } from '../proto/index.ts';

export interface KeyNames {
  readonly aes: string;
  readonly p256: string;
  readonly rsa2048: string;
  /** Keys that few scenarios need, made when the first does. */
  readonly more: (name: keyof typeof MORE_KEYS) => Promise<string>;
}

export const MORE_KEYS = {
  rsa4096: ['RSA_4096', 'SIGN/VERIFY'],
  sm2: ['EC_SM2', 'SIGN/VERIFY'],
  sm4: ['Aliyun_SM4', 'ENCRYPT/DECRYPT'],
} as const;

/** Performs one request; the answer's message bytes. */
export type PerformOnce = (api: ApiName, body: Uint8Array) => Promise<Uint8Array>;

export interface BenchRequest {
  readonly api: ApiName;
  readonly body: Uint8Array;
}

/** Makes the request with the given number. */
type MakeRequest = (number: number) => BenchRequest;

export type Prepare = (keys: KeyNames, once: PerformOnce) => MakeRequest | Promise<MakeRequest>;

export interface Scenario {
  readonly title: string;
  /** `once` performs what must have happened before, such as the encryption of what is to be decrypted. */
  readonly prepare: Prepare;
  /** Every request on a connection of its own. */
  readonly cold?: 'full' | 'resumed';
  /** Clients of another kind, whose load the measured ones must bear; measured without them as well. */
  readonly background?: { readonly prepare: Prepare; readonly connections: number };
  /** Measured beside it: `crypto.sign` with a key of this many bits in a bare loop. */
  readonly bareSignBits?: number;
}

export const SCENARIOS = {
  encrypt: { title: 'Encrypt 32 B', prepare: (keys) => encryption(keys.aes, 32) },
  'encrypt-4k': { title: 'Encrypt 4 KiB', prepare: (keys) => encryption(keys.aes, 4096) },
  decrypt: { title: 'Decrypt 32 B', prepare: (keys, once) => decryption(keys.aes, once) },
  'generate-data-key': { title: 'GenerateDataKey', prepare: (keys) => dataKeys(keys.aes) },
  'sign-p256': { title: 'Sign P-256', prepare: (keys) => signing(keys.p256) },
  'sign-rsa2048': {
    title: 'Sign RSA-2048',
    prepare: (keys) => signing(keys.rsa2048),
    bareSignBits: 2048,
  },
  'sign-rsa4096': {
    title: 'Sign RSA-4096',
    prepare: async (keys) => signing(await keys.more('rsa4096')),
    bareSignBits: 4096,
  },
  'sign-sm2': { title: 'Sign SM2', prepare: async (keys) => signing(await keys.more('sm2')) },
  'encrypt-sm4': {
    title: 'Encrypt SM4 32 B',
    prepare: async (keys) => encryption(await keys.more('sm4'), 32),
  },
  'sign-p256-digest': { title: 'Sign P-256 digest', prepare: (keys) => signing(keys.p256, 'DIGEST') },
  'sign-rsa2048-digest': {
    title: 'Sign RSA-2048 digest',
    prepare: (keys) => signing(keys.rsa2048, 'DIGEST'),
  },
  'verify-p256': { title: 'Verify P-256', prepare: (keys, once) => verifying(keys.p256, once) },
  'verify-rsa2048': { title: 'Verify RSA-2048', prepare: (keys, once) => verifying(keys.rsa2048, once) },
  mixed: { title: 'Mixed 8:8:2:1:1', prepare: mixture },
  'mixed-rsa4096': {
    title: 'Encrypt 32 B beside RSA-4096 signing',
    prepare: (keys) => encryption(keys.aes, 32),
    background: { prepare: async (keys) => signing(await keys.more('rsa4096')), connections: 16 },
  },
  'cold-full': {
    title: 'Encrypt 32 B, full handshake each',
    prepare: (keys) => encryption(keys.aes, 32),
    cold: 'full',
  },
  'cold-resumed': {
    title: 'Encrypt 32 B, resumed handshake each',
    prepare: (keys) => encryption(keys.aes, 32),
    cold: 'resumed',
  },
} as const satisfies Record<string, Scenario>;

export type ScenarioName = keyof typeof SCENARIOS;

/** A row of the table with all that it may say. */
export function scenarioOf(name: ScenarioName): Scenario {
  return SCENARIOS[name];
}

/** Of twenty requests eight encrypt, eight decrypt, two make data keys, one signs with P-256, one with RSA-2048. */
async function mixture(keys: KeyNames, once: PerformOnce): Promise<MakeRequest> {
  const encrypt = encryption(keys.aes, 32);
  const decrypt = await decryption(keys.aes, once);
  const dataKey = dataKeys(keys.aes);
  const rarely = [dataKey, signing(keys.p256), dataKey, signing(keys.rsa2048)];
  return (number) => {
    const rare = number % 5 === 4 ? rarely[Math.floor(number / 5) % rarely.length] : undefined;
    return (rare ?? (number % 2 === 0 ? encrypt : decrypt))(number);
  };
}

export function encryption(KeyId: string, bytes: number): MakeRequest {
  return (number) => ({
    api: 'Encrypt',
    body: dkms.EncryptRequest.encode({ KeyId, Plaintext: payload(number, bytes) }).finish(),
  });
}

const DISTINCT_CIPHERTEXTS = 64;

async function decryption(KeyId: string, once: PerformOnce): Promise<MakeRequest> {
  const encrypt = encryption(KeyId, 32);
  const sealed: dkms.EncryptResponse[] = [];
  for (let number = 0; number < DISTINCT_CIPHERTEXTS; number++) {
    sealed.push(dkms.EncryptResponse.decode(await once('Encrypt', encrypt(number).body)));
  }
  return (number) => {
    const { CiphertextBlob, Iv } = pick(sealed, number);
    return { api: 'Decrypt', body: dkms.DecryptRequest.encode({ KeyId, CiphertextBlob, Iv }).finish() };
  };
}

function dataKeys(KeyId: string): MakeRequest {
  return (number) => ({
    api: 'GenerateDataKey',
    body: dkms.GenerateDataKeyRequest.encode({ KeyId, NumberOfBytes: 32, Aad: payload(number, 16) }).finish(),
  });
}

function signing(KeyId: string, MessageType: 'RAW' | 'DIGEST' = 'RAW'): MakeRequest {
  return (number) => ({
    api: 'Sign',
    body: dkms.SignRequest.encode({ KeyId, Message: payload(number, 32), MessageType }).finish(),
  });
}

async function verifying(KeyId: string, once: PerformOnce): Promise<MakeRequest> {
  const Message = payload(0, 32);
  const { Signature } = dkms.SignResponse.decode(await once('Sign', signing(KeyId)(0).body));
  const body = dkms.VerifyRequest.encode({ KeyId, Message, MessageType: 'RAW', Signature }).finish();
  return () => ({ api: 'Verify', body });
}

/** No two alike. */
export function payload(number: number, bytes: number): Buffer {
  const block = createHash('sha256').update(String(number)).digest();
  return Buffer.alloc(bytes, block);
}

function pick<T>(items: readonly T[], number: number): T {
  const item = items[number % items.length];
  if (item === undefined) throw new RangeError('nothing to pick from');
  return item;
}

// The use of keys in the token: for each way of the mechanism table, the PKCS#11 call and what is done beside it.
// Inputs are checked here, before the token, because modules crash or lie on what they do not expect.
// Source: HSM specification, section A.

import { ECDH } from 'node:crypto';
import { agreedSecret } from './attributes.ts';
import { CKA, CKM } from './cryptoki.ts';
import type { HsmCipher, HsmSignature, HsmWrapping, SymmetricCipher } from './hsm.ts';
import { HsmError } from './hsm-error.ts';
import { openWrappedMaterial, type UnwrappedMaterial, wrappingKeyType } from './import-wrapping.ts';
import type { CachedKey, KeyCache } from './key-cache.ts';
import { type HsmKeySpec, type KeyKind, kindOf } from './key-specs.ts';
import type { WayName } from './mechanisms.ts';
import type { Handle, MechanismCall } from './pkcs11-module.ts';
import { ecdsaDer } from './public-key.ts';
import { digestInfo, padPkcs1Signature, padPss, unpadOaep } from './rsa-encoding.ts';
import { SmOperations } from './sm-operations.ts';
import {
  BLOCK_BYTES,
  type CipherParameters,
  checkParameters,
  invalidCiphertext,
  pad,
  SYMMETRIC,
  TAG_BYTES,
  takesCiphertext,
  takesPlaintext,
  unpad,
} from './symmetric-ciphers.ts';
import type { Token } from './token.ts';

const DIGEST_BYTES = 32;
const SALT_BYTES = 32;
const AGREED_BYTES = 32;
const POINT_BYTES = 65;
const UNCOMPRESSED = 4;
const ECDSA_BYTES = 64;
const MAX_RANDOM_BYTES = 65_536;
const RAW_RSA: MechanismCall = { mechanism: CKM.RSA_X_509 };

interface SymmetricWay {
  readonly call: (parameters: CipherParameters) => MechanismCall;
  /** Whether PKCS#7 padding is put on and taken off beside the token. */
  readonly padBeside: boolean;
}

const SYMMETRIC_WAYS = new Map<WayName, SymmetricWay>([
  ['gcm', { call: ({ iv, aad }) => ({ mechanism: CKM.AES_GCM, gcmIv: iv, aad }), padBeside: false }],
  ['cbc', { call: ({ iv }) => ({ mechanism: CKM.AES_CBC, iv }), padBeside: false }],
  ['cbc-pad', { call: ({ iv }) => ({ mechanism: CKM.AES_CBC_PAD, iv }), padBeside: false }],
  ['cbc-pad-beside', { call: ({ iv }) => ({ mechanism: CKM.AES_CBC, iv }), padBeside: true }],
  ['ecb', { call: () => ({ mechanism: CKM.AES_ECB }), padBeside: false }],
  ['ecb-pad-beside', { call: () => ({ mechanism: CKM.AES_ECB }), padBeside: true }],
]);

interface SignatureWay {
  readonly call: MechanismCall;
  /** What goes into the call. `salt` draws random bytes from the token. */
  readonly message: (digest: Buffer, bytes: number, salt: () => Buffer) => Buffer;
  readonly finish: (signature: Buffer) => Buffer;
}

const same = (bytes: Buffer): Buffer => bytes;

const SIGNATURE_WAYS = new Map<WayName, SignatureWay>([
  ['pss', { call: { mechanism: CKM.RSA_PKCS_PSS, saltBytes: SALT_BYTES }, message: same, finish: same }],
  [
    'pss-beside',
    { call: RAW_RSA, message: (digest, bytes, salt) => padPss(digest, salt(), bytes), finish: same },
  ],
  ['pkcs1', { call: { mechanism: CKM.RSA_PKCS }, message: digestInfo, finish: same }],
  ['pkcs1-beside', { call: RAW_RSA, message: padPkcs1Signature, finish: same }],
  ['ecdsa', { call: { mechanism: CKM.ECDSA }, message: same, finish: ecdsaDer }],
]);

const SIGNING = {
  RSA_PSS_SHA_256: 'rsa',
  RSA_PKCS1_SHA_256: 'rsa',
  ECDSA_SHA_256: 'ec',
  SM2DSA: 'sm2',
} as const satisfies Record<HsmSignature, KeyKind['type']>;

export function isSignature(name: string): name is HsmSignature {
  return Object.hasOwn(SIGNING, name);
}

type CipherInput = CipherParameters & { readonly data: Buffer };

export class TokenOperations {
  readonly #token: Token;
  readonly #keys: KeyCache;
  readonly #sm: SmOperations;

  constructor(token: Token, keys: KeyCache) {
    this.#token = token;
    this.#keys = keys;
    this.#sm = new SmOperations(token);
  }

  encrypt(
    blob: Buffer,
    cipher: SymmetricCipher,
    { iv, aad, data }: CipherInput,
  ): { readonly iv: Buffer; readonly ciphertext: Buffer } {
    const row = SYMMETRIC[cipher];
    const key = this.#key(blob, row.kind);
    const way = this.#token.way(cipher);
    const input = { iv: iv.length === 0 ? this.#drawn(row.ivBytes) : iv, aad, data };
    checkParameters(row, input);
    if (!takesPlaintext(row, data)) throw invalidInput('The data is not whole blocks.');
    const ciphertext =
      key.sealed === null ? this.#encryptAes(key, way, input) : this.#sm.encrypt(key, row, input);
    return { iv: input.iv, ciphertext };
  }

  decrypt(blob: Buffer, cipher: HsmCipher, input: CipherInput): Buffer {
    const way = this.#token.way(cipher);
    if (cipher === 'RSA_OAEP_SHA_256') return this.#decryptOaep(blob, input.data);
    if (cipher === 'RSA_OAEP_SHA_1') return this.#decryptOaepSha1(blob, input.data);
    if (cipher === 'SM2PKE') return this.#sm.decryptSm2(this.#key(blob, 'sm2'), input.data);
    const row = SYMMETRIC[cipher];
    const key = this.#key(blob, row.kind);
    checkParameters(row, input);
    if (!takesCiphertext(row, input.data)) throw invalidCiphertext();
    return key.sealed === null ? this.#decryptAes(key, way, input) : this.#sm.decrypt(key, row, input);
  }

  sign(blob: Buffer, signature: HsmSignature, digest: Buffer): Buffer {
    if (digest.length !== DIGEST_BYTES) throw invalidInput('A digest has 32 bytes.');
    const name = this.#token.way(signature);
    const key = this.#key(blob, SIGNING[signature]);
    if (key.sealed !== null) return this.#sm.sign(key, digest);
    const { spec, handle } = key;
    const way = SIGNATURE_WAYS.get(name);
    if (way === undefined) throw new HsmError('MECHANISM_MISSING', 'No such way to sign.');
    const room = signatureBytes(kindOf(spec));
    const message = way.message(digest, room, () => this.#drawn(SALT_BYTES));
    const signed = this.#token.sessions.run('UNAVAILABLE', (session) => {
      return this.#module.sign(session, way.call, handle, { data: message, room });
    });
    return way.finish(signed);
  }

  agree(blob: Buffer, point: Buffer): Buffer {
    this.#token.way('ECDH');
    const { spec, handle } = this.#key(blob, 'ec');
    checkPoint(kindOf(spec), point);
    const { sessions } = this.#token;
    return sessions.run('INVALID_CIPHERTEXT', (session) => {
      const call = { mechanism: CKM.ECDH1_DERIVE, point };
      const secret = this.#module.derive(session, call, handle, agreedSecret(AGREED_BYTES));
      const value = this.#module.attribute(session, secret, CKA.VALUE);
      this.#module.destroy(session, secret);
      return value;
    });
  }

  random(bytes: number): Buffer {
    if (bytes < 1 || bytes > MAX_RANDOM_BYTES) throw invalidInput('1 to 65,536 bytes of random.');
    return this.#drawn(bytes);
  }

  /** Material from outside, opened under a key of the token. The caller wipes it. */
  openWrapped(
    blob: Buffer,
    { spec, wrapping, wrapped }: { spec: HsmKeySpec; wrapping: HsmWrapping; wrapped: Buffer },
  ): UnwrappedMaterial {
    const wrappingKey = this.#key(blob, wrappingKeyType(wrapping));
    const isRsa = wrappingKey.sealed === null;
    const key = {
      blockBytes: isRsa ? signatureBytes(kindOf(wrappingKey.spec)) : 0,
      decrypt: (data: Buffer) =>
        isRsa ? this.#decryptOaep(blob, data) : this.#sm.decryptSm2(wrappingKey, data),
      raw: (data: Buffer) => this.#rawRsa(blob, data),
    };
    return openWrappedMaterial(kindOf(spec), wrapping, { key, wrapped });
  }

  get #module() {
    return this.#token.sessions.module;
  }

  #encryptAes({ handle }: CachedKey, name: WayName, { iv, aad, data }: CipherInput): Buffer {
    const way = symmetricWay(name);
    const input = way.padBeside ? pad(data) : data;
    return this.#token.sessions.run('UNAVAILABLE', (session) => {
      const room = input.length + BLOCK_BYTES + TAG_BYTES;
      return this.#module.encrypt(session, way.call({ iv, aad }), handle, { data: input, room });
    });
  }

  #decryptAes({ handle }: CachedKey, name: WayName, { iv, aad, data }: CipherInput): Buffer {
    const way = symmetricWay(name);
    const plaintext = this.#token.sessions.run(
      'INVALID_CIPHERTEXT',
      (session) => {
        const room = data.length + BLOCK_BYTES;
        return this.#module.decrypt(session, way.call({ iv, aad }), handle, { data, room });
      },
      () => this.#opensItsOwn(handle, way, iv.length),
    );
    return way.padBeside ? unpad(plaintext) : plaintext;
  }

  /** Before a ciphertext is blamed: whether the key opens what it seals. Nothing of it leaves. */
  #opensItsOwn(handle: Handle, way: SymmetricWay, ivBytes: number): boolean {
    const known = Buffer.alloc(BLOCK_BYTES, 1);
    const room = known.length + BLOCK_BYTES + TAG_BYTES;
    try {
      const call = way.call({ iv: this.#drawn(ivBytes), aad: Buffer.alloc(0) });
      return this.#token.sessions.run('UNAVAILABLE', (session) => {
        const data = this.#module.encrypt(session, call, handle, { data: known, room });
        return this.#module.decrypt(session, call, handle, { data, room }).equals(known);
      });
    } catch {
      return false;
    }
  }

  #decryptOaep(blob: Buffer, data: Buffer): Buffer {
    const { spec, handle } = this.#key(blob, 'rsa');
    const room = signatureBytes(kindOf(spec));
    if (data.length !== room) throw invalidCiphertext();
    if (this.#token.way('RSA_OAEP_SHA_256') === 'oaep') {
      const call = { mechanism: CKM.RSA_PKCS_OAEP, oaep: 'sha256' } as const;
      return this.#decryptRsa(call, handle, { data, room });
    }
    const encoded = this.#rawRsa(blob, data);
    const message = unpadOaep(encoded);
    encoded.fill(0);
    if (message === null) throw invalidCiphertext();
    return message;
  }

  #decryptOaepSha1(blob: Buffer, data: Buffer): Buffer {
    const { spec, handle } = this.#key(blob, 'rsa');
    const room = signatureBytes(kindOf(spec));
    if (data.length !== room) throw invalidCiphertext();
    return this.#decryptRsa({ mechanism: CKM.RSA_PKCS_OAEP, oaep: 'sha1' }, handle, { data, room });
  }

  /** The private operation alone: as many bytes as the modulus has. */
  #rawRsa(blob: Buffer, data: Buffer): Buffer {
    const { spec, handle } = this.#key(blob, 'rsa');
    const room = signatureBytes(kindOf(spec));
    const bare = this.#decryptRsa(RAW_RSA, handle, { data, room });
    const block = Buffer.concat([Buffer.alloc(room - bare.length), bare]);
    bare.fill(0);
    return block;
  }

  #decryptRsa(call: MechanismCall, handle: Handle, input: { data: Buffer; room: number }): Buffer {
    return this.#token.sessions.run('INVALID_CIPHERTEXT', (session) => {
      return this.#module.decrypt(session, call, handle, input);
    });
  }

  #key(blob: Buffer, type: KeyKind['type']): CachedKey {
    const key = this.#keys.get(blob);
    if (kindOf(key.spec).type !== type) throw invalidInput('The key is not of that kind.');
    return key;
  }

  #drawn(bytes: number): Buffer {
    if (bytes === 0) return Buffer.alloc(0);
    return this.#token.sessions.run('UNAVAILABLE', (session: Handle) => this.#module.random(session, bytes));
  }
}

function symmetricWay(name: WayName): SymmetricWay {
  const way = SYMMETRIC_WAYS.get(name);
  if (way === undefined) throw new HsmError('MECHANISM_MISSING', 'No such way to encrypt.');
  return way;
}

function checkPoint(kind: KeyKind, point: Buffer): void {
  // The hybrid form (06, 07) is as long, and decodes: it would be a second ciphertext of the same plaintext.
  if (kind.type !== 'ec' || point.length !== POINT_BYTES || point[0] !== UNCOMPRESSED)
    throw invalidCiphertext();
  try {
    // Throws on a point that is not on the curve, which a token might not notice.
    ECDH.convertKey(point, kind.curve, undefined, undefined, 'uncompressed');
  } catch {
    throw invalidCiphertext();
  }
}

function signatureBytes(kind: KeyKind): number {
  return kind.type === 'rsa' ? kind.modulusBits / 8 : ECDSA_BYTES;
}

function invalidInput(message: string): HsmError {
  return new HsmError('INVALID_INPUT', message);
}

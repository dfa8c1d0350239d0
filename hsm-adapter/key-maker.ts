// Makes keys in the token and turns them into blobs: generated there, or brought in from outside through a wrapping key
// that exists for one import. A key is extractable only between its making and its wrapping, in a session that holds
// nothing else. SM keys are made beside the token and sealed by it. Source: HSM specification, sections B and I.

import {
  constants,
  createCipheriv,
  createHash,
  createPublicKey,
  publicEncrypt,
  randomBytes,
} from 'node:crypto';
import { encodeSpki, generateKeyPair, randomScalar } from '../sm/index.js';
import { importedKey, newKey, newPublicKey, transportKey, usedKey } from './attributes.ts';
import { decodeBlob, encodeBlob, type OpenedBlob } from './blob.ts';
import { CKA, CKM } from './cryptoki.ts';
import type { DomainKey } from './domain-key.ts';
import { HsmError } from './hsm-error.ts';
import type { CachedKey } from './key-cache.ts';
import { checkMaterial } from './key-material.ts';
import {
  HSM_KEY_SPECS,
  type HsmKeySpec,
  isSmKind,
  kindOf,
  type SmKeyKind,
  type TokenKeyKind,
} from './key-specs.ts';
import { GENERATING } from './mechanisms.ts';
import { drawMixed } from './mixed-random.ts';
import type { Handle, MechanismCall } from './pkcs11-module.ts';
import { ecSpki, rsaSpki } from './public-key.ts';
import { SEALING, SEALING_IV_BYTES, type SmKey, sealKey } from './sm-envelope.ts';
import type { Token } from './token.ts';

const KEY_WRAP: MechanismCall = { mechanism: CKM.AES_KEY_WRAP_PAD };
const HAND_OVER: MechanismCall = { mechanism: CKM.RSA_PKCS_OAEP, oaep: 'sha1' };
const TRANSPORT_KEY_BYTES = 32;
const KEY_WRAP_PAD_IV = Buffer.from('a65959a6', 'hex');
const NO_PUBLIC_KEY = Buffer.alloc(0);
const FINGERPRINT_LABEL = 'dedicated-kms/material-fingerprint/v1';

/** `publicKey` is SubjectPublicKeyInfo, empty for symmetric keys. */
export interface MadeKey {
  readonly blob: Buffer;
  readonly publicKey: Buffer;
}

export interface ImportedKey extends MadeKey {
  readonly fingerprint: Buffer;
}

export class KeyMaker {
  readonly #token: Token;
  readonly #domainKey: DomainKey;

  constructor(token: Token, domainKey: DomainKey) {
    this.#token = token;
    this.#domainKey = domainKey;
  }

  generate(spec: HsmKeySpec): MadeKey {
    const kind = kindOf(spec);
    this.#token.way(GENERATING[kind.type]);
    if (isSmKind(kind)) return this.#generateSm(spec, kind);
    const { checkValue } = this.#domainKey.require();
    return this.#token.sessions.run('UNAVAILABLE', (session) => {
      const { module } = this.#token.sessions;
      if (kind.type === 'aes') {
        const key = module.generateKey(session, CKM.AES_KEY_GEN, newKey(kind));
        const blob = this.#blobOf(session, key, { spec, checkValue, sealed: null });
        return { blob, publicKey: NO_PUBLIC_KEY };
      }
      const mechanism = kind.type === 'rsa' ? CKM.RSA_PKCS_KEY_PAIR_GEN : CKM.EC_KEY_PAIR_GEN;
      const pair = module.generateKeyPair(session, mechanism, {
        publicKey: newPublicKey(kind),
        privateKey: newKey(kind),
      });
      const publicKey = this.#spkiOf(session, pair.publicKey, kind);
      module.destroy(session, pair.publicKey);
      const blob = this.#blobOf(session, pair.privateKey, { spec, checkValue, sealed: null });
      return { blob, publicKey };
    });
  }

  /** Brings material in; wipes its own copies. @throws HsmError INVALID_KEY_MATERIAL when it does not fit the spec. */
  import(spec: HsmKeySpec, material: Buffer): ImportedKey {
    const { value, publicKey } = checkMaterial(spec, material);
    try {
      const kind = kindOf(spec);
      const own = publicKey ?? NO_PUBLIC_KEY;
      const fingerprint = this.#fingerprintOf(spec, publicKey ?? value);
      const { blob } = isSmKind(kind)
        ? this.#seal({ spec, secret: value, publicKey: own })
        : { blob: this.#transport(spec, kind, value) };
      return { blob, publicKey: own, fingerprint };
    } finally {
      value.fill(0);
    }
  }

  /** Of what makes the material this and no other: a pair's public key, which has one spelling, or the symmetric key. */
  #fingerprintOf(spec: HsmKeySpec, value: Buffer): Buffer {
    const { code } = HSM_KEY_SPECS[spec];
    const digest = createHash('sha256')
      .update(FINGERPRINT_LABEL)
      .update(Buffer.of(code))
      .update(value)
      .digest();
    try {
      return this.#domainKey.mark(digest);
    } finally {
      digest.fill(0);
    }
  }

  /** Checked material, through a wrapping key that exists for this once. */
  #transport(spec: HsmKeySpec, kind: TokenKeyKind, value: Buffer): Buffer {
    const { checkValue } = this.#domainKey.require();
    const transport = randomBytes(TRANSPORT_KEY_BYTES);
    try {
      const cipher = createCipheriv('id-aes256-wrap-pad', transport, KEY_WRAP_PAD_IV);
      const wrapped = Buffer.concat([cipher.update(value), cipher.final()]);
      const member = createPublicKey({ key: this.#domainKey.offer(), format: 'der', type: 'spki' });
      const padding = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' };
      const wrappedTransport = publicEncrypt({ key: member, ...padding }, transport);
      return this.#bringIn({ spec, kind, checkValue, wrapped, wrappedTransport });
    } finally {
      transport.fill(0);
    }
  }

  /** Unwraps a blob into the token, for use alone. @throws HsmError KEY_DAMAGED, DOMAIN_KEY_MISMATCH. */
  open(blob: Buffer): CachedKey {
    const { spec, checkValue, wrapped, sealed } = decodeBlob(blob);
    const domain = this.#domainKey.require();
    if (!checkValue.equals(domain.checkValue)) {
      throw new HsmError('DOMAIN_KEY_MISMATCH', 'The key belongs to another domain key.');
    }
    const { sessions } = this.#token;
    const kind = kindOf(spec);
    const template = usedKey(isSmKind(kind) ? SEALING : kind);
    // In the anchor session: the key has to outlive the work session.
    const handle = sessions.run('KEY_DAMAGED', () => {
      return sessions.module.unwrap(sessions.anchor, KEY_WRAP, { by: domain.handle, wrapped, template });
    });
    return { spec, handle, sealed };
  }

  destroy(handle: Handle): void {
    this.#token.sessions.run('UNAVAILABLE', (session) =>
      this.#token.sessions.module.destroy(session, handle),
    );
  }

  #bringIn(parts: {
    readonly spec: HsmKeySpec;
    readonly kind: TokenKeyKind;
    readonly checkValue: Buffer;
    readonly wrapped: Buffer;
    readonly wrappedTransport: Buffer;
  }): Buffer {
    const { spec, kind, checkValue, wrapped, wrappedTransport } = parts;
    const { sessions } = this.#token;
    const member = this.#domainKey.memberPrivateKey();
    return sessions.run('INVALID_KEY_MATERIAL', (session) => {
      const { module } = sessions;
      const by = module.unwrap(session, HAND_OVER, {
        by: member,
        wrapped: wrappedTransport,
        template: transportKey(),
      });
      const key = module.unwrap(session, KEY_WRAP, { by, wrapped, template: importedKey(kind) });
      module.destroy(session, by);
      return this.#blobOf(session, key, { spec, checkValue, sealed: null });
    });
  }

  #generateSm(spec: HsmKeySpec, { type, bytes }: SmKeyKind): MadeKey {
    const draw = (count: number) => drawMixed(this.#token.sessions, count);
    if (type === 'sm4') return this.#seal({ spec, secret: draw(bytes), publicKey: NO_PUBLIC_KEY });
    const { scalar, point } = generateKeyPair(() => randomScalar(draw));
    return this.#seal({ spec, secret: scalar, publicKey: encodeSpki(point) });
  }

  /** Wipes the secret. */
  #seal(key: SmKey): MadeKey {
    const { sessions } = this.#token;
    try {
      const { checkValue } = this.#domainKey.require();
      const iv = drawMixed(sessions, SEALING_IV_BYTES);
      const blob = sessions.run('UNAVAILABLE', (session) => {
        const sealing = sessions.module.generateKey(session, CKM.GENERIC_SECRET_KEY_GEN, newKey(SEALING));
        const sealed = sealKey(sessions, key, { session, sealing, iv });
        return this.#blobOf(session, sealing, { spec: key.spec, checkValue, sealed });
      });
      return { blob, publicKey: key.publicKey };
    } finally {
      key.secret.fill(0);
    }
  }

  /** Wraps an extractable object by the domain key and destroys it. */
  #blobOf(session: Handle, object: Handle, rest: Omit<OpenedBlob, 'wrapped'>): Buffer {
    const wrapped = this.#domainKey.wrap(session, object);
    this.#token.sessions.module.destroy(session, object);
    return encodeBlob({ ...rest, wrapped });
  }

  #spkiOf(session: Handle, key: Handle, kind: TokenKeyKind): Buffer {
    const { module } = this.#token.sessions;
    if (kind.type === 'ec') return ecSpki(kind.curve, module.attribute(session, key, CKA.EC_POINT));
    return rsaSpki(
      module.attribute(session, key, CKA.MODULUS),
      module.attribute(session, key, CKA.PUBLIC_EXPONENT),
    );
  }
}

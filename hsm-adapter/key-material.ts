// Outside key material, checked before it goes into a token, whose own checks differ from product to product: exact
// length of symmetric keys; PKCS#8 without trailing bytes, of the spec's size or curve, consistent in itself.
// Runs beside the token, in the process for slow work. Sources: RFC 5208, 5915, 8017 3.2; control-plane spec 3.4.

import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { encodeSpki, keyPairOf } from '../sm/index.js';
import { HsmError } from './hsm-error.ts';
import { type HsmKeySpec, type KeyKind, kindOf } from './key-specs.ts';

export interface CheckedMaterial {
  /** The symmetric key, or the PKCS#8 written anew: what the token unwraps. The caller wipes it. */
  readonly value: Buffer;
  readonly publicKey: Buffer | null;
}

/** @throws HsmError INVALID_KEY_MATERIAL, the same for whatever is wrong. */
export function checkMaterial(spec: HsmKeySpec, material: Buffer): CheckedMaterial {
  const kind = kindOf(spec);
  const checked = checkKind(kind, material);
  if (checked === null) throw invalidMaterial();
  return checked;
}

function checkKind(kind: KeyKind, material: Buffer): CheckedMaterial | null {
  if (kind.type === 'aes' || kind.type === 'sm4') return checkSymmetric(kind.bytes, material);
  return kind.type === 'sm2' ? checkScalar(material) : checkPkcs8(kind, material);
}

function checkScalar(material: Buffer): CheckedMaterial | null {
  const pair = keyPairOf(Buffer.from(material));
  return pair && { value: pair.scalar, publicKey: encodeSpki(pair.point) };
}

export function invalidMaterial(): HsmError {
  return new HsmError('INVALID_KEY_MATERIAL', 'The key material is not of its spec.');
}

function checkSymmetric(bytes: number, material: Buffer): CheckedMaterial | null {
  return material.length === bytes ? { value: Buffer.from(material), publicKey: null } : null;
}

function checkPkcs8(kind: KeyKind, material: Buffer): CheckedMaterial | null {
  if (material.length !== derLength(material)) return null;
  try {
    const key = createPrivateKey({ key: material, format: 'der', type: 'pkcs8' });
    if (!fits(key, kind) || (kind.type === 'rsa' && !isConsistent(key))) return null;
    return {
      value: key.export({ type: 'pkcs8', format: 'der' }),
      publicKey: createPublicKey(key).export({ type: 'spki', format: 'der' }),
    };
  } catch {
    return null;
  }
}

function fits(key: KeyObject, kind: KeyKind): boolean {
  const details = key.asymmetricKeyDetails;
  if (kind.type === 'rsa')
    return key.asymmetricKeyType === 'rsa' && details?.modulusLength === kind.modulusBits;
  return kind.type === 'ec' && key.asymmetricKeyType === 'ec' && details?.namedCurve === kind.curve;
}

/** Whether the parts of a two-prime RSA key belong together. */
function isConsistent(key: KeyObject): boolean {
  const jwk = key.export({ format: 'jwk' });
  const integer = (text: string | undefined): bigint => {
    return BigInt(`0x${Buffer.from(text ?? '', 'base64url').toString('hex') || '0'}`);
  };
  const [n, e, d, p, q] = [jwk.n, jwk.e, jwk.d, jwk.p, jwk.q].map(integer) as [
    bigint,
    bigint,
    bigint,
    bigint,
    bigint,
  ];
  const [dp, dq, qi] = [jwk.dp, jwk.dq, jwk.qi].map(integer) as [bigint, bigint, bigint];
  return (
    e >= 3n &&
    e % 2n === 1n &&
    p > 2n &&
    q > 2n &&
    p * q === n &&
    (e * d) % (p - 1n) === 1n &&
    (e * d) % (q - 1n) === 1n &&
    d % (p - 1n) === dp &&
    d % (q - 1n) === dq &&
    (qi * q) % p === 1n
  );
}

/** The whole length that a DER element claims; 0 when its head is cut short. */
function derLength(der: Buffer): number {
  const short = der[1] ?? 0;
  if (short < 0x80) return 2 + short;
  const lengthBytes = short - 0x80;
  if (lengthBytes < 1 || lengthBytes > 3 || der.length < 2 + lengthBytes) return 0;
  return 2 + lengthBytes + der.readUIntBE(2, lengthBytes);
}

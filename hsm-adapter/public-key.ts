// Public values as tokens and as X.509 write them: SubjectPublicKeyInfo from attributes, ECDSA signatures in DER.

import { createPublicKey } from 'node:crypto';
import type { HsmCurve } from './key-specs.ts';

const COORDINATE_BYTES = 32;
const POINT_BYTES = 65;
const UNCOMPRESSED = 4;
const JWK_CURVES: Readonly<Record<HsmCurve, string>> = { prime256v1: 'P-256', secp256k1: 'secp256k1' };

/** From big-endian integers without sign. */
export function rsaSpki(modulus: Buffer, exponent: Buffer): Buffer {
  return spkiOf({ kty: 'RSA', n: modulus.toString('base64url'), e: exponent.toString('base64url') });
}

/** From CKA_EC_POINT: an OCTET STRING around the uncompressed point, or from some tokens the bare point. */
export function ecSpki(curve: HsmCurve, ecPoint: Buffer): Buffer {
  const point = ecPoint.length === POINT_BYTES ? ecPoint : ecPoint.subarray(-POINT_BYTES);
  if (point.length !== POINT_BYTES || point[0] !== UNCOMPRESSED) throw new Error('not an uncompressed point');
  return spkiOf({
    kty: 'EC',
    crv: JWK_CURVES[curve],
    x: point.subarray(1, 1 + COORDINATE_BYTES).toString('base64url'),
    y: point.subarray(1 + COORDINATE_BYTES).toString('base64url'),
  });
}

/** ECDSA-Sig-Value (RFC 3279) from the r and s that PKCS#11 puts side by side. */
export function ecdsaDer(signature: Buffer): Buffer {
  const half = signature.length / 2;
  const integers = [signature.subarray(0, half), signature.subarray(half)].map(derInteger);
  const content = Buffer.concat(integers);
  return Buffer.concat([Buffer.of(0x30, content.length), content]);
}

function derInteger(value: Buffer): Buffer {
  const start = value.findIndex((byte) => byte !== 0);
  const digits = start === -1 ? Buffer.of(0) : value.subarray(start);
  const sign = digits.readUInt8(0) >= 0x80 ? [0] : [];
  return Buffer.concat([Buffer.of(0x02, digits.length + sign.length, ...sign), digits]);
}

function spkiOf(key: import('node:crypto').JsonWebKey): Buffer {
  return createPublicKey({ key, format: 'jwk' }).export({ type: 'spki', format: 'der' });
}

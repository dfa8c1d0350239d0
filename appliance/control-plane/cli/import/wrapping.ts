// The sending side of an import: key material wrapped under the wrapping key that the service handed out. A row says
// which material an algorithm carries and in which layout; keys made on the way live in memory only.
// Source: control-plane specification 3.4.2 and 3.4.3.

import { constants, createCipheriv, createPublicKey, publicEncrypt } from 'node:crypto';
import { decodeSpki, encrypt } from '../../../../sm/index.js';
import type { RandomBytes } from '../../../core/ids.ts';
import type { MaterialKind } from '../../../core/key-specs.ts';
import { CliError, EXIT, usageError } from '../failures.ts';

export interface Wrapping {
  /** The API's WrappingAlgorithm. */
  readonly algorithm: string;
  readonly wrappingKeySpec: 'RSA_2048' | 'EC_SM2';
  readonly carries: readonly MaterialKind['type'][];
  readonly wrap: (input: WrapInput) => Buffer;
}

interface WrapInput {
  /** DER SubjectPublicKeyInfo of the wrapping key. */
  readonly publicKey: Buffer;
  /** Symmetric keys as they are, RSA and EC keys as PKCS#8, SM2 keys as their 32-byte scalar. */
  readonly material: Buffer;
  readonly randomBytes: RandomBytes;
}

/** Of those that carry a material, the first is the default. */
const WRAPPINGS: readonly Wrapping[] = [
  {
    algorithm: 'RSAES_OAEP_SHA_256',
    wrappingKeySpec: 'RSA_2048',
    carries: ['symmetric'],
    wrap: ({ publicKey, material }) => oaep(publicKey, material),
  },
  {
    algorithm: 'SM2PKE',
    wrappingKeySpec: 'EC_SM2',
    carries: ['symmetric'],
    wrap: ({ publicKey, material }) => sm2(publicKey, material),
  },
  {
    algorithm: 'RSAES_PKCS1_V1_5',
    wrappingKeySpec: 'RSA_2048',
    carries: ['symmetric'],
    wrap: ({ publicKey, material }) =>
      publicEncrypt({ key: rsaKey(publicKey), padding: constants.RSA_PKCS1_PADDING }, material),
  },
  {
    algorithm: 'RSAES_OAEP_SHA_256_AES_256_ECB_PKCS7_PAD',
    wrappingKeySpec: 'RSA_2048',
    carries: ['rsa', 'ec'],
    wrap: (input) => inTwoParts(input, { keyBytes: 32, wrapKey: oaep, cipher: 'aes-256-ecb', padding: true }),
  },
  {
    algorithm: 'SM2PKE_SM4_ECB',
    wrappingKeySpec: 'EC_SM2',
    carries: ['sm2'],
    wrap: (input) => inTwoParts(input, { keyBytes: 16, wrapKey: sm2, cipher: 'sm4-ecb', padding: false }),
  },
];

export const WRAPPING_ALGORITHMS: readonly string[] = WRAPPINGS.map(({ algorithm }) => algorithm);

/** The wrapping that was asked for, or the default. @throws CliError when it carries no such material */
export function chooseWrapping(type: MaterialKind['type'], algorithm: string | undefined): Wrapping {
  const fitting = WRAPPINGS.filter(({ carries }) => carries.includes(type));
  const chosen =
    algorithm === undefined ? fitting[0] : fitting.find((wrapping) => wrapping.algorithm === algorithm);
  if (chosen) return chosen;
  const offer = fitting.map((wrapping) => wrapping.algorithm).join(', ');
  throw usageError(`--wrapping: the key takes ${offer}`);
}

interface Envelope {
  readonly keyBytes: number;
  readonly wrapKey: (publicKey: Buffer, key: Buffer) => Buffer;
  readonly cipher: string;
  readonly padding: boolean;
}

/** Cipher(ephemeral key) | Cipher(material). */
function inTwoParts({ publicKey, material, randomBytes }: WrapInput, envelope: Envelope): Buffer {
  const ephemeral = randomBytes(envelope.keyBytes);
  try {
    const cipher = createCipheriv(envelope.cipher, ephemeral, null).setAutoPadding(envelope.padding);
    return Buffer.concat([envelope.wrapKey(publicKey, ephemeral), cipher.update(material), cipher.final()]);
  } finally {
    ephemeral.fill(0);
  }
}

function oaep(publicKey: Buffer, plaintext: Buffer): Buffer {
  const padding = constants.RSA_PKCS1_OAEP_PADDING;
  return publicEncrypt({ key: rsaKey(publicKey), padding, oaepHash: 'sha256' }, plaintext);
}

function sm2(publicKey: Buffer, plaintext: Buffer): Buffer {
  const point = decodeSpki(publicKey);
  if (point === null) throw unusableKey();
  return encrypt({ point, plaintext });
}

function rsaKey(publicKey: Buffer) {
  try {
    const key = createPublicKey({ key: publicKey, format: 'der', type: 'spki' });
    if (key.asymmetricKeyType === 'rsa') return key;
  } catch {
    // Told below.
  }
  throw unusableKey();
}

function unusableKey(): CliError {
  return new CliError(
    EXIT.unreachable,
    'the wrapping key in the answer is not of the kind that was asked for',
  );
}

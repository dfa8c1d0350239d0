// The sending side of an import: key material wrapped under the wrapping key that the service handed out, in the layouts
// of core/wrapping.ts. Keys made on the way live in memory only.
// Source: control-plane specification 3.4.2 and 3.4.3.

import { constants, createCipheriv, createPublicKey, publicEncrypt } from 'node:crypto';
import { decodeSpki, encrypt } from '../../../../sm/index.js';
import type { RandomBytes } from '../../../core/ids.ts';
import type { MaterialKind } from '../../../core/key-specs.ts';
import {
  type WrappingAlgorithm,
  type WrappingAlgorithmName,
  wrappingAlgorithm,
} from '../../../core/wrapping.ts';
import { CliError, EXIT, usageError } from '../failures.ts';

interface WrapInput {
  /** DER SubjectPublicKeyInfo of the wrapping key. */
  readonly publicKey: Buffer;
  /** Symmetric keys as they are, RSA and EC keys as PKCS#8, SM2 keys as their 32-byte scalar. */
  readonly material: Buffer;
  readonly randomBytes: RandomBytes;
}

type Wrap = (input: WrapInput) => Buffer;

export interface Wrapping extends WrappingAlgorithm {
  readonly wrap: Wrap;
}

/** Of those that carry a material, the first is the default. */
const WRAPS: Readonly<Record<WrappingAlgorithmName, Wrap>> = {
  RSAES_OAEP_SHA_256: ({ publicKey, material }) => oaep(publicKey, material),
  SM2PKE: ({ publicKey, material }) => sm2(publicKey, material),
  RSAES_PKCS1_V1_5: ({ publicKey, material }) =>
    publicEncrypt({ key: rsaKey(publicKey), padding: constants.RSA_PKCS1_PADDING }, material),
  RSAES_OAEP_SHA_256_AES_256_ECB_PKCS7_PAD: (input) =>
    inTwoParts(input, { keyBytes: 32, wrapKey: oaep, cipher: 'aes-256-ecb', padding: true }),
  SM2PKE_SM4_ECB: (input) =>
    inTwoParts(input, { keyBytes: 16, wrapKey: sm2, cipher: 'sm4-ecb', padding: false }),
};

const WRAPPINGS: readonly Wrapping[] = Object.entries(WRAPS).map(([name, wrap]) => ({
  ...wrappingAlgorithm(name as WrappingAlgorithmName),
  wrap,
}));

export const WRAPPING_NAMES: readonly string[] = Object.keys(WRAPS);

/** The wrapping that was asked for, or the default. @throws CliError when it carries no such material */
export function chooseWrapping(type: MaterialKind['type'], asked: string | undefined): Wrapping {
  const fitting = WRAPPINGS.filter(({ targets }) => targets.includes(type));
  const chosen = asked === undefined ? fitting[0] : fitting.find(({ name }) => name === asked);
  if (chosen) return chosen;
  throw usageError(`--wrapping: the key takes ${fitting.map(({ name }) => name).join(', ')}`);
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

// The key that is to be imported, as the owner has it: raw bytes of a symmetric key, or a private key in PEM or DER
// (PKCS#8, PKCS#1, SEC1, encrypted ones included). It is checked against the key's spec before anything is sent.
// Its bytes never stand in a message.

import { createPrivateKey, createPublicKey, type KeyObject, type PrivateKeyInput } from 'node:crypto';
import { decodePkcs8, decodeSpki, encodePkcs8 } from '../../../../sm/index.js';
import type { KeySpec, MaterialKind } from '../../../core/key-specs.ts';
import { type CliError, configurationError } from '../failures.ts';

/** The object identifier of PBES2, which stands near the beginning of an EncryptedPrivateKeyInfo. */
const PBES2 = Buffer.from('06092a864886f70d01050d', 'hex');
const PBES2_WITHIN = 32;

const SCALAR_BYTES = 32;
/** PKCS#8 of an SM2 key without its point. */
const BARE_SM2_BYTES = 67;

export type SourceKey =
  | { readonly type: 'symmetric'; readonly bytes: Buffer }
  | { readonly type: 'rsa' | 'ec'; readonly privateKey: KeyObject; readonly publicKey: KeyObject }
  | { readonly type: 'sm2'; readonly scalar: Buffer; readonly point: Buffer };

export type Encoding = 'raw' | 'base64' | 'hex';
export const ENCODINGS: readonly Encoding[] = ['raw', 'base64', 'hex'];

/** What the parser of private keys is given; `passphrase` is asked for only when the key is encrypted. */
export interface SourceFile {
  /** For messages. */
  readonly name: string;
  /** The caller's to wipe. */
  readonly content: Buffer;
  readonly encoding: Encoding;
  readonly passphrase: () => Promise<string>;
}

/** @throws CliError when the file holds no key of the spec */
export async function readSourceKey(file: SourceFile, spec: KeySpec): Promise<SourceKey> {
  const { material } = spec;
  if (material.type === 'symmetric') return symmetricKey(file, material.bytes, spec.name);
  const privateKey = await parsePrivateKey(file);
  const found = kindOf(privateKey);
  if (found === null || describe(found.kind) !== describe(material)) {
    if (found) destroySource(found.key);
    const actual = found === null ? 'a key of another kind' : describe(found.kind);
    throw configurationError(`${file.name}: holds ${actual}, and ${spec.name} is ${describe(material)}`);
  }
  return found.key;
}

/** What the wrapping carries: a copy, the caller's to wipe. */
export function materialOf(source: SourceKey): Buffer {
  if (source.type === 'symmetric') return Buffer.from(source.bytes);
  if (source.type === 'sm2') return Buffer.from(source.scalar);
  return source.privateKey.export({ format: 'der', type: 'pkcs8' });
}

/** Wipes what can be wiped; node:crypto's key objects are out of reach. */
export function destroySource(source: SourceKey): void {
  if (source.type === 'symmetric') source.bytes.fill(0);
  if (source.type === 'sm2') source.scalar.fill(0);
}

function symmetricKey({ name, content, encoding }: SourceFile, size: number, spec: string): SourceKey {
  const bytes = decodeBytes(content, encoding);
  if (bytes === null) throw configurationError(`${name}: is not ${encoding}`);
  if (bytes.length !== size) {
    const advice = encoding === 'raw' ? ' (for text: --encoding base64 or hex)' : '';
    throw configurationError(`${name}: holds ${bytes.length} bytes, and ${spec} has ${size}${advice}`);
  }
  return { type: 'symmetric', bytes };
}

/** Null when the text is not of the encoding; white space around it is ignored. */
function decodeBytes(content: Buffer, encoding: Encoding): Buffer | null {
  if (encoding === 'raw') return Buffer.from(content);
  const text = content.toString('latin1').trim();
  const bytes = Buffer.from(text, encoding);
  const same = encoding === 'hex' ? text.toLowerCase() : text;
  return bytes.toString(encoding) === same ? bytes : null;
}

async function parsePrivateKey(file: SourceFile): Promise<KeyObject> {
  const { name, content } = file;
  if (content.includes('-----BEGIN ')) {
    const encrypted = content.includes('ENCRYPTED');
    const passphrase = encrypted ? { passphrase: await file.passphrase() } : {};
    const key = tryParse({ key: content, format: 'pem', ...passphrase });
    if (key) return key;
    throw notAKey(name, 'PEM', encrypted);
  }
  const passphrase = isEncryptedDer(content) ? { passphrase: await file.passphrase() } : {};
  for (const type of ['pkcs8', 'pkcs1', 'sec1'] as const) {
    const key = tryParse({ key: content, format: 'der', type, ...passphrase });
    if (key) return key;
  }
  throw notAKey(name, 'PEM or DER', 'passphrase' in passphrase);
}

function isEncryptedDer(content: Buffer): boolean {
  return content.subarray(0, PBES2_WITHIN).includes(PBES2);
}

function notAKey(name: string, form: string, encrypted: boolean): CliError {
  const wrong = encrypted ? ', or the passphrase is wrong' : '';
  return configurationError(`${name}: is not a private key in ${form}${wrong}`);
}

function tryParse(input: PrivateKeyInput): KeyObject | null {
  try {
    return createPrivateKey(input);
  } catch {
    return null;
  }
}

interface Found {
  readonly kind: MaterialKind;
  readonly key: SourceKey;
}

function kindOf(privateKey: KeyObject): Found | null {
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = privateKey;
  if (type === 'rsa') {
    return { kind: { type, modulusBits: details?.modulusLength ?? 0 }, key: nodeKey(type, privateKey) };
  }
  const curve = details?.namedCurve;
  if (type === 'ec' && (curve === 'prime256v1' || curve === 'secp256k1')) {
    return { kind: { type, curve }, key: nodeKey(type, privateKey) };
  }
  return sm2Key(privateKey);
}

function nodeKey(type: 'rsa' | 'ec', privateKey: KeyObject): SourceKey {
  return { type, privateKey, publicKey: createPublicKey(privateKey) };
}

/** OpenSSL reads every form of an SM2 key and computes its point; it writes only two, with and without that point. */
function sm2Key(privateKey: KeyObject): Found | null {
  const point = decodeSpki(createPublicKey(privateKey).export({ format: 'der', type: 'spki' }));
  if (point === null) return null;
  const written = privateKey.export({ format: 'der', type: 'pkcs8' });
  const bare = written.length === BARE_SM2_BYTES;
  const pkcs8 = bare ? encodePkcs8({ scalar: written.subarray(-SCALAR_BYTES), point }) : written;
  if (bare) written.fill(0);
  const key = decodePkcs8(pkcs8);
  if (key !== null) return { kind: { type: 'sm2' }, key: { type: 'sm2', ...key } };
  pkcs8.fill(0);
  return null;
}

function describe(kind: MaterialKind): string {
  switch (kind.type) {
    case 'symmetric':
      return `${kind.bytes} bytes`;
    case 'rsa':
      return `an RSA key of ${kind.modulusBits} bits`;
    case 'ec':
      return `an EC key on ${kind.curve}`;
    case 'sm2':
      return 'an SM2 key';
  }
}

// The operations of the Hsm interface as requests to a node: what goes into the fields and what comes out. The mirror
// image of token-service.ts; each row is one operation.

import type {
  HsmCipher,
  HsmDecryptInput,
  HsmEncryptInput,
  HsmEncryptOutput,
  HsmImportedKey,
  HsmKey,
  HsmSignature,
  SymmetricCipher,
  WrappedMaterial,
} from './hsm.ts';
import { HsmError } from './hsm-error.ts';
import type { HsmKeySpec } from './key-specs.ts';
import type { Operation } from './node-protocol.ts';

/** A request and how its answer reads. */
export interface HsmCall<T> {
  readonly operation: Operation;
  readonly fields: readonly Uint8Array[];
  /** @throws HsmError PROTOCOL when the answer lacks what it should have. */
  readonly read: (fields: readonly Buffer[]) => T;
}

const ABSENT = Buffer.alloc(0);

export const HSM_CALLS = {
  generate: (spec: HsmKeySpec): HsmCall<HsmKey> => {
    return { operation: 'generate', fields: [name(spec)], read: readKey };
  },
  importKey: (spec: HsmKeySpec, material: Uint8Array): HsmCall<HsmImportedKey> => {
    return { operation: 'importKey', fields: [name(spec), material], read: readImportedKey };
  },
  importWrapped: ({ spec, wrapping, wrappingKey, wrapped }: WrappedMaterial): HsmCall<HsmImportedKey> => {
    const fields = [name(spec), name(wrapping), wrappingKey.blob, wrapped];
    return { operation: 'importWrapped', fields, read: readImportedKey };
  },
  encrypt: (key: HsmKey, cipher: SymmetricCipher, input: HsmEncryptInput): HsmCall<HsmEncryptOutput> => {
    const { plaintext, iv = ABSENT, aad = ABSENT } = input;
    const fields = [name(cipher), key.blob, iv, aad, plaintext];
    return {
      operation: 'encrypt',
      fields,
      read: (answer) => ({ iv: at(answer, 0), ciphertext: at(answer, 1) }),
    };
  },
  decrypt: (key: HsmKey, cipher: HsmCipher, input: HsmDecryptInput): HsmCall<Buffer> => {
    const { ciphertext, iv = ABSENT, aad = ABSENT } = input;
    const fields = [name(cipher), key.blob, iv, aad, ciphertext];
    return { operation: 'decrypt', fields, read: readFirst };
  },
  sign: (key: HsmKey, signature: HsmSignature, digest: Uint8Array): HsmCall<Buffer> => {
    return { operation: 'sign', fields: [name(signature), key.blob, digest], read: readFirst };
  },
  agree: (key: HsmKey, point: Uint8Array): HsmCall<Buffer> => {
    return { operation: 'agree', fields: [key.blob, point], read: readFirst };
  },
  random: (bytes: number): HsmCall<Buffer> => {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(bytes);
    return { operation: 'random', fields: [count], read: readFirst };
  },
  domainCreate: (): HsmCall<Buffer> => ({ operation: 'domainCreate', fields: [], read: readFirst }),
  domainOffer: (): HsmCall<Buffer> => ({ operation: 'domainOffer', fields: [], read: readFirst }),
  domainHandOver: (peerKey: Buffer): HsmCall<{ readonly wrapped: Buffer; readonly checkValue: Buffer }> => {
    const read = (answer: readonly Buffer[]) => ({ wrapped: at(answer, 0), checkValue: at(answer, 1) });
    return { operation: 'domainHandOver', fields: [peerKey], read };
  },
  domainAccept: (wrapped: Buffer, checkValue: Buffer): HsmCall<Buffer> => {
    return { operation: 'domainAccept', fields: [wrapped, checkValue], read: readFirst };
  },
} as const;

function readKey(fields: readonly Buffer[]): HsmKey {
  const publicKey = at(fields, 1);
  return { blob: at(fields, 0), publicKey: publicKey.length === 0 ? null : publicKey };
}

function readImportedKey(fields: readonly Buffer[]): HsmImportedKey {
  return { ...readKey(fields), fingerprint: at(fields, 2) };
}

function readFirst(fields: readonly Buffer[]): Buffer {
  return at(fields, 0);
}

/** A copy of its own: a view would keep the whole read buffer it came in. */
function at(fields: readonly Buffer[], index: number): Buffer {
  const field = fields[index];
  if (field === undefined) throw new HsmError('PROTOCOL', 'The answer of the node lacks a field.');
  return Buffer.from(field);
}

function name(text: string): Buffer {
  return Buffer.from(text, 'latin1');
}

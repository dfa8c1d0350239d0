// What a token process does with a request: from byte fields to typed calls and back. The only place that knows what the
// fields of an operation mean on the token's side; hsm-calls.ts is its mirror image on the cluster's side.

import type { Admission } from './admission.ts';
import { DomainKey } from './domain-key.ts';
import { TokenLost } from './errors.ts';
import type { HsmCipher, HsmSignature, SymmetricCipher } from './hsm.ts';
import { HsmError } from './hsm-error.ts';
import { isWrapping } from './import-wrapping.ts';
import { KeyCache } from './key-cache.ts';
import { type ImportedKey, KeyMaker, type MadeKey } from './key-maker.ts';
import { invalidMaterial } from './key-material.ts';
import { type HsmKeySpec, isHsmKeySpec } from './key-specs.ts';
import type { NodeRequest, Operation } from './node-protocol.ts';
import { encodeTokenStatus } from './node-status.ts';
import { isSymmetricCipher } from './symmetric-ciphers.ts';
import type { Token } from './token.ts';
import { isSignature, TokenOperations } from './token-operations.ts';

type Fields = readonly Buffer[];
type Answer = (fields: Fields) => readonly Buffer[];

export type TokenService = (request: NodeRequest) => readonly Buffer[];

export interface TokenServiceOptions {
  /** Unwrapped keys to keep. */
  readonly maxKeys: number;
  readonly admission: Admission;
}

export function createTokenService(token: Token, { maxKeys, admission }: TokenServiceOptions): TokenService {
  const domainKey = new DomainKey(token, admission);
  const maker = new KeyMaker(token, domainKey);
  const keys = new KeyCache({
    max: maxKeys,
    open: (blob) => maker.open(blob),
    destroy: (handle) => maker.destroy(handle),
  });
  const operations = new TokenOperations(token, keys);
  const answers: Partial<Record<Operation, Answer>> = {
    ...useAnswers(operations),
    ...makeAnswers(maker, operations),
    ...domainAnswers(domainKey, admission),
    probe: () => [encodeTokenStatus(token, probed(domainKey), keys.size)],
  };
  return ({ operation, fields }) => {
    const answer = answers[operation];
    if (answer === undefined) throw new HsmError('PROTOCOL', 'Not an operation of a token.');
    return answer(fields.map(toBuffer));
  };
}

function useAnswers(operations: TokenOperations): Partial<Record<Operation, Answer>> {
  return {
    encrypt: (fields) => {
      const cipher = toSymmetricCipher(text(fields, 0));
      const parameters = { iv: at(fields, 2), aad: at(fields, 3), data: at(fields, 4) };
      const { iv, ciphertext } = operations.encrypt(at(fields, 1), cipher, parameters);
      return [iv, ciphertext];
    },
    decrypt: (fields) => {
      const cipher = toCipher(text(fields, 0));
      const parameters = { iv: at(fields, 2), aad: at(fields, 3), data: at(fields, 4) };
      return [operations.decrypt(at(fields, 1), cipher, parameters)];
    },
    sign: (fields) => {
      return [operations.sign(at(fields, 1), toSignature(text(fields, 0)), at(fields, 2))];
    },
    agree: (fields) => [operations.agree(at(fields, 0), at(fields, 1))],
    random: (fields) => [operations.random(integer(fields, 0))],
  };
}

function makeAnswers(maker: KeyMaker, operations: TokenOperations): Partial<Record<Operation, Answer>> {
  return {
    generate: (fields) => made(maker.generate(spec(fields, 0))),
    importKey: (fields) => {
      const material = at(fields, 1);
      try {
        return imported(maker.import(spec(fields, 0), material));
      } finally {
        material.fill(0);
      }
    },
    importWrapped: (fields) => {
      const target = spec(fields, 0);
      const wrapping = text(fields, 1);
      if (!isWrapping(wrapping)) throw unknownName();
      const wrapped = at(fields, 3);
      const { material, genuine } = operations.openWrapped(at(fields, 2), {
        spec: target,
        wrapping,
        wrapped,
      });
      try {
        const key = maker.import(target, material);
        if (!genuine) throw invalidMaterial();
        return imported(key);
      } finally {
        material.fill(0);
      }
    },
  };
}

function domainAnswers(domainKey: DomainKey, admission: Admission): Partial<Record<Operation, Answer>> {
  return {
    domainCreate: () => [domainKey.create()],
    domainOffer: () => {
      const offer = domainKey.offer();
      admission.announce(offer);
      return [offer];
    },
    domainHandOver: (fields) => {
      const { wrapped, checkValue } = domainKey.handOver(at(fields, 0));
      return [wrapped, checkValue];
    },
    domainAccept: (fields) => [domainKey.accept(at(fields, 0), at(fields, 1))],
  };
}

/** A token that fails its probe was emptied, exchanged or removed: nothing known of it holds any more. */
function probed(domainKey: DomainKey): Buffer | null {
  try {
    return domainKey.probe();
  } catch (cause) {
    throw new TokenLost('The token is not what it was.', { cause });
  }
}

function imported({ fingerprint, ...key }: ImportedKey): readonly Buffer[] {
  return [...made(key), fingerprint];
}

function made({ blob, publicKey }: MadeKey): readonly Buffer[] {
  return [blob, publicKey];
}

function at(fields: Fields, index: number): Buffer {
  const field = fields[index];
  if (field === undefined) throw new HsmError('PROTOCOL', 'A field is missing.');
  return field;
}

function text(fields: Fields, index: number): string {
  return at(fields, index).toString('latin1');
}

function integer(fields: Fields, index: number): number {
  const field = at(fields, index);
  if (field.length !== 4) throw new HsmError('PROTOCOL', 'An integer has 4 bytes.');
  return field.readUInt32BE(0);
}

function spec(fields: Fields, index: number): HsmKeySpec {
  const name = text(fields, index);
  if (!isHsmKeySpec(name)) throw unknownName();
  return name;
}

function toSymmetricCipher(name: string): SymmetricCipher {
  if (!isSymmetricCipher(name)) throw unknownName();
  return name;
}

const PUBLIC_KEY_CIPHERS: ReadonlySet<string> = new Set<HsmCipher>([
  'RSA_OAEP_SHA_256',
  'RSA_OAEP_SHA_1',
  'SM2PKE',
]);

function toCipher(name: string): HsmCipher {
  return PUBLIC_KEY_CIPHERS.has(name) ? (name as HsmCipher) : toSymmetricCipher(name);
}

function toSignature(name: string): HsmSignature {
  if (!isSignature(name)) throw unknownName();
  return name;
}

function toBuffer(field: Uint8Array): Buffer {
  return Buffer.from(field.buffer, field.byteOffset, field.byteLength);
}

function unknownName(): HsmError {
  return new HsmError('INVALID_INPUT', 'An unknown algorithm or key spec.');
}

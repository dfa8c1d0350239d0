// The service's side of an import, as every command here calls it. Source: control-plane specification 2.4.

import { findKeySpec, type KeySpec } from '../../../core/key-specs.ts';
import { answerObject, answerText } from '../answer-fields.ts';
import type { AnswerBody } from '../api-client.ts';
import type { CommandCall } from '../command.ts';
import { usageError } from '../failures.ts';
import type { Wrapping } from './wrapping.ts';

export interface Target {
  readonly keyId: string;
  readonly spec: KeySpec;
  readonly usage: string;
}

/** The key that `--key-id` names. */
export async function describeTarget(call: CommandCall): Promise<Target> {
  const answer = await call.api('DescribeKey', { KeyId: call.value('--key-id') ?? '' });
  const key = answerObject(answer, 'KeyMetadata');
  const name = answerText(key, 'KeySpec');
  const spec = findKeySpec(name);
  if (!spec)
    throw usageError(`this program does not know the key spec ${name}: use one of the instance's version`);
  return { keyId: answerText(key, 'KeyId'), spec, usage: answerText(key, 'KeyUsage') };
}

export interface ImportParameters {
  /** DER SubjectPublicKeyInfo. */
  readonly publicKey: Buffer;
  readonly token: string;
  readonly expires: string;
}

export async function getImportParameters(
  keyId: string,
  { name, wrappingKeySpec }: Wrapping,
  { api }: CommandCall,
): Promise<ImportParameters> {
  const answer = await api('GetParametersForImport', {
    KeyId: keyId,
    WrappingAlgorithm: name,
    WrappingKeySpec: wrappingKeySpec,
  });
  return {
    publicKey: Buffer.from(answerText(answer, 'PublicKey'), 'base64'),
    token: answerText(answer, 'ImportToken'),
    expires: answerText(answer, 'TokenExpireTime'),
  };
}

export interface Material {
  readonly keyId: string;
  readonly wrapped: Buffer;
  readonly token: string;
  /** Seconds since 1970; 0: never. */
  readonly expireUnix: number;
}

export function importKeyMaterial(material: Material, { api }: CommandCall): Promise<AnswerBody> {
  return api('ImportKeyMaterial', {
    KeyId: material.keyId,
    EncryptedKeyMaterial: material.wrapped.toString('base64'),
    ImportToken: material.token,
    KeyMaterialExpireUnix: String(material.expireUnix),
  });
}

/** What `--expire` says. */
export function expireUnixOf(call: CommandCall): number {
  const text = call.value('--expire');
  if (text === undefined) return 0;
  const seconds = /^\d{1,11}$/.test(text)
    ? Number(text)
    : /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text)
      ? Date.parse(text) / 1000
      : Number.NaN;
  if (Number.isNaN(seconds))
    throw usageError('--expire: neither YYYY-MM-DDThh:mm:ssZ nor seconds since 1970');
  if (seconds * 1000 <= call.host.clock()) throw usageError('--expire: is over already');
  return seconds;
}

// Proof that the imported key is the one that was sent: the service uses it, and the source key says whether it used it
// rightly. Signatures are verified with the source's public key, what the service encrypts is decrypted with the source,
// and what is encrypted here the service decrypts. Source: control-plane specification 2.8.

import { createPublicKey, type KeyObject } from 'node:crypto';
import { parseVersionedCiphertext } from '../../../core/ciphertext.ts';
import type { KeySpec } from '../../../core/key-specs.ts';
import { answerText } from '../answer-fields.ts';
import type { CommandCall } from '../command.ts';
import { CliError, EXIT } from '../failures.ts';
import { itemsAt } from '../paging.ts';
import { digestFor, encryptTo, open, type PairSource, verifies } from './source-crypto.ts';
import type { SourceKey } from './source-key.ts';

const PROBE_BYTES = 32;

export interface Imported {
  readonly keyId: string;
  readonly spec: KeySpec;
  readonly usage: string;
  readonly source: SourceKey;
}

/** What was compared, for people. @throws CliError when the service's key is another one; ServiceError */
export async function verifyImport(imported: Imported, call: CommandCall): Promise<string> {
  const { keyId, spec, usage, source } = imported;
  const encryption = spec.encryption[0] ?? '';
  if (source.type === 'symmetric') {
    await compareEncryption(source.bytes, { KeyId: keyId, Algorithm: encryption }, call);
    return `the source key decrypts what the service encrypts (${encryption})`;
  }
  const version = { KeyId: keyId, KeyVersionId: await onlyVersion(keyId, call) };
  if (usage === 'SIGN/VERIFY') {
    const algorithm = spec.signature[0] ?? '';
    await compareSignature(source, { ...version, Algorithm: algorithm }, call);
    return `the source key verifies what the service signs (${algorithm})`;
  }
  if (source.type === 'ec') {
    await comparePublicKey(source.publicKey, version, call);
    return "the service's public key is the source's";
  }
  await compareDecryption(source, { ...version, Algorithm: encryption }, call);
  return `the service decrypts what is encrypted to the source key (${encryption})`;
}

async function onlyVersion(keyId: string, { api }: CommandCall): Promise<string> {
  const [version] = itemsAt(await api('ListKeyVersions', { KeyId: keyId }), ['KeyVersions', 'KeyVersion']);
  return answerText(version ?? {}, 'KeyVersionId');
}

type Use = Readonly<Record<'KeyId' | 'KeyVersionId' | 'Algorithm', string>>;

async function compareEncryption(
  key: Buffer,
  { KeyId, Algorithm }: Omit<Use, 'KeyVersionId'>,
  { api, host }: CommandCall,
): Promise<void> {
  const probe = host.randomBytes(PROBE_BYTES).toString('base64');
  const answer = await api('Encrypt', { KeyId, Plaintext: probe });
  const blob = parseVersionedCiphertext(Buffer.from(answerText(answer, 'CiphertextBlob'), 'base64'));
  requireSame(blob !== undefined && attempt(() => open(Algorithm, key, blob))?.toString('utf8') === probe);
}

async function compareSignature(source: PairSource, use: Use, { api, host }: CommandCall): Promise<void> {
  const message = host.randomBytes(PROBE_BYTES);
  const Digest = digestFor(source, message).toString('base64');
  const signature = Buffer.from(
    answerText(await api('AsymmetricSign', { ...use, Digest }), 'Value'),
    'base64',
  );
  requireSame(verifies(source, { algorithm: use.Algorithm, message, signature }));
}

async function compareDecryption(source: PairSource, use: Use, { api, host }: CommandCall): Promise<void> {
  const probe = host.randomBytes(PROBE_BYTES);
  const CiphertextBlob = encryptTo(source, probe).toString('base64');
  const answer = await api('AsymmetricDecrypt', { ...use, CiphertextBlob });
  requireSame(answerText(answer, 'Plaintext') === probe.toString('base64'));
}

/** For encryption on curves, which the API has no call for. */
async function comparePublicKey(
  publicKey: KeyObject,
  version: Omit<Use, 'Algorithm'>,
  { api }: CommandCall,
): Promise<void> {
  const pem = answerText(await api('GetPublicKey', version), 'PublicKey');
  requireSame(attempt(() => createPublicKey(pem))?.equals(publicKey) === true);
}

function attempt<T>(act: () => T): T | null {
  try {
    return act();
  } catch {
    return null;
  }
}

function requireSame(same: boolean): void {
  if (same) return;
  throw new CliError(
    EXIT.refused,
    'the service does not use the key that was sent: do not use this key, and tell who runs the instance',
  );
}

// `kms key import`: the source's side and the service's in one run. The source key is read and checked before anything is
// asked of the service, wrapped in memory, and used once by the service to prove that it arrived.

import type { CommandCall, Result } from '../command.ts';
import { CliError, configurationError, ServiceError } from '../failures.ts';
import { promptSecret, readBytes, readFirstLine, warnOfReaders } from '../input.ts';
import {
  describeTarget,
  expireUnixOf,
  getImportParameters,
  importKeyMaterial,
  type Target,
} from './import-calls.ts';
import { isPair } from './source-crypto.ts';
import { destroySource, ENCODINGS, materialOf, readSourceKey, type SourceKey } from './source-key.ts';
import { verifyImport } from './verify-import.ts';
import { chooseWrapping, type Wrapping } from './wrapping.ts';

export async function importKey(call: CommandCall): Promise<Result> {
  const expireUnix = expireUnixOf(call);
  const target = await describeTarget(call);
  const wrapping = chooseWrapping(target.spec.material.type, call.value('--wrapping'));
  const source = await sourceOf(target, call);
  try {
    requirePair(source, call);
    await importSource({ target, wrapping, source, expireUnix }, call);
    return resultOf(target, wrapping, await proofOf(target, source, call));
  } finally {
    destroySource(source);
  }
}

function resultOf({ keyId, spec }: Target, { name: algorithm }: Wrapping, proof: string): Result {
  return {
    json: { KeyId: keyId, KeySpec: spec.name, WrappingAlgorithm: algorithm, Verified: proof },
    show: ({ record }) =>
      record([
        ['key', keyId],
        ['spec', spec.name],
        ['wrapping', algorithm],
        ['verified', proof],
      ]),
  };
}

/** What `--in` holds: a key of the spec. */
async function sourceOf({ spec }: Target, call: CommandCall): Promise<SourceKey> {
  const name = call.value('--in') ?? '';
  const content = await readBytes(name, call.host);
  try {
    warnOfReaders(name, call.host);
    const encoding = ENCODINGS.find((each) => each === call.value('--encoding')) ?? 'raw';
    const passphrase = (): Promise<string> => passphraseOf(name, call);
    return await readSourceKey({ name, content, encoding, passphrase }, spec);
  } finally {
    content.fill(0);
  }
}

/** The service is sent no public key, or checks it; the proof at the end would fail only when all is done. */
function requirePair(source: SourceKey, { value }: CommandCall): void {
  if (source.type === 'symmetric' || isPair(source)) return;
  throw configurationError(`${value('--in')}: its private and its public key do not belong together`);
}

function passphraseOf(name: string, { host, value }: CommandCall): Promise<string> {
  const file = value('--passphrase-file');
  return file === undefined ? promptSecret(`Passphrase of ${name}`, host) : readFirstLine(file, host);
}

interface Import {
  readonly target: Target;
  readonly wrapping: Wrapping;
  readonly source: SourceKey;
  readonly expireUnix: number;
}

async function importSource(
  { target: { keyId }, wrapping, source, expireUnix }: Import,
  call: CommandCall,
): Promise<void> {
  const { publicKey, token } = await getImportParameters(keyId, wrapping, call);
  const material = materialOf(source);
  let wrapped: Buffer;
  try {
    wrapped = wrapping.wrap({ publicKey, material, randomBytes: call.host.randomBytes });
  } finally {
    material.fill(0);
  }
  await importKeyMaterial({ keyId, wrapped, token, expireUnix }, call);
}

/** From here on the key has its material: a failure must say so. */
async function proofOf(target: Target, source: SourceKey, call: CommandCall): Promise<string> {
  try {
    return await verifyImport({ ...target, source }, call);
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    const reason = `${error.code}: ${error.message}`;
    throw new CliError(error.exitCode, `the material was imported, but its use not verified: ${reason}`);
  }
}

// Keys whose material the openssl command made and `kms key import` brought in, with what their owner keeps: the programs
// compare what the instance does with them with what the source would do.

import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mustRun } from './child.ts';
import type { Instance } from './instance.ts';
import { type KeyName, newKey, onlyVersion } from './keys.ts';

/** The built `kms` command. */
export const CLI = fileURLToPath(new URL('../../dist/appliance/control-plane/cli/main.js', import.meta.url));
const DEADLINE_MS = 180_000;

/** What `openssl genpkey` is told. */
const GENERATION: Readonly<Record<string, readonly string[]>> = {
  RSA_2048: ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048'],
  EC_P256: ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'],
  EC_P256K: ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:secp256k1'],
  EC_SM2: ['-algorithm', 'SM2'],
};

const PURPOSES = {
  symmetric: { usage: 'ENCRYPT/DECRYPT', specs: ['Aliyun_AES_256', 'Aliyun_SM4'] },
  encryption: { usage: 'ENCRYPT/DECRYPT', specs: ['RSA_2048', 'EC_P256', 'EC_SM2'] },
  signing: { usage: 'SIGN/VERIFY', specs: ['RSA_2048', 'EC_P256', 'EC_P256K', 'EC_SM2'] },
} as const;

interface ImportedKey extends KeyName {
  /** In base64: the bytes of a symmetric key, or the public key of a pair, PEM. */
  readonly source: string;
}

/** By purpose and spec. */
export async function importKeys(
  directory: string,
  instance: Instance,
): Promise<Record<string, Record<string, ImportedKey>>> {
  const { admin, dataDirectory } = instance;
  const folder = join(directory, 'sources');
  await mkdir(folder);
  const result: Record<string, Record<string, ImportedKey>> = {};
  for (const [purpose, { usage, specs }] of Object.entries(PURPOSES)) {
    const imported = await Promise.all(
      specs.map(async (spec) => {
        const name = `imported-${purpose}-${spec}`;
        const parameters = { KeySpec: spec, KeyUsage: usage, Origin: 'EXTERNAL' };
        const key = await newKey(admin, name, parameters);
        const file = join(folder, name);
        const source = await makeSource(spec, file);
        const words = ['key', 'import', '--key-id', key.id, '--in', file];
        await mustRun(process.execPath, [CLI, ...words, '--data-dir', dataDirectory], {
          deadline: DEADLINE_MS,
        });
        return [
          spec,
          { ...key, versionId: await onlyVersion(admin, key.id), source: source.toString('base64') },
        ] as const;
      }),
    );
    result[purpose] = Object.fromEntries(imported);
  }
  return result;
}

/** Writes the secret into the file; what the owner keeps for comparison. */
export async function makeSource(spec: string, file: string): Promise<Buffer> {
  const generation = GENERATION[spec];
  if (generation === undefined) {
    const bytes = randomBytes(spec === 'Aliyun_SM4' ? 16 : 32);
    await writeFile(file, bytes, { mode: 0o600 });
    return bytes;
  }
  const options = { deadline: DEADLINE_MS };
  await mustRun('openssl', ['genpkey', ...generation, '-out', file], options);
  await mustRun('openssl', ['pkey', '-in', file, '-pubout', '-out', `${file}.public`], options);
  return readFile(`${file}.public`);
}

// The ways to import keys with the openssl command, run as they are written: those of docs/byok.md, and the commands of the
// product's documentation for symmetric keys, which pass everything on in base64. That the right key arrived is then the
// word of `kms key import`, which takes the source once more: only the same material is accepted, and it is put to use.

import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Finished, runProgram } from './child.ts';
import { CLI, makeSource } from './imported-keys.ts';
import type { Instance } from './instance.ts';
import { newKey } from './keys.ts';
import type { Tally } from './tally.ts';

const DOCUMENT = fileURLToPath(new URL('../../docs/byok.md', import.meta.url));
const DEADLINE_MS = 120_000;

interface Recipe {
  readonly name: string;
  readonly spec: string;
  /** The file that the recipe finds the key in. */
  readonly source: 'material.bin' | 'private.pem';
  readonly script: string;
}

/** Sections of the document, and the specs that they are for. */
const SECTIONS = [
  { title: 'Symmetric keys', specs: ['Aliyun_AES_256', 'Aliyun_SM4'], source: 'material.bin' },
  { title: 'RSA and EC keys', specs: ['RSA_2048', 'EC_P256', 'EC_P256K'], source: 'private.pem' },
  { title: 'SM2 keys', specs: ['EC_SM2'], source: 'private.pem' },
] as const;

const CALL = (wrapping: string) =>
  `kms api GetParametersForImport KeyId="$KEY_ID" WrappingKeySpec=RSA_2048 WrappingAlgorithm=${wrapping} > parameters.json
field() { sed -n "s/.*\\"$1\\": \\"\\([^\\"]*\\)\\".*/\\1/p" parameters.json; }
field PublicKey > PublicKey_base64.txt
field ImportToken > ImportToken_base64.txt
`;

/** Wrapping algorithm → the documentation's command. */
const DOCUMENTED = {
  RSAES_OAEP_SHA_256:
    'openssl pkeyutl -encrypt -in KeyMaterial.bin -inkey PublicKey.bin -keyform DER -pubin -out EncryptedKeyMaterial.bin ' +
    '-pkeyopt rsa_padding_mode:oaep -pkeyopt rsa_oaep_md:sha256 -pkeyopt rsa_mgf1_md:sha256',
  RSAES_PKCS1_V1_5:
    'openssl rsautl -encrypt -in KeyMaterial.bin -pkcs -inkey PublicKey.bin -keyform DER -pubin -out EncryptedKeyMaterial.bin',
} as const;

/** Each in a folder of its own below the directory; counts a check each. */
export async function runOpensslRecipes(directory: string, instance: Instance, tally: Tally): Promise<void> {
  const root = join(directory, 'recipes');
  const path = await kmsOnThePath(root);
  for (const [index, recipe] of (await recipes()).entries()) {
    const folder = join(root, String(index));
    await mkdir(folder);
    const usage = recipe.source === 'private.pem' ? 'SIGN/VERIFY' : 'ENCRYPT/DECRYPT';
    const parameters = { KeySpec: recipe.spec, KeyUsage: usage, Origin: 'EXTERNAL' };
    const { id } = await newKey(instance.admin, `recipe-${index}`, parameters);
    await makeSource(recipe.spec, join(folder, recipe.source));
    const script = `${recipe.script}\nkms key import --key-id "$KEY_ID" --in ${recipe.source}`;
    const environment = { KEY_ID: id, KMS_DATA_DIR: instance.dataDirectory, PATH: path };
    tally.program(recipe.name, await runScript(script, folder, environment));
  }
}

async function recipes(): Promise<readonly Recipe[]> {
  const text = await readFile(DOCUMENT, 'utf8');
  const ours = SECTIONS.flatMap(({ title, specs, source }) => {
    const script = scriptOf(text, title);
    return specs.map((spec) => ({ name: `docs/byok.md imports ${spec}`, spec, source, script }));
  });
  const documented = Object.entries(DOCUMENTED).map(([wrapping, command]) => ({
    name: `the documentation's commands import a symmetric key by ${wrapping}`,
    spec: 'Aliyun_AES_256',
    source: 'material.bin' as const,
    script: [
      CALL(wrapping),
      'cp material.bin KeyMaterial.bin',
      'openssl enc -d -base64 -A -in PublicKey_base64.txt -out PublicKey.bin',
      command,
      'openssl enc -e -base64 -A -in EncryptedKeyMaterial.bin -out EncryptedKeyMaterial_base64.txt',
      'kms api ImportKeyMaterial KeyId="$KEY_ID" KeyMaterialExpireUnix=0 ImportToken="$(cat ImportToken_base64.txt)" ' +
        'EncryptedKeyMaterial=@EncryptedKeyMaterial_base64.txt',
    ].join('\n'),
  }));
  return [...ours, ...documented];
}

/** The shell blocks of a section, one behind the other. */
function scriptOf(text: string, title: string): string {
  const section = text.split(/^### /m).find((each) => each.startsWith(`${title}\n`)) ?? '';
  const blocks = [...section.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block = '']) => block);
  if (blocks.length !== 3) throw new Error(`docs/byok.md: ${title} has ${blocks.length} commands, not 3`);
  return blocks.join('');
}

/** A search path whose first folder has the built `kms`. */
async function kmsOnThePath(folder: string): Promise<string> {
  await mkdir(folder);
  const file = join(folder, 'kms');
  await writeFile(file, `#!/bin/sh\nexec "${process.execPath}" "${CLI}" "$@"\n`);
  await chmod(file, 0o755);
  return [folder, process.env['PATH'] ?? ''].join(delimiter);
}

function runScript(script: string, cwd: string, environment: Record<string, string>): Promise<Finished> {
  const env = { ...process.env, ...environment };
  return runProgram('bash', ['-euo', 'pipefail', '-c', script], { cwd, env, deadline: DEADLINE_MS });
}

// Keys of every spec imported into a real instance by one command, and by the three steps of the air-gapped way.

import { createPrivateKey, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chooseWrapping, WRAPPING_NAMES } from '../../appliance/control-plane/cli/import/wrapping.ts';
import { WRAPPING_ALGORITHMS } from '../../appliance/core/wrapping.ts';
import { encodePkcs8, generateKeyPair } from '../../sm/index.js';
import { type CliRun, kms } from '../support/cli.ts';
import { present } from '../support/present.ts';
import { type RunningInstance, runningInstance } from '../support/running-instance.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

let instance: RunningInstance;

beforeAll(async () => {
  instance = await runningInstance();
});
afterAll(() => instance.stop());

function run(words: readonly string[], stdin = ''): Promise<CliRun> {
  return kms(words, { environment: { KMS_DATA_DIR: instance.dataDir }, stdin });
}

async function json(...words: string[]): Promise<Readonly<Record<string, unknown>>> {
  const { code, stdout, stderr } = await run([...words, '--json']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout) as Readonly<Record<string, unknown>>;
}

async function externalKey(spec: string, usage: string): Promise<string> {
  const words = ['key', 'create', '--spec', spec, '--usage', usage, '--origin', 'EXTERNAL'];
  const { KeyMetadata } = (await json(...words)) as { KeyMetadata: { KeyId: string; KeyState: string } };
  expect(KeyMetadata.KeyState).toBe('PendingImport');
  return KeyMetadata.KeyId;
}

async function described(id: string): Promise<Readonly<Record<string, string>>> {
  const { KeyMetadata } = await json('key', 'describe', id);
  return KeyMetadata as Readonly<Record<string, string>>;
}

function file(content: Buffer | string): string {
  const path = join(temporaryFolder(), 'source');
  writeFileSync(path, content, { mode: 0o600 });
  return path;
}

const pem = (key: KeyObject): string => key.export({ format: 'pem', type: 'pkcs8' }).toString();
const rsa = (modulusLength: number): string => pem(generateKeyPairSync('rsa', { modulusLength }).privateKey);
const ec = (namedCurve: string): string => pem(generateKeyPairSync('ec', { namedCurve }).privateKey);
const der = (text: string): Buffer => createPrivateKey(text).export({ format: 'der', type: 'pkcs8' });
const sm2 = (): string =>
  pem(createPrivateKey({ key: encodePkcs8(generateKeyPair()), format: 'der', type: 'pkcs8' }));

const ENCRYPT = 'ENCRYPT/DECRYPT';
const SIGN = 'SIGN/VERIFY';

const IMPORTS: readonly [spec: string, usage: string, source: () => Buffer | string, proof: string][] = [
  [
    'Aliyun_AES_256',
    ENCRYPT,
    () => randomBytes(32),
    'the source key decrypts what the service encrypts (AES_GCM)',
  ],
  [
    'Aliyun_SM4',
    ENCRYPT,
    () => randomBytes(16),
    'the source key decrypts what the service encrypts (SM4_GCM)',
  ],
  ['RSA_2048', SIGN, () => rsa(2048), 'the source key verifies what the service signs (RSA_PSS_SHA_256)'],
  [
    'RSA_3072',
    ENCRYPT,
    () => rsa(3072),
    'the service decrypts what is encrypted to the source key (RSAES_OAEP_SHA_256)',
  ],
  ['RSA_4096', SIGN, () => rsa(4096), 'the source key verifies what the service signs (RSA_PSS_SHA_256)'],
  ['EC_P256', SIGN, () => ec('prime256v1'), 'the source key verifies what the service signs (ECDSA_SHA_256)'],
  ['EC_P256', ENCRYPT, () => ec('prime256v1'), "the service's public key is the source's"],
  ['EC_P256K', SIGN, () => ec('secp256k1'), 'the source key verifies what the service signs (ECDSA_SHA_256)'],
  ['EC_SM2', SIGN, sm2, 'the source key verifies what the service signs (SM2DSA)'],
  ['EC_SM2', ENCRYPT, sm2, 'the service decrypts what is encrypted to the source key (SM2PKE)'],
];

describe('kms key import', () => {
  test.each(IMPORTS)(
    'brings a key of %s for %s to life and proves it',
    async (spec, usage, source, proof) => {
      const id = await externalKey(spec, usage);
      const answer = await json('key', 'import', '--key-id', id, '--in', file(source()));
      expect(answer).toMatchObject({ KeyId: id, KeySpec: spec, Verified: proof });
      expect(await described(id)).toMatchObject({
        KeyState: 'Enabled',
        Origin: 'EXTERNAL',
        MaterialExpireTime: '',
      });
    },
  );

  test.each(['RSAES_OAEP_SHA_256', 'SM2PKE', 'RSAES_PKCS1_V1_5'])(
    'carries a symmetric key under %s when told to',
    async (wrapping) => {
      const id = await externalKey('Aliyun_SM4', ENCRYPT);
      const words = ['--in', file(randomBytes(16)), '--wrapping', wrapping];
      expect(await json('key', 'import', '--key-id', id, ...words)).toMatchObject({
        WrappingAlgorithm: wrapping,
      });
    },
  );

  test('takes text on standard input, and the same material again with an expiry', async () => {
    const id = await externalKey('Aliyun_AES_256', ENCRYPT);
    const hex = randomBytes(32).toString('hex');
    const words = ['key', 'import', '--key-id', id, '--in', '-', '--encoding', 'hex'];
    const first = await run(words, hex);
    expect(first).toEqual({
      code: 0,
      stderr: '',
      stdout: expect.stringMatching(/^verified: +the source key decrypts/m) as string,
    });
    expect((await run([...words, '--expire', '2040-01-01T00:00:00Z'], hex)).code).toBe(0);
    expect(await described(id)).toMatchObject({ MaterialExpireTime: '2040-01-01T00:00:00Z' });

    const other = await run(words, randomBytes(32).toString('hex'));
    expect(other.code).toBe(1);
    expect(other.stderr).toContain('kms: InvalidKeyMaterial:');
  });

  test('asks for the passphrase of an encrypted key, in a file here', async () => {
    const id = await externalKey('EC_P256', SIGN);
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
    const encryption = { cipher: 'aes-256-cbc', passphrase: 'correct horse' };
    const source = file(privateKey.export({ format: 'pem', type: 'pkcs8', ...encryption }));
    const words = ['key', 'import', '--key-id', id, '--in', source];
    const unasked = await run(words);
    expect(unasked.code).toBe(4);
    expect(unasked.stderr).toContain('there is no terminal to ask on');
    await json(...words, '--passphrase-file', file('correct horse\n'));
    expect(await described(id)).toMatchObject({ KeyState: 'Enabled' });
  });

  test('leaves a key of the instance its own', async () => {
    const { KeyMetadata } = (await json('key', 'create')) as { KeyMetadata: { KeyId: string } };
    const words = ['--key-id', KeyMetadata.KeyId, '--in', file(randomBytes(32))];
    const { code, stderr } = await run(['key', 'import', ...words]);
    expect(code).toBe(1);
    expect(stderr).toContain('kms: Unsupported.Origin:');
  });
});

describe('kms key import-parameters and import-material', () => {
  const MATRIX = WRAPPING_NAMES.flatMap((name) =>
    present(WRAPPING_ALGORITHMS.get(name)).targets.map((type) => [name, type] as const),
  );
  const SOURCES = {
    symmetric: ['Aliyun_AES_256', ENCRYPT, () => randomBytes(32)],
    rsa: ['RSA_2048', SIGN, () => der(rsa(2048))],
    ec: ['EC_P256K', SIGN, () => der(ec('secp256k1'))],
    sm2: ['EC_SM2', SIGN, () => generateKeyPair().scalar],
  } as const;

  test.each(MATRIX)('are the two ends of %s for %s keys', async (wrapping, type) => {
    const [spec, usage, source] = SOURCES[type];
    const id = await externalKey(spec, usage);
    const folder = join(temporaryFolder(), 'import');
    const words = ['--key-id', id, '--out', folder, '--wrapping', wrapping];
    expect(await json('key', 'import-parameters', ...words)).toMatchObject({ WrappingAlgorithm: wrapping });

    const publicKey = readFileSync(join(folder, 'public-key.der'));
    const wrapped = chooseWrapping(type, wrapping).wrap({ publicKey, material: source(), randomBytes });
    const material = file(wrapped.toString('base64'));
    const token = join(folder, 'import-token');
    await json('key', 'import-material', '--key-id', id, '--material', material, '--token', token);
    expect(await described(id)).toMatchObject({ KeyState: 'Enabled' });
  });

  test('a token of another key is refused', async () => {
    const [id, other] = [await externalKey('Aliyun_SM4', ENCRYPT), await externalKey('Aliyun_SM4', ENCRYPT)];
    const folder = join(temporaryFolder(), 'import');
    await json('key', 'import-parameters', '--key-id', other, '--out', folder);
    const words = ['--material', file(randomBytes(256)), '--token', join(folder, 'import-token')];
    const { code, stderr } = await run(['key', 'import-material', '--key-id', id, ...words]);
    expect(code).toBe(1);
    expect(stderr).toContain('kms: InvalidImportToken:');
    expect(await described(id)).toMatchObject({ KeyState: 'PendingImport' });
  });
});

// What the import commands send, what they leave on disk, and what they say when the service does otherwise than it should.
// That the real service takes all of it is shown in key-import.test.ts.

import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { encodePkcs8, generateKeyPair } from '../../sm/index.js';
import { kms } from '../support/cli.ts';
import { type RecordedCall, recordingServer, type ScriptedAnswer } from '../support/recording-server.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const wrappingKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey;
const PARAMETERS = {
  KeyId: 'key-1',
  ImportToken: randomBytes(90).toString('base64'),
  PublicKey: wrappingKey.export({ format: 'der', type: 'spki' }).toString('base64'),
  TokenExpireTime: '2026-01-02T00:00:00Z',
};
const source = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
const other = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });

/** A service whose key signs with what it is told to. */
function service(signer = source.privateKey) {
  return ({ action }: RecordedCall): ScriptedAnswer => {
    switch (action) {
      case 'DescribeKey':
        return { body: { KeyMetadata: { KeyId: 'key-1', KeySpec: 'EC_P256', KeyUsage: 'SIGN/VERIFY' } } };
      case 'GetParametersForImport':
        return { body: PARAMETERS };
      case 'ListKeyVersions':
        return { body: { KeyVersions: { KeyVersion: [{ KeyVersionId: 'v-1' }] } } };
      case 'AsymmetricSign':
        return { body: { Value: sign('sha256', randomBytes(32), signer).toString('base64') } };
      default:
        return {};
    }
  };
}

function keyFile(mode = 0o600): string {
  const file = join(temporaryFolder(), 'private.pem');
  writeFileSync(file, source.privateKey.export({ format: 'pem', type: 'pkcs8' }), { mode });
  return file;
}

const IMPORT = ['key', 'import', '--key-id', 'alias/mine', '--in'];

describe('kms key import', () => {
  test('asks, sends, and has the service prove that it uses the key', async () => {
    const { calls, environment } = await recordingServer(service());
    await kms([...IMPORT, keyFile(), '--expire', '2208988800'], { environment });
    expect(calls.map(({ action }) => action)).toEqual([
      'DescribeKey',
      'GetParametersForImport',
      'ImportKeyMaterial',
      'ListKeyVersions',
      'AsymmetricSign',
    ]);
    expect(calls[1]?.parameters).toEqual({
      KeyId: 'key-1',
      WrappingAlgorithm: 'RSAES_OAEP_SHA_256_AES_256_ECB_PKCS7_PAD',
      WrappingKeySpec: 'RSA_2048',
    });
    expect(calls[2]?.parameters).toMatchObject({
      KeyId: 'key-1',
      ImportToken: PARAMETERS.ImportToken,
      KeyMaterialExpireUnix: '2208988800',
    });
    expect(calls[4]?.parameters).toMatchObject({ KeyVersionId: 'v-1', Algorithm: 'ECDSA_SHA_256' });
  });

  test('a service that uses another key is found out', async () => {
    const { environment } = await recordingServer(service(other.privateKey));
    const { code, stdout, stderr } = await kms([...IMPORT, keyFile()], { environment });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('does not use the key that was sent');
  });

  test('a refusal of the proof says that the material is imported', async () => {
    const { environment } = await recordingServer((call) =>
      call.action === 'AsymmetricSign'
        ? { status: 403, body: { Code: 'Forbidden.NoPermission', Message: 'no' } }
        : service()(call),
    );
    const { code, stderr } = await kms([...IMPORT, keyFile()], { environment });
    expect(code).toBe(1);
    expect(stderr).toContain('the material was imported, but its use not verified: Forbidden.NoPermission');
  });

  test('a key of another spec is not sent', async () => {
    const { calls, environment } = await recordingServer((call) =>
      call.action === 'DescribeKey'
        ? { body: { KeyMetadata: { KeyId: 'key-1', KeySpec: 'RSA_2048', KeyUsage: 'SIGN/VERIFY' } } }
        : {},
    );
    const { code, stderr } = await kms([...IMPORT, keyFile()], { environment });
    expect(code).toBe(4);
    expect(stderr).toContain('RSA_2048 is an RSA key of 2048 bits');
    expect(calls.map(({ action }) => action)).toEqual(['DescribeKey']);
  });

  test('halves of two keys are not sent', async () => {
    const { calls, environment } = await recordingServer((call) =>
      call.action === 'DescribeKey'
        ? { body: { KeyMetadata: { KeyId: 'key-1', KeySpec: 'EC_SM2', KeyUsage: 'SIGN/VERIFY' } } }
        : {},
    );
    const file = join(temporaryFolder(), 'private.der');
    writeFileSync(file, encodePkcs8({ ...generateKeyPair(), point: generateKeyPair().point }), {
      mode: 0o600,
    });
    const { code, stderr } = await kms([...IMPORT, file], { environment });
    expect(code).toBe(4);
    expect(stderr).toContain('do not belong together');
    expect(calls.map(({ action }) => action)).toEqual(['DescribeKey']);
  });

  test('a file that others can read is warned of', async () => {
    const { environment } = await recordingServer(service());
    const { stderr } = await kms([...IMPORT, keyFile(0o644)], { environment });
    expect(stderr).toMatch(/kms: warning: .*private\.pem can be read by others: chmod 600 it/);
  });

  test.each([
    ['a wrapping that the key does not take', ['--wrapping', 'SM2PKE'], 'takes RSAES_OAEP_SHA_256_AES_256'],
    ['a time that is over', ['--expire', '2020-01-01T00:00:00Z'], 'is over already'],
    ['a time that is none', ['--expire', 'tomorrow'], 'neither YYYY'],
  ])('%s is a wrong command line', async (_, words, message) => {
    const { calls, environment } = await recordingServer(service());
    const { code, stderr } = await kms([...IMPORT, keyFile(), ...words], { environment });
    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(calls.map(({ action }) => action)).not.toContain('ImportKeyMaterial');
  });

  test('no output and no parameter holds the key', async () => {
    const { calls, environment } = await recordingServer(service(other.privateKey));
    const { stdout, stderr } = await kms([...IMPORT, keyFile(), '--json'], { environment });
    const { d = '' } = source.privateKey.export({ format: 'jwk' });
    const scalar = Buffer.from(d, 'base64url');
    const everything = [stdout, stderr, JSON.stringify(calls)].join();
    for (const text of [d, scalar.toString('base64'), scalar.toString('hex')]) {
      expect(everything).not.toContain(text);
    }
  });
});

describe('kms key import-parameters', () => {
  const words = (folder: string) => ['key', 'import-parameters', '--key-id', 'key-1', '--out', folder];

  test('writes the wrapping key and the token, for the owner alone', async () => {
    const { environment } = await recordingServer(service());
    const folder = join(temporaryFolder(), 'import');
    const { code, stderr } = await kms(words(folder), { environment });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const content = (name: string): Buffer => readFileSync(join(folder, name));
    expect(readdirSync(folder).sort()).toEqual(['import-token', 'public-key.der', 'public-key.pem']);
    expect(content('public-key.der').toString('base64')).toBe(PARAMETERS.PublicKey);
    expect(content('public-key.pem').toString()).toBe(wrappingKey.export({ format: 'pem', type: 'spki' }));
    expect(content('import-token').toString()).toBe(PARAMETERS.ImportToken);
    for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
  });

  test('leaves nothing when the service refuses, and asks nothing when a file is there', async () => {
    const { calls, environment } = await recordingServer((call) =>
      call.action === 'GetParametersForImport'
        ? { status: 400, body: { Code: 'Unsupported.Origin', Message: 'no' } }
        : service()(call),
    );
    const folder = temporaryFolder();
    const refused = await kms(words(folder), { environment });
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('Unsupported.Origin');
    expect(readdirSync(folder)).toEqual([]);

    writeFileSync(join(folder, 'import-token'), 'older');
    const { code, stderr } = await kms(words(folder), { environment });
    expect(code).toBe(4);
    expect(stderr).toContain('import-token: exists already');
    expect(calls.filter(({ action }) => action === 'GetParametersForImport')).toHaveLength(1);
    expect(readdirSync(folder)).toEqual(['import-token']);
  });
});

test.each([
  ['bytes', (bytes: Buffer) => bytes],
  ['base64', (bytes: Buffer) => bytes.toString('base64')],
  ['base64 in lines', (bytes: Buffer) => bytes.toString('base64').replaceAll(/(.{64})/g, '$1\n')],
])('kms key import-material takes material and token as %s', async (_, written) => {
  const { calls, environment } = await recordingServer();
  const folder = temporaryFolder();
  const material = randomBytes(300);
  writeFileSync(join(folder, 'material'), written(material));
  writeFileSync(join(folder, 'token'), written(Buffer.from(PARAMETERS.ImportToken, 'base64')));
  const words = [
    '--key-id',
    'key-1',
    '--material',
    join(folder, 'material'),
    '--token',
    join(folder, 'token'),
  ];
  const { code, stdout } = await kms(['key', 'import-material', ...words], { environment });
  expect({ code, stdout }).toEqual({ code: 0, stdout: 'Key key-1 has its material.\n' });
  expect(calls.map(({ parameters }) => parameters)).toEqual([
    {
      KeyId: 'key-1',
      EncryptedKeyMaterial: material.toString('base64'),
      ImportToken: PARAMETERS.ImportToken,
      KeyMaterialExpireUnix: '0',
    },
  ]);
});

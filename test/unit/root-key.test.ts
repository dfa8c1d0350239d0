// The root key from a file and from a passphrase. Expected keys were computed with Python's hashlib and hmac.

import { createSecretKey } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { format, inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { SecretRootKey } from '../../appliance/keystore/root-key.ts';
import { rootKeyFromFile } from '../../appliance/keystore/root-key-file.ts';
import { rootKeyFromPassphrase } from '../../appliance/keystore/root-key-passphrase.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const counting = (size: number): Buffer => Buffer.from(Array.from({ length: size }, (_, index) => index));

const FROM_COUNTING = '7855c10d5b5fff40d2d8b33a133b8e1d9d798efdd1322a0f3dc0cc952ef06739';
const FROM_PASSPHRASE = '4a5cc6479a9ec01e3d80079b955f95f4655ebb15b9a1125235e3d1cfd90bb6f4';

describe('a root key', () => {
  it('derives with HKDF-SHA-256, one key a purpose', () => {
    const rootKey = new SecretRootKey(counting(32));
    expect(rootKey.deriveKey('store-records').export().toString('hex')).toBe(FROM_COUNTING);
    expect(rootKey.deriveKey('store-records').equals(rootKey.deriveKey('store-records'))).toBe(true);
    expect(rootKey.deriveKey('store-header').equals(rootKey.deriveKey('store-records'))).toBe(false);
  });

  it('takes its bytes over and leaves none behind', () => {
    const bytes = counting(32);
    new SecretRootKey(bytes);
    expect(bytes).toEqual(Buffer.alloc(32));
  });

  it('prints as [RootKey] whatever prints it', () => {
    const rootKey = new SecretRootKey(counting(32));
    const printed = [
      String(rootKey),
      inspect(rootKey),
      inspect(rootKey, { showHidden: true, depth: 9 }),
      format('%o', rootKey),
      JSON.parse(JSON.stringify(rootKey)) as unknown,
    ];
    expect(printed).toEqual(printed.map(() => '[RootKey]'));
    expect(Object.getOwnPropertyNames(rootKey)).toEqual([]);
  });
});

describe('a root key in a file', () => {
  const source = (path: string, mayCreate = true) =>
    rootKeyFromFile({ path, mayCreate, randomBytes: counting });

  it('is made once, for its owner alone, and found again', async () => {
    const path = join(temporaryFolder(), 'root.key');
    expect(await source(path).prepare()).toEqual({ type: 'file' });
    expect([statSync(path).mode & 0o777, readFileSync(path)]).toEqual([0o600, counting(32)]);
    const other = rootKeyFromFile({ path, mayCreate: true, randomBytes: (size) => Buffer.alloc(size, 9) });
    await other.prepare();
    const rootKey = await other.open({ type: 'file' });
    expect(rootKey.deriveKey('store-records').export().toString('hex')).toBe(FROM_COUNTING);
    expect(readFileSync(path)).toEqual(counting(32));
  });

  it('is never made by opening, nor where that is not allowed', async () => {
    const path = join(temporaryFolder(), 'root.key');
    await expect(source(path).open({ type: 'file' })).rejects.toMatchObject({
      code: 'ROOT_KEY_FILE_MISSING',
    });
    await source(path, false).prepare();
    expect(existsSync(path)).toBe(false);
  });

  it.each([0o640, 0o604, 0o620, 0o602, 0o660, 0o644])('is refused with mode %o', async (mode) => {
    const path = join(temporaryFolder(), 'root.key');
    await source(path).prepare();
    chmodSync(path, mode);
    await expect(source(path).open({ type: 'file' })).rejects.toMatchObject({
      code: 'ROOT_KEY_FILE_EXPOSED',
    });
  });

  it('may be read-only, and a link to the file', async () => {
    const folder = temporaryFolder();
    await source(join(folder, 'real.key')).prepare();
    chmodSync(join(folder, 'real.key'), 0o400);
    symlinkSync('real.key', join(folder, 'root.key'));
    const rootKey = await source(join(folder, 'root.key')).open({ type: 'file' });
    expect(rootKey.deriveKey('store-records').equals(createSecretKey(FROM_COUNTING, 'hex'))).toBe(true);
  });

  it.each([0, 31, 33, 64])('is refused with %i bytes', async (size) => {
    const path = join(temporaryFolder(), 'root.key');
    writeFileSync(path, '', { mode: 0o600 });
    truncateSync(path, size);
    await expect(source(path).open({ type: 'file' })).rejects.toMatchObject({
      code: 'ROOT_KEY_FILE_DAMAGED',
    });
  });

  it('is refused when it is a directory', async () => {
    const path = join(temporaryFolder(), 'root.key');
    mkdirSync(path, { mode: 0o700 });
    await expect(source(path).open({ type: 'file' })).rejects.toMatchObject({
      code: 'ROOT_KEY_FILE_DAMAGED',
    });
  });

  it('does not open a store that was made with a passphrase', async () => {
    const path = join(temporaryFolder(), 'root.key');
    await source(path).prepare();
    const opening = source(path).open({ type: 'passphrase' });
    await expect(opening).rejects.toMatchObject({ code: 'ROOT_KEY_SOURCE_MISMATCH' });
  });
});

describe('a root key from a passphrase', () => {
  const source = (passphrase: string) => rootKeyFromPassphrase({ passphrase, randomBytes: counting });

  it('is the scrypt of the passphrase with the stored salt', async () => {
    const parameters = await source('correct horse battery').prepare();
    expect(parameters).toEqual({
      type: 'passphrase',
      salt: counting(16).toString('base64'),
      N: 131_072,
      r: 8,
      p: 1,
    });
    const rootKey = await source('correct horse battery').open(parameters);
    expect(rootKey.deriveKey('store-records').export().toString('hex')).toBe(FROM_PASSPHRASE);
  });

  it('is the same in either Unicode form', async () => {
    const parameters = await source('schlüsselwort').prepare();
    const keys = [];
    for (const form of ['NFC', 'NFD'] as const) {
      keys.push(await source('schlüsselwort'.normalize(form)).open(parameters));
    }
    const [composed, decomposed] = keys.map((key) => key.deriveKey('store-records').export());
    expect(composed).toEqual(decomposed);
  });

  it.each(['', 'elevenchars', '\u{1f511}'.repeat(11)])('needs 12 characters: %j is refused', (passphrase) => {
    const short = expect.objectContaining({ code: 'PASSPHRASE_TOO_SHORT' }) as unknown as Error;
    expect(() => source(passphrase)).toThrow(short);
  });

  it.each([
    { type: 'file' },
    { N: 2 },
    { N: 2 ** 40 },
    { N: 0 },
    { r: 1 },
    { p: 1_000_000 },
    { salt: '' },
    { salt: 7 },
    { salt: 'c2hvcnQ=' },
  ])('refuses parameters changed to %j without any work', async (change) => {
    const parameters = { ...(await source('twelve chars').prepare()), ...change };
    const opening = source('twelve chars').open(parameters);
    await expect(opening).rejects.toMatchObject({ code: 'ROOT_KEY_SOURCE_MISMATCH' });
  });
});

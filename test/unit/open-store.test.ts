// Opening and making stores: the root key proves itself before anything is changed, schemas only move forward, and what
// lies on disk shows nothing and cannot be rearranged.

import { randomBytes } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { RootKeySource } from '../../appliance/core/ports/root-key.ts';
import type { Store } from '../../appliance/core/ports/store.ts';
import { rootKeyFromFile } from '../../appliance/keystore/root-key-file.ts';
import { rootKeyFromPassphrase } from '../../appliance/keystore/root-key-passphrase.ts';
import type { ByteStore, ByteTransaction } from '../../appliance/storage/byte-store.ts';
import { HEADER_PATH } from '../../appliance/storage/header.ts';
import { LmdbStore } from '../../appliance/storage/lmdb-store.ts';
import { MemoryStore } from '../../appliance/storage/memory-store.ts';
import { MIGRATIONS, type Migration } from '../../appliance/storage/migrations.ts';
import { type OpenedStore, openStore } from '../../appliance/storage/open-store.ts';
import { changed, present } from '../support/present.ts';
import { SAMPLE_RECORDS } from '../support/store-records.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const KEY = SAMPLE_RECORDS.keys;

function keyFile(path: string = join(temporaryFolder(), 'root.key'), mayCreate = true): RootKeySource {
  return rootKeyFromFile({ path, mayCreate, randomBytes });
}

async function openOver(
  bytes: ByteStore,
  rootKeySource: RootKeySource,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<OpenedStore> {
  const options = { bytes, rootKeySource, randomBytes, migrations };
  return await openStore({ ...options, newInstanceId: () => `kst-${randomBytes(4).toString('hex')}` });
}

/** A store in a folder, opened for the length of `use` only: its bytes can be read before and after. */
async function withStore<T>(
  folder: string,
  source: RootKeySource,
  use: (store: Store) => T | Promise<T>,
): Promise<T> {
  const { store } = await openOver(new LmdbStore(join(folder, 'store')), source);
  try {
    return await use(store);
  } finally {
    await store.close();
  }
}

async function putKey(store: Store): Promise<void> {
  await store.transact(({ keys }) => keys.put(KEY.id, KEY));
}

function dataFile(folder: string): Buffer {
  return readFileSync(join(folder, 'store', 'data.mdb'));
}

describe('a store on disk', () => {
  it('keeps its instance id, its records and the keys derived from its root key', async () => {
    const folder = temporaryFolder();
    const source = keyFile();
    const first = await openOver(new LmdbStore(join(folder, 'store')), source);
    const purposeKey = first.rootKey.deriveKey('key-material');
    await putKey(first.store);
    await first.store.close();
    const second = await openOver(new LmdbStore(join(folder, 'store')), source);
    onTestFinished(() => second.store.close());
    expect(second.store.instanceId).toBe(first.store.instanceId);
    expect(second.store.records.keys.get(KEY.id)).toEqual(KEY);
    expect(second.rootKey.deriveKey('key-material').equals(purposeKey)).toBe(true);
  });

  it('is not opened and not changed by a wrong root key', async () => {
    const folder = temporaryFolder();
    await withStore(folder, keyFile(), putKey);
    const before = dataFile(folder);
    const wrong = keyFile();
    await wrong.prepare();
    await expect(withStore(folder, wrong, putKey)).rejects.toMatchObject({ code: 'ROOT_KEY_MISMATCH' });
    expect(dataFile(folder).equals(before)).toBe(true);
  });

  it('is not given a new root key when its own is missing', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'root.key');
    await withStore(folder, keyFile(path), putKey);
    const [before, rootKey] = [dataFile(folder), readFileSync(path)];
    rmSync(path);
    const opening = withStore(folder, keyFile(path), putKey);
    await expect(opening).rejects.toMatchObject({ code: 'ROOT_KEY_FILE_MISSING' });
    expect(() => readFileSync(path)).toThrow(expect.objectContaining({ code: 'ENOENT' }) as unknown);
    expect(dataFile(folder).equals(before)).toBe(true);
    expect(before.includes(rootKey)).toBe(false);
  });

  it('shows nothing of its records', async () => {
    const folder = temporaryFolder();
    const secret = 'marked-secret-of-an-access-key';
    await withStore(folder, keyFile(), (store) =>
      store.transact(({ accessKeys, keyVersions }) => {
        accessKeys.put('LTAI', { ...SAMPLE_RECORDS.accessKeys, secret });
        keyVersions.put('1', { ...SAMPLE_RECORDS.keyVersions, blob: Buffer.from(secret) });
      }),
    );
    const data = dataFile(folder);
    expect(data.includes('LTAI')).toBe(true);
    for (const form of ['utf8', 'base64', 'hex'] as const) {
      expect(data.includes(Buffer.from(secret).toString(form))).toBe(false);
    }
  });
});

describe('making a store', () => {
  it('makes no root key where that is not allowed', async () => {
    const bytes = new MemoryStore();
    const opening = openOver(bytes, keyFile(join(temporaryFolder(), 'root.key'), false));
    await expect(opening).rejects.toMatchObject({ code: 'ROOT_KEY_FILE_MISSING' });
    expect(bytes.epoch()).toBe(0);
  });

  it('gives two processes that start at the same time the same instance', async () => {
    const bytes = new MemoryStore();
    const source = keyFile();
    const [first, second] = await Promise.all([openOver(bytes, source), openOver(bytes, source)]);
    expect(first.store.instanceId).toBe(second.store.instanceId);
    await putKey(first.store);
    second.store.refresh();
    expect(second.store.records.keys.get(KEY.id)).toEqual(KEY);
  });

  it('works with a passphrase, which alone opens the store again', async () => {
    const bytes = new MemoryStore();
    const source = (passphrase: string) => rootKeyFromPassphrase({ passphrase, randomBytes });
    const { store } = await openOver(bytes, source('a good passphrase'));
    await putKey(store);
    const again = await openOver(bytes, source('a good passphrase'));
    expect(again.store.records.keys.get(KEY.id)).toEqual(KEY);
    const wrong = openOver(bytes, source('a good passphrasf'));
    await expect(wrong).rejects.toMatchObject({ code: 'ROOT_KEY_MISMATCH' });
    await expect(openOver(bytes, keyFile())).rejects.toMatchObject({ code: 'ROOT_KEY_SOURCE_MISMATCH' });
  });
});

describe('a store whose bytes were changed', () => {
  async function tamper(change: (transaction: ByteTransaction, header: Buffer) => void) {
    const bytes = new MemoryStore();
    const source = keyFile();
    const { store } = await openOver(bytes, source);
    await store.transact(({ aliases }) => {
      aliases.put('alias/1', SAMPLE_RECORDS.aliases);
      aliases.put('alias/2', SAMPLE_RECORDS.aliases);
    });
    await bytes.transact((transaction) => change(transaction, present(transaction.get(HEADER_PATH))));
    return { store, reopen: () => openOver(bytes, source) };
  }

  it('refuses a record that was moved to another path', async () => {
    const { store } = await tamper((transaction) =>
      transaction.put('aliases/alias/2', present(transaction.get('aliases/alias/1'))),
    );
    store.refresh();
    const damaged = expect.objectContaining({ code: 'RECORD_DAMAGED' }) as unknown as Error;
    expect(store.records.aliases.get('alias/1')).toEqual(SAMPLE_RECORDS.aliases);
    expect(() => store.records.aliases.get('alias/2')).toThrow(damaged);
    expect(() => [...store.records.aliases.list()]).toThrow(damaged);
  });

  it('refuses a record of another instance with the same root key', async () => {
    const source = keyFile();
    const [one, other] = [new MemoryStore(), new MemoryStore()];
    await putKey((await openOver(one, source)).store);
    const { store } = await openOver(other, source);
    await other.transact((transaction) =>
      transaction.put(`keys/${KEY.id}`, present(one.get(`keys/${KEY.id}`))),
    );
    const damaged = expect.objectContaining({ code: 'RECORD_DAMAGED' }) as unknown as Error;
    expect(() => store.records.keys.get(KEY.id)).toThrow(damaged);
  });

  it.each([
    ['another instance id', /kst-[0-9a-f]{8}/, 'kst-00000000'],
    ['a digit of the MAC', /[0-9a-f]$/, '-'],
    ['a shorter MAC', /.{2}$/, ''],
    ['no MAC', /\n.*$/, ''],
  ])('is not opened with %s', async (_, from, to) => {
    const { reopen } = await tamper((transaction, header) =>
      transaction.put(HEADER_PATH, Buffer.from(header.toString().replace(from, to))),
    );
    await expect(reopen()).rejects.toMatchObject({ code: 'ROOT_KEY_MISMATCH' });
  });

  it('is not opened when any byte of the header was changed', async () => {
    let length = 0;
    await tamper((_, header) => {
      length = header.length;
    });
    for (let at = 0; at < length; at += 7) {
      const { reopen } = await tamper((transaction, header) =>
        transaction.put(HEADER_PATH, changed(header, at)),
      );
      await expect(reopen()).rejects.toThrow(Error);
    }
  });

  it.each(['', '{', '[]', '{"schemaVersion":1}', '{"schemaVersion":"1","instanceId":"a","rootKey":{}}'])(
    'is not opened with the header %j',
    async (text) => {
      const { reopen } = await tamper((transaction) => transaction.put(HEADER_PATH, Buffer.from(text)));
      await expect(reopen()).rejects.toMatchObject({ code: 'HEADER_DAMAGED' });
    },
  );

  it('is not taken for a new one when its header is gone', async () => {
    const { reopen } = await tamper((transaction) => transaction.delete(HEADER_PATH));
    await expect(reopen()).rejects.toMatchObject({ code: 'HEADER_DAMAGED' });
  });
});

describe('migrations', () => {
  /** Marks in a record of its own that it ran, after what ran before. */
  function marking(mark: string): Migration {
    return (transaction) => {
      const before = transaction.get('marks/1')?.toString() ?? '';
      transaction.put('marks/1', Buffer.from(before + mark));
    };
  }

  /** What the next migration finds in the record; it fails so as to leave no trace. */
  async function marksOf(
    bytes: ByteStore,
    source: RootKeySource,
    ran: readonly Migration[],
  ): Promise<string> {
    let marks = '';
    const looking: Migration = (transaction) => {
      marks = transaction.get('marks/1')?.toString() ?? '';
      throw new RangeError('on purpose');
    };
    await expect(openOver(bytes, source, [...ran, looking])).rejects.toThrow(RangeError);
    return marks;
  }

  it('run in order, once, and only those that are missing', async () => {
    const [bytes, source] = [new MemoryStore(), keyFile()];
    const [a, b, c] = [marking('a'), marking('b'), marking('c')];
    await openOver(bytes, source, [a]);
    expect(await marksOf(bytes, source, [a])).toBe('');
    await openOver(bytes, source, [a, b, c]);
    expect(await marksOf(bytes, source, [a, b, c])).toBe('bc');
    const epoch = bytes.epoch();
    await openOver(bytes, source, [a, b, c]);
    expect([await marksOf(bytes, source, [a, b, c]), bytes.epoch()]).toEqual(['bc', epoch]);
  });

  it('run once when two processes start at the same time', async () => {
    const [bytes, source] = [new MemoryStore(), keyFile()];
    await openOver(bytes, source, []);
    const table = [marking('a')];
    await Promise.all([openOver(bytes, source, table), openOver(bytes, source, table)]);
    expect(await marksOf(bytes, source, table)).toBe('a');
  });

  it('leave the store as it was when one of them fails', async () => {
    const [bytes, source] = [new MemoryStore(), keyFile()];
    await openOver(bytes, source, []);
    const [header, epoch] = [bytes.get(HEADER_PATH), bytes.epoch()];
    expect(await marksOf(bytes, source, [marking('a')])).toBe('a');
    expect([bytes.get(HEADER_PATH), bytes.epoch(), bytes.count('marks/')]).toEqual([header, epoch, 0]);
  });

  it('are not run with a wrong root key', async () => {
    const [bytes, source, wrong] = [new MemoryStore(), keyFile(), keyFile()];
    await openOver(bytes, source, []);
    await wrong.prepare();
    const opening = openOver(bytes, wrong, [marking('a')]);
    await expect(opening).rejects.toMatchObject({ code: 'ROOT_KEY_MISMATCH' });
    expect(bytes.count('marks/')).toBe(0);
  });

  it('never go back: a newer store is refused, unchanged', async () => {
    const [bytes, source] = [new MemoryStore(), keyFile()];
    await openOver(bytes, source, [marking('a')]);
    const epoch = bytes.epoch();
    await expect(openOver(bytes, source, [])).rejects.toMatchObject({ code: 'NEWER_SCHEMA' });
    expect(bytes.epoch()).toBe(epoch);
  });
});

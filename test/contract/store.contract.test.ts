// The core's store over each back end: records come back as they were, reads follow the epoch, nothing stale is served.

import { describe, expect, it } from 'vitest';
import type { Alias, Key } from '../../appliance/core/key.ts';
import type { Records, Store } from '../../appliance/core/ports/store.ts';
import type { ByteStore } from '../../appliance/storage/byte-store.ts';
import { COLLECTIONS } from '../../appliance/storage/record-codec.ts';
import { recordStore } from '../../appliance/storage/repositories.ts';
import { BYTE_STORES } from '../support/byte-stores.ts';
import { present } from '../support/present.ts';
import { SAMPLE_RECORDS } from '../support/store-records.ts';

const KEY: Key = SAMPLE_RECORDS.keys;

function storeOver(bytes: ByteStore, maxCachedRecords = 100): Store {
  return recordStore({ bytes, instanceId: 'kst-test', maxCachedRecords });
}

function alias(name: string): Alias {
  return { ...SAMPLE_RECORDS.aliases, name };
}

async function putAliases(store: Store, ...names: string[]): Promise<void> {
  await store.transact(({ aliases }) => {
    for (const name of names) aliases.put(name, alias(name));
  });
}

function names(aliases: Iterable<Alias>): string[] {
  return [...aliases].map(({ name }) => name);
}

describe.each([...BYTE_STORES])('the store over %s', (_, open) => {
  it.each(COLLECTIONS)('gives back a record of %s as it was', async (name) => {
    const store = storeOver(open());
    await store.transact((transaction) => putSample(transaction[name], name));
    expect(store.refresh()).toBe(1);
    expect(store.records[name].get('id')).toStrictEqual(SAMPLE_RECORDS[name]);
    expect([...store.records[name].list()]).toStrictEqual([SAMPLE_RECORDS[name]]);
    expect(COLLECTIONS.map((each) => store.records[each].count())).toEqual(
      COLLECTIONS.map((each) => Number(each === name)),
    );
  });

  it('lists by prefix in byte order of the ids', async () => {
    const store = storeOver(open());
    await putAliases(store, 'alias/b', 'alias/a', 'alias/a1', 'alias/密');
    expect(names(store.records.aliases.list())).toEqual(['alias/a', 'alias/a1', 'alias/b', 'alias/密']);
    expect(names(store.records.aliases.list({ prefix: 'alias/a' }))).toEqual(['alias/a', 'alias/a1']);
    expect(store.records.aliases.count()).toBe(4);
  });

  it('serves the same object until the epoch moves, and the new record after the next refresh', async () => {
    const bytes = open();
    const [store, other] = [storeOver(bytes), storeOver(bytes)];
    await other.transact(({ keys }) => keys.put(KEY.id, KEY));
    const before = store.refresh();
    const first = store.records.keys.get(KEY.id);
    expect(store.refresh()).toBe(before);
    expect(store.records.keys.get(KEY.id)).toBe(first);
    expect([...store.records.keys.list()][0]).toBe(first);
    await other.transact(({ keys }) => keys.put(KEY.id, { ...KEY, state: 'Disabled' }));
    expect(store.refresh()).toBe(before + 1);
    expect(store.records.keys.get(KEY.id)?.state).toBe('Disabled');
    await other.transact(({ keys }) => keys.delete(KEY.id));
    store.refresh();
    expect([store.records.keys.get(KEY.id), store.records.keys.count()]).toEqual([undefined, 0]);
  });

  it('shows a change the current state whatever is cached, and its own writes', async () => {
    const bytes = open();
    const [store, other] = [storeOver(bytes), storeOver(bytes)];
    await store.transact(({ keys }) => keys.put(KEY.id, KEY));
    store.refresh();
    expect(store.records.keys.get(KEY.id)?.description).toBe(KEY.description);
    await other.transact(({ keys }) => keys.put(KEY.id, { ...KEY, description: 'other' }));
    const seen = await store.transact(({ keys, aliases }) => {
      aliases.put('alias/a', alias('alias/a'));
      return [keys.get(KEY.id)?.description, names(aliases.list()), aliases.count(), keys.count()];
    });
    expect(seen).toEqual(['other', ['alias/a'], 1, 1]);
  });

  it('keeps nothing of a change that throws', async () => {
    const store = storeOver(open());
    const change = store.transact(({ keys, aliases }) => {
      keys.put(KEY.id, KEY);
      aliases.put('alias/a', alias('alias/a'));
      throw new RangeError('on purpose');
    });
    await expect(change).rejects.toThrow(RangeError);
    expect([store.refresh(), store.records.keys.count(), store.records.aliases.count()]).toEqual([0, 0, 0]);
  });

  it('serves records that nobody can change by mistake', async () => {
    const store = storeOver(open());
    await store.transact(({ keys }) => keys.put(KEY.id, KEY));
    store.refresh();
    const key = present(store.records.keys.get(KEY.id)) as { state: string };
    expect(() => {
      key.state = 'Disabled';
    }).toThrow(TypeError);
  });

  it('stays right when there are more records than it may keep', async () => {
    const store = storeOver(open(), 3);
    const all = Array.from({ length: 10 }, (_, index) => `alias/${String(index)}`);
    await putAliases(store, ...all);
    store.refresh();
    for (let round = 0; round < 2; round += 1) {
      expect(all.map((name) => store.records.aliases.get(name)?.name)).toEqual(all);
      expect(names(store.records.aliases.list())).toEqual(all);
    }
  });
});

describe('the store over damaged bytes', () => {
  it.each([
    ['bytes that are not JSON', 'no json'],
    ['JSON that is not an object', 'null'],
    ['a record of an unknown version', '{"v":9}'],
    ['a record without a version', '{}'],
  ])('refuses %s, also in a list', async (_, text) => {
    const bytes = present(BYTE_STORES.get('memory'))();
    await bytes.transact((transaction) => transaction.put('keys/1', Buffer.from(text)));
    const store = storeOver(bytes);
    const damaged = expect.objectContaining({ code: 'RECORD_DAMAGED' }) as unknown as Error;
    expect(() => store.records.keys.get('1')).toThrow(damaged);
    expect(() => [...store.records.keys.list()]).toThrow(damaged);
  });
});

/** Ties a collection to its own sample, which the compiler cannot follow through a union of names. */
function putSample<K extends keyof Records>(
  collection: { put(id: string, record: Records[K]): void },
  name: K,
): void {
  collection.put('id', SAMPLE_RECORDS[name]);
}

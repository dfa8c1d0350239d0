// What every byte store keeps to, whatever it is made of: transactions, order, prefixes, epoch.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ByteStore, comparePaths, MAX_PATH_BYTES } from '../../appliance/storage/byte-store.ts';
import { BYTE_STORES } from '../support/byte-stores.ts';
import { counterOf, increment } from '../support/store-counter.ts';

const VALUE = Buffer.from('value');

async function put(store: ByteStore, ...paths: string[]): Promise<void> {
  await store.transact((transaction) => {
    for (const path of paths) transaction.put(path, Buffer.from(path));
  });
}

describe.each([...BYTE_STORES])('the %s store', (_, open) => {
  it('has nothing and epoch 0 at first', () => {
    const store = open();
    expect([store.epoch(), store.count(''), [...store.paths('')]]).toEqual([0, 0, []]);
    expect(store.get('a/1')).toBeUndefined();
  });

  it('keeps what a change wrote and advances the epoch by one', async () => {
    const store = open();
    const result = await store.transact((transaction) => {
      transaction.put('a/1', VALUE);
      transaction.put('a/2', VALUE);
      return 'result';
    });
    expect([result, store.epoch(), store.count('a/')]).toEqual(['result', 1, 2]);
    expect(store.get('a/1')).toEqual(VALUE);
    await store.transact((transaction) => transaction.delete('a/1'));
    expect([store.get('a/1'), store.epoch(), store.count('a/')]).toEqual([undefined, 2, 1]);
  });

  it('keeps nothing of a change that throws, and all of another one made at the same time', async () => {
    const store = open();
    await put(store, 'a/1');
    const failing = store.transact((transaction) => {
      transaction.delete('a/1');
      transaction.put('a/2', VALUE);
      throw new RangeError('on purpose');
    });
    const [failed] = await Promise.allSettled([failing, put(store, 'a/3')]);
    expect(failed).toMatchObject({ status: 'rejected', reason: { name: 'RangeError' } });
    expect([[...store.paths('')], store.epoch()]).toEqual([['a/1', 'a/3'], 2]);
  });

  it('keeps nothing of a change that is asynchronous', async () => {
    const store = open();
    const change = store.transact((transaction) => {
      transaction.put('a/1', VALUE);
      return Promise.resolve();
    });
    await expect(change).rejects.toThrow(TypeError);
    expect([store.epoch(), store.count('')]).toEqual([0, 0]);
  });

  it('does not advance the epoch for a change that only read', async () => {
    const store = open();
    await put(store, 'a/1');
    expect(await store.transact((transaction) => transaction.get('a/1')?.toString())).toBe('a/1');
    expect(store.epoch()).toBe(1);
  });

  it('shows a change its own writes and nobody else before the commit', async () => {
    const store = open();
    await put(store, 'a/1', 'a/3', 'b/1');
    await store.transact((transaction) => {
      transaction.put('a/2', VALUE);
      transaction.put('a/3', VALUE);
      transaction.delete('a/1');
      transaction.delete('a/9');
      transaction.put('a/4', VALUE);
      expect([...transaction.paths('a/')]).toEqual(['a/2', 'a/3', 'a/4']);
      expect([transaction.count('a/'), transaction.count('')]).toEqual([3, 4]);
      expect([transaction.get('a/1'), transaction.get('a/3')]).toEqual([undefined, VALUE]);
    });
    expect([...store.paths('a/')]).toEqual(['a/2', 'a/3', 'a/4']);
  });

  it('lets a change delete what it is listing', async () => {
    const store = open();
    const all = Array.from({ length: 600 }, (_, index) => `a/${String(index)}`);
    await put(store, ...all);
    await store.transact((transaction) => {
      for (const path of transaction.paths('a/')) transaction.delete(path);
    });
    expect(store.count('')).toBe(0);
  });

  it('loses no increment when changes are made at the same time', async () => {
    const store = open();
    const lanes = [1, 2].map(async () => {
      for (let i = 0; i < 100; i += 1) await increment(store);
    });
    await Promise.all(lanes);
    await Promise.all(Array.from({ length: 100 }, () => increment(store)));
    expect([counterOf(store), store.epoch()]).toEqual([300, 300]);
  });

  it('lists in byte order, also where strings are ordered otherwise', async () => {
    const store = open();
    // U+10000 is two surrogates, which compare below U+FFFD as strings and above it as bytes.
    const ordered = ['a/', 'a/\u0001', 'a/1', 'a/10', 'a/2', 'a/ä', 'a/密', 'a/\ufffd', 'a/\u{10000}'];
    await put(store, ...ordered.toReversed());
    expect([...store.paths('a/')]).toEqual(ordered);
  });

  it('keeps prefixes apart', async () => {
    const store = open();
    await put(store, 'a/1', 'ab/1', 'a', 'b/1', 'a/12', 'a0');
    expect([...store.paths('a/')]).toEqual(['a/1', 'a/12']);
    expect([...store.paths('a/1')]).toEqual(['a/1', 'a/12']);
    expect([...store.paths('')]).toEqual(['a', 'a/1', 'a/12', 'a0', 'ab/1', 'b/1']);
    expect([store.count('a/'), store.count('a'), store.count('c/')]).toEqual([2, 5, 0]);
  });

  it('lists more than one chunk, may be left early, and is closed after that without harm', async () => {
    const store = open();
    const all = Array.from({ length: 1_000 }, (_, index) => `a/${String(index).padStart(4, '0')}`);
    await put(store, ...all);
    expect([...store.paths('a/')]).toEqual(all);
    const left = store.paths('a/')[Symbol.iterator]();
    expect(left.next().value).toBe('a/0000');
    for (const path of store.paths('a/')) if (path === 'a/0300') break;
    await put(store, 'b/1');
    expect(store.count('')).toBe(1_001);
  });

  it('keeps values of any size, and hands out copies', async () => {
    const store = open();
    const big = Buffer.alloc(3_000_000, 'big value');
    const sizes = [0, 1, 32_768, 32_769, 70_000];
    const written = Buffer.from('mine');
    await store.transact((transaction) => {
      transaction.put('big/1', big);
      for (const size of sizes) transaction.put(`size/${String(size)}`, Buffer.alloc(size, 1));
      transaction.put('copy/1', written);
    });
    written.fill(0);
    store.get('copy/1')?.fill(0);
    expect(store.get('big/1')?.equals(big)).toBe(true);
    expect(sizes.map((size) => store.get(`size/${String(size)}`)?.length)).toEqual(sizes);
    expect(store.get('copy/1')?.toString()).toBe('mine');
  });

  it.each([
    ['an empty one', ''],
    ['one that is too long', `a/${'x'.repeat(MAX_PATH_BYTES)}`],
    ['one that starts with NUL', '\0epoch'],
    ['one with a lone surrogate', 'a/\ud800'],
  ])('refuses to store under a path like %s, and finds nothing there', async (_, path) => {
    const store = open();
    await put(store, 'a/\ufffd');
    await expect(put(store, 'a/1', path)).rejects.toMatchObject({ code: 'INVALID_PATH' });
    expect(store.get(path)).toBeUndefined();
    expect([...store.paths('')]).toEqual(['a/\ufffd']);
    if (path !== '') expect([[...store.paths(path)], store.count(path)]).toEqual([[], 0]);
  });

  it('takes the longest path', async () => {
    const store = open();
    const path = 'x'.repeat(MAX_PATH_BYTES);
    await put(store, path);
    expect([...store.paths(path)]).toEqual([path]);
  });

  it('is at any time what the same changes make of a plain map', async () => {
    const path = fc.tuple(fc.constantFrom('a/', 'ab/', 'b/'), fc.string({ unit: 'grapheme', maxLength: 2 }));
    const write = fc.record({ path, value: fc.option(fc.uint8Array({ maxLength: 8 })) });
    const changes = fc.array(fc.record({ writes: fc.array(write, { maxLength: 6 }), fails: fc.boolean() }), {
      maxLength: 8,
    });
    const check = fc.asyncProperty(changes, async (list) => {
      const store = open();
      let model = new Map<string, Buffer>();
      for (const { writes, fails } of list) {
        const next = new Map(model);
        const change = store.transact((transaction) => {
          for (const { path: parts, value } of writes) {
            const name = parts.join('');
            if (value === null) {
              next.delete(name);
              transaction.delete(name);
            } else {
              next.set(name, Buffer.from(value));
              transaction.put(name, Buffer.from(value));
            }
          }
          expect([...transaction.paths('a')]).toEqual(pathsOf(next, 'a'));
          expect(transaction.count('a/')).toBe(pathsOf(next, 'a/').length);
          if (fails) throw new RangeError('on purpose');
        });
        if (fails) await expect(change).rejects.toThrow(RangeError);
        else await change;
        if (!fails) model = next;
        expect(contents(store)).toEqual(new Map([...model].sort(([a], [b]) => comparePaths(a, b))));
      }
    });
    await fc.assert(check, { numRuns: process.env['SLOW'] === '1' ? 300 : 15 });
  });
});

function pathsOf(model: ReadonlyMap<string, Buffer>, prefix: string): string[] {
  return [...model.keys()].filter((path) => path.startsWith(prefix)).sort(comparePaths);
}

function contents(store: ByteStore): Map<string, Buffer | undefined> {
  return new Map([...store.paths('')].map((path) => [path, store.get(path)]));
}

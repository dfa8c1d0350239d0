// Sealing of stored values: what opens, and all that must not. The expected bytes were made with another AES-GCM
// (Python cryptography 48.0) from the layout described in encrypted-store.ts.

import { createSecretKey } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encryptedStore, valueSeal } from '../../appliance/storage/encrypted-store.ts';
import { MemoryStore } from '../../appliance/storage/memory-store.ts';
import { someSeal } from '../support/byte-stores.ts';
import { changed } from '../support/present.ts';

const DAMAGED = expect.objectContaining({ code: 'RECORD_DAMAGED' }) as unknown as Error;
const VALUE = Buffer.from('value');
const seal = someSeal();

describe('a value seal', () => {
  it('makes the bytes that an independent implementation makes', () => {
    const counting = (size: number): Buffer => Buffer.from(Array.from({ length: size }, (_, index) => index));
    const fixed = valueSeal({
      key: createSecretKey(counting(32)),
      instanceId: 'kst-test',
      randomBytes: counting,
    });
    const sealed = '01000102030405060708090a0b3c20a039ffd4bff7642a6980121be4b735f803d9a7eed3';
    expect(fixed.seal('aliases/alias/ä', Buffer.from('{"v":1}')).toString('hex')).toBe(sealed);
    expect(fixed.open('aliases/alias/ä', Buffer.from(sealed, 'hex')).toString()).toBe('{"v":1}');
  });

  it('opens what it sealed, and seals it differently each time', () => {
    const check = fc.property(fc.string(), fc.uint8Array(), (path, bytes) => {
      const value = Buffer.from(bytes);
      const sealed = seal.seal(path, value);
      expect(seal.open(path, sealed)).toEqual(value);
      expect(seal.seal(path, value)).not.toEqual(sealed);
    });
    fc.assert(check, { numRuns: 50 });
  });

  it('opens nothing of which one byte was changed', () => {
    const sealed = seal.seal('keys/1', VALUE);
    for (let at = 0; at < sealed.length; at += 1) {
      expect(() => seal.open('keys/1', changed(sealed, at, 1 << (at % 8)))).toThrow(DAMAGED);
    }
  });

  it('opens nothing that was cut or made longer', () => {
    const sealed = seal.seal('keys/1', VALUE);
    for (let length = 0; length < sealed.length; length += 1) {
      expect(() => seal.open('keys/1', sealed.subarray(0, length))).toThrow(DAMAGED);
    }
    expect(() => seal.open('keys/1', Buffer.concat([sealed, Buffer.of(0)]))).toThrow(DAMAGED);
  });

  it('opens nothing under another path, of another instance, or under another key', () => {
    const sealed = seal.seal('keys/1', VALUE);
    const otherKey = valueSeal({
      key: createSecretKey(Buffer.alloc(32, 8)),
      instanceId: 'kst-test',
      randomBytes: (size) => Buffer.alloc(size),
    });
    expect(() => seal.open('keys/2', sealed)).toThrow(DAMAGED);
    expect(() => someSeal('kst-tess').open('keys/1', sealed)).toThrow(DAMAGED);
    expect(() => otherKey.open('keys/1', sealed)).toThrow(DAMAGED);
    // The same bytes in a row, divided otherwise between instance and path.
    expect(() => someSeal('kst-testk').open('eys/1', sealed)).toThrow(DAMAGED);
  });

  it('names the path and nothing else', () => {
    const sealed = seal.seal('keys/1', Buffer.from('plaintext'));
    const message = 'the stored value of "keys/2" does not open';
    expect(() => seal.open('keys/2', sealed)).toThrow(expect.objectContaining({ message }) as unknown);
  });
});

describe('an encrypted store', () => {
  it('hands no plaintext down, and takes none that was not sealed', async () => {
    const bytes = new MemoryStore();
    const store = encryptedStore(bytes, seal);
    const secret = Buffer.from('a marked plaintext');
    await store.transact((transaction) => transaction.put('keys/1', secret));
    expect(bytes.get('keys/1')?.includes(secret)).toBe(false);
    await bytes.transact((transaction) => transaction.put('keys/2', secret));
    expect(() => store.get('keys/2')).toThrow(DAMAGED);
  });

  it('fails a change that reads a value moved from another path', async () => {
    const bytes = new MemoryStore();
    const store = encryptedStore(bytes, seal);
    await store.transact((transaction) => transaction.put('keys/1', VALUE));
    await bytes.transact((transaction) => transaction.put('keys/2', bytes.get('keys/1') ?? VALUE));
    const change = store.transact((transaction) => transaction.get('keys/2'));
    await expect(change).rejects.toMatchObject({ code: 'RECORD_DAMAGED' });
  });
});

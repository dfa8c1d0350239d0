// Nonces are spent once, for all processes and across a restart, and leave by age alone.

import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { open } from 'lmdb';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  LmdbRequestJournal,
  type RequestJournalOptions,
} from '../../appliance/storage/lmdb-request-journal.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const MAX_AGE = 1000;
const HOUR = 60 * 60 * 1000;
const OWNER = { id: 'OWNER', user: null };
const AK = { id: 'AK', user: 'alice' };
const AK2 = { id: 'AK2', user: 'bob' };

function journal(options: Partial<RequestJournalOptions> = {}): LmdbRequestJournal {
  const opened = new LmdbRequestJournal({
    directory: options.directory ?? temporaryFolder(),
    maxAgeMs: MAX_AGE,
    maxNonces: 1000,
    maxNoncesEach: 100,
    ownersReserve: 0,
    bootId: 'boot',
    ...options,
  });
  onTestFinished(() => opened.close());
  return opened;
}

/** Resolves with what the process said; it ends by SIGKILL. */
function otherProcess(directory: string, now: number): Promise<string> {
  const script = join(import.meta.dirname, '../support/journal-process.ts');
  return new Promise((resolve) => {
    execFile(process.execPath, ['--import', 'tsx', script, directory, String(now)], (_killed, stdout) =>
      resolve(stdout),
    );
  });
}

describe('a nonce', () => {
  test('is refused until it is old enough, then taken again', () => {
    const nonces = journal();
    expect(nonces.useNonce(AK, 'n', 0)).toBe('fresh');
    expect(nonces.useNonce(AK, 'n', MAX_AGE)).toBe('used');
    expect(nonces.useNonce(AK, 'n', MAX_AGE + 1)).toBe('fresh');
    expect(nonces.useNonce(AK, 'n', MAX_AGE + 2)).toBe('used');
  });

  test('of one AccessKey says nothing about another', () => {
    const nonces = journal();
    nonces.useNonce(AK, 'n', 0);
    expect(nonces.useNonce(AK2, 'n', 0)).toBe('fresh');
    expect(nonces.useNonce(AK, '', 0)).toBe('fresh');
  });

  test('is refused, not forgotten for, when its AccessKey is full of fresh ones', () => {
    const nonces = journal({ maxNoncesEach: 2 });
    nonces.useNonce(AK, 'a', 0);
    nonces.useNonce(AK, 'b', 10);
    expect(nonces.useNonce(AK, 'c', 20)).toBe('full');
    expect(nonces.useNonce(AK, 'a', 20)).toBe('used');
    expect(nonces.useNonce(AK, 'c', MAX_AGE + 1)).toBe('fresh');
    expect(nonces.useNonce(AK, 'b', MAX_AGE + 1)).toBe('used');
  });

  test('makes room in a journal full of old ones, a few at a time', () => {
    const nonces = journal();
    for (let count = 0; count < 100; count += 1) nonces.useNonce(AK, String(count), 0);
    const later = Array.from({ length: 100 }, (_, count) => nonces.useNonce(AK, `n${count}`, MAX_AGE + 1));
    expect(new Set(later)).toEqual(new Set(['fresh']));
    expect(nonces.useNonce(AK, 'one more', MAX_AGE + 1)).toBe('full');
  });
});

describe('room', () => {
  /** How many nonces it takes of that AccessKey until it is full. */
  function fill(nonces: LmdbRequestJournal, accessKey: typeof AK | typeof OWNER): number {
    let count = 0;
    while (nonces.useNonce(accessKey, `fill ${count}`, 0) === 'fresh') count += 1;
    return count;
  }

  test('that one AccessKey used up is not that of another', () => {
    const nonces = journal();
    expect(fill(nonces, AK)).toBe(100);
    expect(nonces.useNonce(AK2, 'n', 0)).toBe('fresh');
    expect(nonces.useNonce(OWNER, 'n', 0)).toBe('fresh');
    expect(nonces.useNonce(AK, 'n', 0)).toBe('full');
  });

  test('is left by AccessKeys at their limits, however many, for one that is not', () => {
    const nonces = journal({ maxNonces: 300 });
    const taken = [1, 2, 3, 4, 5].map((count) => fill(nonces, { id: `greedy${count}`, user: 'mallory' }));
    expect(taken).toEqual([100, 100, 50, 25, 13]);
    expect(nonces.useNonce(AK, 'n', 0)).toBe('fresh');
  });

  test('of the owner is not given to users', () => {
    const nonces = journal({ maxNonces: 20, ownersReserve: 10 });
    for (let count = 1; count <= 5; count += 1) fill(nonces, { id: `greedy${count}`, user: 'mallory' });
    expect(nonces.useNonce(AK, 'n', 0)).toBe('full');
    expect(fill(nonces, OWNER)).toBe(5);
  });

  test('is counted on by whoever opens the journal again, and comes back by age', async () => {
    const directory = temporaryFolder();
    const first = journal({ directory });
    fill(first, AK);
    await first.close();
    const again = journal({ directory });
    expect(again.useNonce(AK, 'n', MAX_AGE)).toBe('full');
    expect(again.useNonce(AK2, 'n', MAX_AGE)).toBe('fresh');
    const later = Array.from({ length: 100 }, (_, count) => again.useNonce(AK, `n${count}`, MAX_AGE + 1));
    expect(new Set(later)).toEqual(new Set(['fresh']));
    expect(again.useNonce(AK, 'one more', MAX_AGE + 1)).toBe('full');
  });

  test('is not lost to entries that a release without counts took away', async () => {
    const directory = temporaryFolder();
    const before = journal({ directory });
    expect(fill(before, AK)).toBe(100);
    await before.close();
    const environment = open({ path: join(directory, 'boot'), noSubdir: false });
    for (const name of ['nonces', 'ages'])
      await environment.openDB({ name, encoding: 'binary', keyEncoding: 'binary' }).clearAsync();
    await environment.close();
    expect(fill(journal({ directory }), AK)).toBe(100);
  });

  test('is not lost to entries from before they were counted', async () => {
    const directory = temporaryFolder();
    const environment = open({
      path: join(directory, 'boot'),
      noSubdir: false,
      encoding: 'binary',
      keyEncoding: 'binary',
    });
    const digest = createHash('sha256')
      .update(JSON.stringify(['AK', 'old']))
      .digest();
    const time = Buffer.alloc(6);
    environment.openDB({ name: 'nonces', encoding: 'binary', keyEncoding: 'binary' }).putSync(digest, time);
    const ages = environment.openDB({ name: 'ages', encoding: 'binary', keyEncoding: 'binary' });
    ages.putSync(Buffer.concat([time, digest]), Buffer.alloc(0));
    await environment.close();
    const nonces = journal({ directory, maxNoncesEach: 1 });
    expect(nonces.useNonce(AK, 'old', MAX_AGE)).toBe('used');
    expect(nonces.useNonce(AK, 'old', MAX_AGE + 1)).toBe('fresh');
    expect(nonces.useNonce(AK, 'n', MAX_AGE + 1)).toBe('full');
    expect(nonces.useNonce(AK, 'n', 2 * MAX_AGE + 2)).toBe('fresh');
  });
});

describe('the journal', () => {
  test('is shared by processes and outlives one that is killed', async () => {
    const directory = temporaryFolder();
    const here = journal({ directory });
    expect(await otherProcess(directory, 5)).toBe('fresh');
    expect(here.useNonce(AK, 'shared', 6)).toBe('used');
    expect(here.lastUsed('AK')).toBe(5);
    expect(await otherProcess(directory, 7)).toBe('used');
  });

  test('is still there when it is opened again', async () => {
    const directory = temporaryFolder();
    const first = journal({ directory });
    first.useNonce(AK, 'n', 0);
    await first.close();
    expect(journal({ directory }).useNonce(AK, 'n', 1)).toBe('used');
  });

  test('of an earlier boot of the machine is deleted unopened', () => {
    const directory = temporaryFolder();
    journal({ directory, bootId: 'first' });
    expect(journal({ directory, bootId: 'second/../x\n' }).useNonce(AK, 'n', 0)).toBe('fresh');
    expect(readdirSync(directory)).toEqual(['secondx']);
    expect(statSync(join(directory, 'secondx')).mode & 0o777).toBe(0o700);
  });

  test('knows to the hour when an AccessKey was last used', () => {
    const uses = journal();
    expect(uses.lastUsed('AK')).toBeNull();
    uses.noteUse('AK', HOUR);
    uses.noteUse('AK', 2 * HOUR - 1);
    expect(uses.lastUsed('AK')).toBe(HOUR);
    uses.noteUse('AK', 2 * HOUR);
    expect(uses.lastUsed('AK')).toBe(2 * HOUR);
  });
});

// Nonces are spent once, for all processes and across a restart, and leave by age alone.

import { execFile } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  LmdbRequestJournal,
  type RequestJournalOptions,
} from '../../appliance/storage/lmdb-request-journal.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const MAX_AGE = 1000;
const HOUR = 60 * 60 * 1000;

function journal(options: Partial<RequestJournalOptions> = {}): LmdbRequestJournal {
  const opened = new LmdbRequestJournal({
    directory: options.directory ?? temporaryFolder(),
    maxAgeMs: MAX_AGE,
    maxNonces: 10,
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
    expect(nonces.useNonce('AK', 'n', 0)).toBe('fresh');
    expect(nonces.useNonce('AK', 'n', MAX_AGE)).toBe('used');
    expect(nonces.useNonce('AK', 'n', MAX_AGE + 1)).toBe('fresh');
    expect(nonces.useNonce('AK', 'n', MAX_AGE + 2)).toBe('used');
  });

  test('of one AccessKey says nothing about another', () => {
    const nonces = journal();
    nonces.useNonce('AK', 'n', 0);
    expect(nonces.useNonce('AK2', 'n', 0)).toBe('fresh');
    expect(nonces.useNonce('AK', '', 0)).toBe('fresh');
  });

  test('is refused, not forgotten for, when the journal is full of fresh ones', () => {
    const nonces = journal({ maxNonces: 2 });
    nonces.useNonce('AK', 'a', 0);
    nonces.useNonce('AK', 'b', 10);
    expect(nonces.useNonce('AK', 'c', 20)).toBe('full');
    expect(nonces.useNonce('AK', 'a', 20)).toBe('used');
    expect(nonces.useNonce('AK', 'c', MAX_AGE + 1)).toBe('fresh');
    expect(nonces.useNonce('AK', 'b', MAX_AGE + 1)).toBe('used');
  });

  test('makes room in a journal full of old ones, a few at a time', () => {
    const nonces = journal({ maxNonces: 100 });
    for (let count = 0; count < 100; count += 1) nonces.useNonce('AK', String(count), 0);
    const later = Array.from({ length: 100 }, (_, count) => nonces.useNonce('AK', `n${count}`, MAX_AGE + 1));
    expect(new Set(later)).toEqual(new Set(['fresh']));
    expect(nonces.useNonce('AK', 'one more', MAX_AGE + 1)).toBe('full');
  });
});

describe('the journal', () => {
  test('is shared by processes and outlives one that is killed', async () => {
    const directory = temporaryFolder();
    const here = journal({ directory });
    expect(await otherProcess(directory, 5)).toBe('fresh');
    expect(here.useNonce('AK', 'shared', 6)).toBe('used');
    expect(here.lastUsed('AK')).toBe(5);
    expect(await otherProcess(directory, 7)).toBe('used');
  });

  test('is still there when it is opened again', async () => {
    const directory = temporaryFolder();
    const first = journal({ directory });
    first.useNonce('AK', 'n', 0);
    await first.close();
    expect(journal({ directory }).useNonce('AK', 'n', 1)).toBe('used');
  });

  test('of an earlier boot of the machine is deleted unopened', () => {
    const directory = temporaryFolder();
    journal({ directory, bootId: 'first' });
    expect(journal({ directory, bootId: 'second/../x\n' }).useNonce('AK', 'n', 0)).toBe('fresh');
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

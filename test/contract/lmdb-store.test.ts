// What only a store on disk can get wrong: durability, other processes, full disks, file modes.

import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { LmdbStore } from '../../appliance/storage/lmdb-store.ts';
import { openLmdb } from '../support/byte-stores.ts';
import { present } from '../support/present.ts';
import { counterOf, increment } from '../support/store-counter.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const PROGRAM = fileURLToPath(new URL('../support/store-process.ts', import.meta.url));

function argumentsOf(command: string, folder: string): string[] {
  return ['--import', 'tsx', PROGRAM, command, folder];
}

function start(command: string, folder: string): { child: ChildProcess; lines: AsyncIterator<string> } {
  const child = spawn(process.execPath, argumentsOf(command, folder), {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return { child, lines: createInterface(present(child.stdout))[Symbol.asyncIterator]() };
}

async function kill(child: ChildProcess): Promise<void> {
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
}

it('finds everything again after closing and opening', async () => {
  const folder = temporaryFolder();
  const first = new LmdbStore(folder);
  await first.transact((transaction) => transaction.put('a/1', Buffer.from('kept')));
  await first.close();
  const second = openLmdb(folder);
  expect([second.get('a/1')?.toString(), second.epoch(), second.count('')]).toEqual(['kept', 1, 1]);
});

it('is closed only after the changes under way are committed, and takes none after that', async () => {
  const folder = temporaryFolder();
  const first = new LmdbStore(folder);
  const change = increment(first);
  await first.close();
  await change;
  await expect(increment(first)).rejects.toThrow(Error);
  expect(() => counterOf(first)).toThrow(Error);
  expect(() => first.epoch()).toThrow(Error);
  expect(() => first.count('')).toThrow(Error);
  expect(counterOf(openLmdb(folder))).toBe(1);
});

it('keeps its files from everyone else, also when they were open before', async () => {
  const folder = join(temporaryFolder(), 'store');
  const mode = (path: string): number => statSync(path).mode & 0o777;
  await new LmdbStore(folder).close();
  const files = readdirSync(folder).map((name) => join(folder, name));
  for (const file of files) chmodSync(file, 0o644);
  await new LmdbStore(folder).close();
  expect([mode(folder), ...files.map(mode)]).toEqual([0o700, 0o600, 0o600]);
});

it.each([1, 27, 28, 20_000])('refuses a file of %i bytes that is not a store', (size) => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'data.mdb'), Buffer.alloc(size, 'x'));
  const refused = expect.objectContaining({ code: 'NOT_A_STORE' }) as unknown as Error;
  expect(() => new LmdbStore(folder)).toThrow(refused);
});

it('loses no acknowledged change when the process is killed', async () => {
  const folder = temporaryFolder();
  const { child, lines } = start('commit', folder);
  expect((await lines.next()).value).toBe('committed');
  await kill(child);
  const store = openLmdb(folder);
  expect([store.get('a/1')?.toString(), store.epoch()]).toEqual(['acknowledged', 1]);
});

it('is whole, and goes on, when the process is killed in the middle of its changes', async () => {
  const folder = temporaryFolder();
  const store = openLmdb(folder);
  const { child, lines } = start('increment', folder);
  let acknowledged = 0;
  while (acknowledged < 30) acknowledged = Number((await lines.next()).value);
  await kill(child);
  const epoch = store.epoch();
  expect(counterOf(store)).toBeGreaterThanOrEqual(acknowledged);
  expect(counterOf(store)).toBe(epoch);
  await increment(store);
  // One more when the kill came after a commit was written and before readers were told: the next writer finds it.
  expect([epoch + 1, epoch + 2]).toContain(store.epoch());
  expect(counterOf(store)).toBe(store.epoch());
});

it('sees a change of another process at once, without a turn of the event loop', async () => {
  const folder = temporaryFolder();
  const store = openLmdb(folder);
  await store.transact((transaction) => transaction.put('a/1', Buffer.from('old')));
  expect([store.epoch(), store.get('a/1')?.toString()]).toEqual([1, 'old']);
  execFileSync(process.execPath, argumentsOf('commit-and-exit', folder), { stdio: 'pipe' });
  expect([store.epoch(), store.get('a/1')?.toString()]).toEqual([2, 'acknowledged']);
});

it('loses no increment when two processes change the same record', async () => {
  const folder = temporaryFolder();
  const store = openLmdb(folder);
  const { child, lines } = start('increment', folder);
  await lines.next();
  for (let i = 0; i < 100; i += 1) await increment(store);
  await kill(child);
  const epoch = store.epoch();
  expect(counterOf(store)).toBe(epoch);
  expect(epoch).toBeGreaterThan(100);
});

it('refuses changes on a full disk with an error, keeps what it has, and works again when there is room', () => {
  // A limit on the size of files stands for the full disk; without the trap it would be a signal instead of an error.
  const command = `trap '' XFSZ; ulimit -f 2000; exec "$0" "$@"`;
  const shellArguments = ['-c', command, process.execPath, ...argumentsOf('fill', temporaryFolder())];
  const output = execFileSync('/bin/sh', shellArguments, { encoding: 'utf8', stdio: 'pipe' });
  expect(output.trim().split('\n')).toEqual(['COMMIT_FAILED', 'rejected rejected', 'true', 'small']);
});

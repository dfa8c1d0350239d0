// The request journal in an LMDB environment of its own, shared by the processes of the instance through its memory map
// and never synced: the kernel keeps what was written when a process ends, however it ends. What a crash of the machine
// leaves is not to be trusted, so each boot of the machine has its own environment and the others are deleted.
// An AccessKey may have as many nonces in it as there is room left, up to a bound: however many others are at their
// limits, there is always room for one that is not.

import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Database, open, type RootDatabase } from 'lmdb';
import type { NonceUser, NonceVerdict, RequestJournal } from '../core/ports/request-journal.ts';
import { prepareLmdbFiles } from './lmdb-files.ts';

const BOOT_ID_FILE = '/proc/sys/kernel/random/boot_id';
const MAP_BYTES = 2 ** 28;
const TIME_BYTES = 6;
const COUNT_BYTES = 4;
/** Old entries that one request clears away at the most; it adds one. */
const SWEEP = 16;
const USE_RESOLUTION_MS = 60 * 60 * 1000;

export interface RequestJournalOptions {
  readonly directory: string;
  /** Milliseconds that a nonce is kept: at least twice the window of time stamps. */
  readonly maxAgeMs: number;
  /** Of all AccessKeys together. */
  readonly maxNonces: number;
  /** Of one AccessKey. */
  readonly maxNoncesEach: number;
  /** How many of `maxNonces` the AccessKeys of users leave to those of the owner. */
  readonly ownersReserve: number;
  /** Default: that of the running system. */
  readonly bootId?: string;
}

export class LmdbRequestJournal implements RequestJournal {
  readonly #options: RequestJournalOptions;
  readonly #environment: RootDatabase<Buffer, Buffer>;
  /** Time of each nonce by its digest. */
  readonly #nonces: Database<Buffer, Buffer>;
  /** Ids of AccessKeys by time and digest of their nonces: the oldest first. Empty from before there were counts. */
  readonly #ages: Database<Buffer, Buffer>;
  /** How many entries of `#ages` name an AccessKey, by its id. */
  readonly #counts: Database<Buffer, Buffer>;
  readonly #uses: Database<Buffer, Buffer>;

  constructor(options: RequestJournalOptions) {
    this.#options = options;
    const name = (options.bootId ?? currentBootId()).replaceAll(/[^A-Za-z0-9-]/g, '');
    removeOthers(options.directory, name);
    const path = join(options.directory, name);
    prepareLmdbFiles(path);
    const binary = { encoding: 'binary', keyEncoding: 'binary' } as const;
    this.#environment = open<Buffer, Buffer>({
      ...binary,
      path,
      noSubdir: false,
      mapSize: MAP_BYTES,
      noSync: true,
      overlappingSync: false,
      eventTurnBatching: false,
    });
    this.#nonces = this.#environment.openDB({ ...binary, name: 'nonces' });
    this.#ages = this.#environment.openDB({ ...binary, name: 'ages' });
    this.#counts = this.#environment.openDB({ ...binary, name: 'counts' });
    this.#uses = this.#environment.openDB({ ...binary, name: 'uses' });
    this.#environment.transactionSync(() => this.#countAnew());
  }

  useNonce(accessKey: NonceUser, nonce: string, now: number): NonceVerdict {
    const digest = createHash('sha256')
      .update(JSON.stringify([accessKey.id, nonce]))
      .digest();
    return this.#environment.transactionSync(() => {
      this.#sweep(now);
      const seen = this.#nonces.get(digest);
      if (seen) {
        if (!this.#isOld(timeOf(seen), now)) return 'used';
        this.#forget(Buffer.concat([seen, digest]));
      }
      if (!this.#hasRoomFor(accessKey)) return 'full';
      this.#record(Buffer.from(accessKey.id), digest, now);
      return 'fresh';
    });
  }

  noteUse(accessKeyId: string, now: number): void {
    const last = this.lastUsed(accessKeyId);
    if (last !== null && Math.abs(now - last) < USE_RESOLUTION_MS) return;
    this.#environment.transactionSync(() => this.#uses.putSync(Buffer.from(accessKeyId), encodeTime(now)));
  }

  lastUsed(accessKeyId: string): number | null {
    // Otherwise what other processes wrote in this turn of the event loop stays unseen.
    this.#environment.resetReadTxn();
    const time = this.#uses.get(Buffer.from(accessKeyId));
    return time ? timeOf(time) : null;
  }

  close(): Promise<void> {
    return this.#environment.close();
  }

  #sweep(now: number): void {
    for (const key of [...this.#ages.getKeys({ limit: SWEEP })]) {
      if (!this.#isOld(timeOf(key), now)) return;
      this.#forget(key);
    }
  }

  #hasRoomFor({ id, user }: NonceUser): boolean {
    const { maxNonces, maxNoncesEach, ownersReserve } = this.#options;
    const { entryCount } = this.#nonces.getStats() as { entryCount: number };
    const free = maxNonces - (user === null ? 0 : ownersReserve) - entryCount;
    return this.#countOf(Buffer.from(id)) < Math.min(free, maxNoncesEach);
  }

  #record(id: Buffer, digest: Buffer, now: number): void {
    const time = encodeTime(now);
    this.#nonces.putSync(digest, time);
    this.#ages.putSync(Buffer.concat([time, digest]), id);
    this.#setCount(id, this.#countOf(id) + 1);
  }

  /** `age`: its key in `#ages`. */
  #forget(age: Buffer): void {
    const id = this.#ages.get(age);
    this.#ages.removeSync(age);
    this.#nonces.removeSync(age.subarray(TIME_BYTES));
    if (id && id.length > 0) this.#setCount(id, this.#countOf(id) - 1);
  }

  /** A release from before there were counts may have worked here since, and taken entries away. */
  #countAnew(): void {
    const counts = new Map<string, number>();
    for (const { value } of this.#ages.getRange()) {
      const id = value.toString('latin1');
      if (id !== '') counts.set(id, (counts.get(id) ?? 0) + 1);
    }
    for (const id of [...this.#counts.getKeys()]) this.#counts.removeSync(id);
    for (const [id, count] of counts) this.#setCount(Buffer.from(id, 'latin1'), count);
  }

  #countOf(id: Buffer): number {
    return this.#counts.get(id)?.readUInt32BE() ?? 0;
  }

  #setCount(id: Buffer, count: number): void {
    if (count <= 0) {
      this.#counts.removeSync(id);
      return;
    }
    const bytes = Buffer.alloc(COUNT_BYTES);
    bytes.writeUInt32BE(count);
    this.#counts.putSync(id, bytes);
  }

  #isOld(time: number, now: number): boolean {
    return now - time > this.#options.maxAgeMs;
  }
}

function encodeTime(time: number): Buffer {
  const bytes = Buffer.alloc(TIME_BYTES);
  bytes.writeUIntBE(time, 0, TIME_BYTES);
  return bytes;
}

function timeOf(bytes: Buffer): number {
  return bytes.readUIntBE(0, TIME_BYTES);
}

function currentBootId(): string {
  try {
    return readFileSync(BOOT_ID_FILE, 'latin1');
  } catch {
    // Not Linux: one environment for all boots.
    return 'journal';
  }
}

function removeOthers(directory: string, name: string): void {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  for (const other of readdirSync(directory)) {
    if (other !== name) rmSync(join(directory, other), { recursive: true, force: true });
  }
}

// Audit records in hourly segments of a directory (0700, files 0600), chained and sealed by signed checkpoints.
// `append` returns when the operating system has the lines, `durable` says when the disk has them; `append` throws when
// any of them could not be written, and the caller then gives no success. Hours are UTC, of the time of writing.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { AuditLog, AuditLogStatus, AuditRecord } from '../core/ports/audit-log.ts';
import type { Clock, Timer } from '../core/ports/clock.ts';
import { type ChainEnd, link } from './chain.ts';
import { chainTail } from './chain-tail.ts';
import { type Checkpoint, checkpointJson, checkpointText } from './checkpoint.ts';
import { type CheckpointSchedule, createCheckpointer } from './checkpointer.ts';
import { type AuditOrigin, jsonLine, textLine } from './event.ts';
import { createGroupCommit } from './group-commit.ts';
import { recordingJson } from './recording.ts';
import { openReserve } from './reserve.ts';
import { createSegmentFile, type SegmentFile } from './segment-file.ts';
import { hourOf, segmentName } from './segment-name.ts';
import { createStoredBytes } from './stored-bytes.ts';
import { auditFailure } from './write-failure.ts';

export interface FileAuditLogOptions {
  readonly directory: string;
  readonly origin: AuditOrigin;
  /** Tells the chains of an instance's processes apart: letters and digits. */
  readonly process: string;
  readonly clock: Clock;
  readonly timer: Timer;
  /** `group`: an answer waits for the disk, together with others. `write`: for the operating system alone. */
  readonly durability: 'group' | 'write';
  readonly checkpoints: CheckpointSchedule;
  /** Signs as the audit key. */
  readonly sign: (text: Buffer) => Promise<Buffer>;
  /** The last checkpoint that `saveHead` kept; '' when there is none. */
  readonly lastHead: string;
  /** Keeps the line of a checkpoint apart from the log. */
  readonly saveHead: (line: string) => Promise<void>;
  readonly logger: { error(details: object, message: string): void };
  readonly watcher?: LogWatcher;
}

/** Learns what becomes of the files. */
export interface LogWatcher {
  /** What the durability asks for was done. */
  written(): void;
  /** Lines could not be written, or not be synced. */
  failed(error: unknown): void;
  segmentClosed(): void;
}

export interface FileAuditLog extends AuditLog {
  /** Every segment up to this number is closed and handed to the disk. */
  closedThrough(): number;
}

/** A segment ends when it is so large, so that it can be compressed and delivered in one piece. */
const SEGMENT_BYTES = 64 * 1024 * 1024;

interface Segment {
  readonly file: SegmentFile;
  readonly number: number;
  readonly hour: string;
  /** Requests recorded in it. */
  records: number;
  bytes: number;
}

export function openFileAuditLog(options: FileAuditLogOptions): FileAuditLog {
  const { directory, origin, clock, durability, logger, watcher } = options;
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const tail = chainTail(directory, options.process, options.lastHead);
  let end: ChainEnd = tail.end;
  let lastNumber = tail.segment;
  let closedThrough = tail.segment;
  let current: Segment | null = null;
  let lastCheckpoint: AuditLogStatus['lastCheckpoint'] = null;
  /** Ended, and not on disk yet. */
  const ended: Segment[] = [];

  const syncAll = async (): Promise<void> => {
    const done = ended.splice(0);
    const results = await Promise.allSettled(
      [...done, ...(current ? [current] : [])].map(({ file }) => file.sync()),
    );
    for (const segment of done) {
      segment.file.close();
      closedThrough = Math.max(closedThrough, segment.number);
    }
    if (done.length > 0) watcher?.segmentClosed();
    for (const result of results) if (result.status === 'rejected') throw result.reason;
  };
  const shared = createGroupCommit({ sync: syncAll, tick: () => performance.now(), turn: setImmediate });
  const reserve = openReserve(join(directory, `reserve-${options.process}`));
  const written = (): void => {
    if (reserve.isWhole()) watcher?.written();
  };
  /** What is done when the disk gets full is still recorded; what comes later is not, and fails. */
  const writeInAnyCase = (file: SegmentFile, lines: string, text: string): void => {
    reserve.restore();
    try {
      file.write(lines, text);
    } catch (error) {
      watcher?.failed(error);
      if (auditFailure(error) !== 'disk-full' || !reserve.spend()) throw error;
      file.write(lines, text);
    }
  };
  const commit = (): Promise<void> =>
    shared().then(written, (error: unknown) => {
      watcher?.failed(error);
      throw error;
    });
  const watched = <T>(write: () => T): T => {
    try {
      return write();
    } catch (error) {
      watcher?.failed(error);
      throw error;
    }
  };

  /** Adds lines to the chain, all or none. */
  const add = (segment: Segment, jsons: readonly string[], text: string): void => {
    let next = end;
    let lines = '';
    for (const json of jsons) {
      const linked = link(next, json);
      lines += linked.line;
      next = linked;
    }
    watched(() => writeInAnyCase(segment.file, lines, text));
    segment.bytes += lines.length;
    end = { sequence: next.sequence, head: next.head };
    if (durability === 'write') written();
  };

  const endSegment = (): void => {
    if (current === null) return;
    ended.push(current);
    current = null;
    commit().catch((error: unknown) => logger.error({ err: error }, 'audit segment could not be synced'));
  };
  const openSegment = (hour: string, reason: string): Segment => {
    const number = lastNumber + 1;
    const path = join(directory, segmentName({ process: options.process, number, hour }));
    const file = watched(() => {
      mkdirSync(directory, { recursive: true, mode: 0o700 });
      return createSegmentFile(path);
    });
    const segment = { file, number, hour, records: 0, bytes: 0 };
    try {
      add(segment, [openingJson(options, number, reason, tail.cutBytes)], '');
    } catch (error) {
      // Tried again with the next record; a full disk is not filled with empty files.
      segment.file.discard();
      throw error;
    }
    lastNumber = number;
    endSegment();
    current = segment;
    return segment;
  };
  const segmentNow = (): Segment => {
    const hour = hourOf(clock());
    if (current?.hour !== hour) return openSegment(hour, 'hour');
    return current.bytes < SEGMENT_BYTES ? current : openSegment(hour, 'size');
  };

  const makeCheckpoint = async (closing: boolean): Promise<void> => {
    try {
      if (current && !current.file.isInPlace()) {
        logger.error({ segment: current.number }, 'audit segment was removed or replaced');
        openSegment(hourOf(clock()), 'replaced');
      }
      const { number, records } = segmentNow();
      const checkpoint: Checkpoint = {
        instanceId: origin.instanceId,
        process: options.process,
        segment: number,
        ...end,
        count: records,
        time: new Date(clock()).toISOString(),
        closing,
      };
      const signature = (await options.sign(checkpointText(checkpoint))).toString('base64');
      const json = checkpointJson({ ...checkpoint, signature });
      // First, for a segment that begins here has a line of its own before this one.
      const target = segmentNow();
      const { line } = link(end, json);
      add(target, [json], '');
      if (durability === 'group') await commit();
      lastCheckpoint = { sequence: checkpoint.sequence, time: checkpoint.time };
      await options.saveHead(line);
    } catch (error) {
      logger.error({ err: error }, 'audit checkpoint could not be made');
    }
  };
  const checkpointer = createCheckpointer({
    schedule: options.checkpoints,
    timer: options.timer,
    make: makeCheckpoint,
  });

  openSegment(hourOf(clock()), 'start');
  checkpointer.start();
  const storedBytes = createStoredBytes(directory, clock);
  return {
    append(records) {
      const segment = segmentNow();
      add(segment, jsonsOf(records, origin), records.map((record) => textLine(record, origin)).join(''));
      segment.records += records.length;
      checkpointer.added(records.length);
    },
    closedThrough: () => closedThrough,
    flushed: () => (durability === 'group' ? commit() : null),
    noteRecording(dataPlane) {
      add(segmentNow(), [recordingJson(clock(), dataPlane)], '');
      // A statement of this kind is signed at once.
      checkpointer.added(options.checkpoints.everyRecords);
    },
    async status() {
      const { process } = options;
      return { durability, process, ...end, lastCheckpoint, storedBytes: await storedBytes() };
    },
    async close() {
      await checkpointer.close();
      endSegment();
      await commit().catch(() => undefined);
    },
  };
}

function jsonsOf(records: readonly AuditRecord[], origin: AuditOrigin): string[] {
  return records.map((record) => jsonLine(record, origin).slice(0, -1));
}

/** The first line of a segment. */
function openingJson(
  options: FileAuditLogOptions,
  segment: number,
  reason: string,
  cutBytes: number,
): string {
  return JSON.stringify({
    type: 'segment',
    time: new Date(options.clock()).toISOString(),
    instance_id: options.origin.instanceId,
    process: options.process,
    segment,
    reason,
    ...(reason === 'start' && cutBytes > 0 && { cut_bytes: cutBytes }),
  });
}

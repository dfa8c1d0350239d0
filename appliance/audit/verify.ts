// Checks a directory of segments offline, with nothing but the public key: every line is the one that was written after
// the line before, every checkpoint is signed and agrees, and nothing is missing. The first bad line is named.

import type { KeyObject } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { createGunzip } from 'node:zlib';
import { type ChainEnd, EMPTY_CHAIN, follows, readLink } from './chain.ts';
import { isSignedBy, readCheckpoint, type SignedCheckpoint } from './checkpoint.ts';
import { notePause, type Pause } from './recording.ts';
import { type RemovedEnd, readSpoolState, spoolStateFile } from './spool-state.ts';

export interface Verification {
  readonly process: string;
  /** Null when nothing is wrong. */
  readonly problem: Problem | null;
  readonly segments: number;
  /** 1, unless earlier ones were removed and `from` says that they were verified elsewhere. */
  readonly firstSegment: number;
  readonly records: number;
  readonly checkpoints: number;
  /** The last good one. */
  readonly lastCheckpoint: SignedCheckpoint | null;
  /** When requests of the data plane were not recorded, because that was switched off. */
  readonly pauses: readonly Pause[];
  /** Records after what the last checkpoint covers: chained, and not yet sealed. */
  readonly unsealed: number;
}

export interface Problem {
  readonly file: string;
  /** Counted from 1; 0 for the file as a whole. */
  readonly line: number;
  /** Sequence number of the line that should have been there. */
  readonly sequence: number;
  readonly what: string;
}

export interface VerifyOptions {
  readonly directory: string;
  readonly publicKey: KeyObject;
  /** Checkpoint lines kept apart from the log, of any of its processes: the log must contain them. '' for none. */
  readonly head: string;
  /** By process, 1 for others: earlier segments were verified elsewhere, in the delivered tree, and may be removed here. */
  readonly from?: ReadonlyMap<string, number>;
  /** The time of the copy, milliseconds since the epoch. */
  readonly asOf: number;
  /** How old the last checkpoint may then be when the log was not closed in order. */
  readonly maxAgeMs: number;
}

interface SegmentPath {
  readonly path: string;
  readonly process: string;
  readonly number: number;
}

/** Segments as the instance has them, perhaps compressed, and as they are delivered. */
const SEGMENT = /^(?:audit-\d{4}-\d\d-\d\dT)?\d\d-([a-z0-9]{1,16})-(\d{8,15})\.jsonl(?:\.gz)?$/;
const DELIVERED = /^\d\d-([a-z0-9]{1,16})-(\d{8,15})\.log\.gz$/;
/** Far more than any line has. */
const MAX_LINE_BYTES = 1024 * 1024;

/** One verification a process; none when the directory holds no segment. */
export async function verifyAuditLog(options: VerifyOptions): Promise<Verification[]> {
  const segments = await segmentPaths(options.directory);
  const verifications: Verification[] = [];
  const heads = headsByProcess(options.head);
  const processes = new Set(segments.map((segment) => segment.process));
  // A chain that is gone altogether is missed only by who names it.
  const named = [...heads.keys(), ...(options.from?.keys() ?? [])];
  if (processes.size > 0) for (const process of named) processes.add(process);
  for (const process of [...processes].sort(inOrder)) {
    const { removed } = readSpoolState(options.directory, process);
    const own = segments.filter((segment) => segment.process === process);
    const kept = { head: heads.get(process) ?? '', removed, from: options.from?.get(process) ?? 1 };
    verifications.push(await new ChainVerifier(process, kept, options).verify(own));
  }
  return verifications;
}

/** By the process that they are of. */
function headsByProcess(text: string): ReadonlyMap<string, string> {
  const lines = text.split('\n').filter((line) => line !== '');
  return new Map(lines.map((line) => [readCheckpoint(line)?.process ?? '', line]));
}

/** p2 before p10. */
function inOrder(left: string, right: string): number {
  return left.localeCompare(right, 'en', { numeric: true });
}

async function segmentPaths(directory: string): Promise<SegmentPath[]> {
  const paths = await readdir(directory, { recursive: true });
  return paths
    .flatMap((path) => {
      const name = path.slice(path.lastIndexOf('/') + 1);
      const [, process, number] = SEGMENT.exec(name) ?? DELIVERED.exec(name) ?? [];
      return process === undefined ? [] : [{ path: join(directory, path), process, number: Number(number) }];
    })
    .sort((left, right) => left.number - right.number || (left.path < right.path ? -1 : 1));
}

class ProblemFound extends Error {}

interface Covered {
  readonly head: string;
  readonly segment: number;
  readonly count: number;
  readonly isRecord: boolean;
}

/** What is known of a chain from outside its segments. */
interface Kept {
  /** Line of the checkpoint kept apart; '' for none. */
  readonly head: string;
  /** Where the segments ended that were removed after their delivery, as the unsigned state of the spool says. */
  readonly removed: RemovedEnd | null;
  /** Number of the first segment that must be there. */
  readonly from: number;
}

class ChainVerifier {
  readonly #process: string;
  readonly #options: VerifyOptions;
  readonly #removed: RemovedEnd | null;
  readonly #from: number;
  #firstSegment = 1;
  #end: ChainEnd = EMPTY_CHAIN;
  #file = '';
  #line = 0;
  #segments = 0;
  #number = 0;
  #countInSegment = 0;
  #records = 0;
  #checkpoints = 0;
  #last: SignedCheckpoint | null = null;
  readonly #pauses: Pause[] = [];
  /** Lines not covered yet, by their sequence number. */
  readonly #open = new Map<number, Covered>();
  /** '' once it was seen. */
  #head: string;

  constructor(process: string, { head, removed, from }: Kept, options: VerifyOptions) {
    this.#process = process;
    this.#options = options;
    this.#head = head;
    this.#removed = removed;
    this.#from = from;
  }

  async verify(segments: readonly SegmentPath[]): Promise<Verification> {
    let problem: Problem | null = null;
    try {
      for (const segment of this.#present(segments)) await this.#readSegment(segment);
      this.#checkEnd();
    } catch (error) {
      const what = error instanceof Error ? error.message : String(error);
      const sequence = this.#end.sequence + 1;
      problem = { file: this.#file, line: this.#line, sequence, what };
    }
    return {
      process: this.#process,
      problem,
      segments: this.#segments,
      firstSegment: this.#firstSegment,
      records: this.#records,
      checkpoints: this.#checkpoints,
      lastCheckpoint: this.#last,
      pauses: this.#pauses,
      unsealed: [...this.#open.values()].filter(({ isRecord }) => isRecord).length,
    };
  }

  /**
   * Those that are to be there. Whoever can remove segments can also write the state that says so: a removal counts when the
   * auditor knows of it. Where it ended needs no such trust: the next signed checkpoint would not agree with another end.
   * A removal that was cut off leaves some of the removed ones.
   */
  #present(segments: readonly SegmentPath[]): readonly SegmentPath[] {
    const removed = this.#removed;
    if (removed === null || segments[0]?.number === 1) return segments;
    if (removed.segment >= this.#from) {
      this.#file = spoolStateFile('', this.#process);
      const option = `--from ${this.#process}=${removed.segment + 1}`;
      throw new ProblemFound(
        `segments up to ${removed.segment} are not here: verify that the delivered tree has them, then give ${option}`,
      );
    }
    this.#number = removed.segment;
    this.#firstSegment = removed.segment + 1;
    this.#end = removed;
    return segments.filter(({ number }) => number > removed.segment);
  }

  async #readSegment({ path, number }: SegmentPath): Promise<void> {
    this.#file = relative(this.#options.directory, path);
    this.#line = 0;
    if (number === this.#number) throw new ProblemFound(`segment ${number} is there twice`);
    if (number !== this.#number + 1) {
      throw new ProblemFound(`segment ${this.#number + 1} is missing`);
    }
    this.#number = number;
    this.#countInSegment = 0;
    for await (const line of linesOf(path)) {
      this.#line += 1;
      this.#readLine(line);
    }
    this.#segments += 1;
  }

  #readLine(line: string): void {
    const read = readLink(line);
    if (!read) throw new ProblemFound('not a line of a chain: changed, or cut off');
    if (!follows(this.#end, read)) throw new ProblemFound(this.#whatBroke(read.sequence));
    if (this.#line === 1) this.#checkOpening(line);
    const checkpoint = readCheckpoint(line);
    if (checkpoint) this.#checkCheckpoint(checkpoint);
    notePause(this.#pauses, line);
    const isRecord = !line.startsWith('{"type":');
    if (isRecord) {
      this.#records += 1;
      this.#countInSegment += 1;
    }
    this.#end = { sequence: read.sequence, head: read.head };
    const covered = { head: read.head, segment: this.#number, count: this.#countInSegment, isRecord };
    this.#open.set(read.sequence, covered);
    if (line === this.#head) this.#head = '';
  }

  #whatBroke(found: number): string {
    const wanted = this.#end.sequence + 1;
    if (found === wanted) return `record ${wanted} was changed, or is not the one that was written there`;
    if (found < wanted) return `record ${found} stands where record ${wanted} belongs: moved or repeated`;
    return `records ${wanted} to ${found - 1} are missing`;
  }

  #checkOpening(line: string): void {
    const { type, process, segment } = JSON.parse(line) as Readonly<Record<string, unknown>>;
    if (type === 'segment' && process === this.#process && segment === this.#number) return;
    throw new ProblemFound('the segment does not begin with its own opening line');
  }

  #checkCheckpoint(checkpoint: SignedCheckpoint): void {
    if (!isSignedBy(checkpoint, this.#options.publicKey)) {
      throw new ProblemFound('the checkpoint is not signed by this audit key');
    }
    const covered = this.#open.get(checkpoint.sequence);
    const agrees =
      covered?.head === checkpoint.head &&
      covered.segment === checkpoint.segment &&
      covered.count === checkpoint.count &&
      checkpoint.process === this.#process;
    if (!agrees) throw new ProblemFound('the checkpoint does not agree with the records before it');
    for (const sequence of this.#open.keys())
      if (sequence <= checkpoint.sequence) this.#open.delete(sequence);
    this.#checkpoints += 1;
    this.#last = checkpoint;
  }

  #checkEnd(): void {
    if (this.#head !== '') throw new ProblemFound('the log ends before the checkpoint that was kept apart');
    const { asOf, maxAgeMs } = this.#options;
    if (this.#last === null) throw new ProblemFound('the log has no checkpoint');
    // The only line after the one that a closing checkpoint covers is that checkpoint itself.
    if (this.#last.closing && this.#end.sequence === this.#last.sequence + 1) return;
    if (asOf - Date.parse(this.#last.time) <= maxAgeMs) return;
    throw new ProblemFound(
      `the log was not closed and its last checkpoint is of ${this.#last.time}: cut off, or the instance was killed`,
    );
  }
}

/** Whole lines, one character a byte; what stands after the last line end counts as a line. */
async function* linesOf(path: string): AsyncGenerator<string> {
  const file = createReadStream(path);
  const stream = path.endsWith('.gz') ? file.pipe(createGunzip()) : file;
  let rest = '';
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    const lines = (rest + chunk.toString('latin1')).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > MAX_LINE_BYTES) throw new ProblemFound('a line is too long');
    yield* lines;
  }
  if (rest !== '') yield `${rest}\n(cut off)`;
}

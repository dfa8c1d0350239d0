// Checks a directory of segments offline, with nothing but the public key: every line is the one that was written after
// the line before, every checkpoint is signed and agrees, and nothing is missing. The first bad line is named.

import type { KeyObject } from 'node:crypto';
import { relative } from 'node:path';
import { type ChainEnd, EMPTY_CHAIN, follows, type ReadLink, readLink } from './chain.ts';
import { isCheckpointLine, isSignedBy, readCheckpoint, type SignedCheckpoint } from './checkpoint.ts';
import { type KeptHead, linesToFind, readHeads } from './kept-heads.ts';
import { notePause, type Pause } from './recording.ts';
import { type RemovedEnd, readSpoolState, spoolStateFile } from './spool-state.ts';
import { type SegmentPath, segmentLines, segmentPaths } from './verify-segments.ts';

export interface Verification {
  readonly process: string;
  /** Null when nothing is wrong. */
  readonly problem: Problem | null;
  readonly segments: number;
  /** 1, or what `from` says: nothing is known of those before. */
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
  /** Checkpoint lines kept apart from the log, of any of its processes: the log must reach them. '' for none. */
  readonly head: string;
  /** By process, 1 for others: with which segment to begin, whatever lies before it. */
  readonly from?: ReadonlyMap<string, number>;
  /** The time of the copy, milliseconds since the epoch. */
  readonly asOf: number;
  /** How old the last checkpoint may then be when the log was not closed in order. */
  readonly maxAgeMs: number;
}

/** One verification a process; none when the directory holds no segment. @throws when `head` is none */
export async function verifyAuditLog(options: VerifyOptions): Promise<Verification[]> {
  const segments = await segmentPaths(options.directory);
  const verifications: Verification[] = [];
  const heads = options.head === '' ? [] : readHeads(options.head);
  if (!heads) throw new Error('what was kept apart is no checkpoint');
  const processes = new Set(segments.map((segment) => segment.process));
  // A chain that is gone altogether is missed only by who names it.
  const named = [...heads.map(({ process }) => process), ...(options.from?.keys() ?? [])];
  if (processes.size > 0) for (const process of named) processes.add(process);
  for (const process of [...processes].sort(inOrder)) {
    const { removed } = readSpoolState(options.directory, process);
    const isOwn = (of: { readonly process: string }): boolean => of.process === process;
    const kept = { heads: heads.filter(isOwn), removed, from: options.from?.get(process) ?? 1 };
    verifications.push(await new ChainVerifier(process, kept, options).verify(segments.filter(isOwn)));
  }
  return verifications;
}

/** p2 before p10. */
function inOrder(left: string, right: string): number {
  return left.localeCompare(right, 'en', { numeric: true });
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
  readonly heads: readonly KeptHead[];
  /** Where the segments ended that were removed after their delivery, as the unsigned state of the spool says. */
  readonly removed: RemovedEnd | null;
  /** Number of the segment to begin with. */
  readonly from: number;
}

class ChainVerifier {
  readonly #process: string;
  readonly #options: VerifyOptions;
  readonly #removed: RemovedEnd | null;
  readonly #from: number;
  /** Null: the first line says where the chain has got to, and the first checkpoint whether that is so. */
  #end: ChainEnd | null = EMPTY_CHAIN;
  /** Sequence number of the first line. */
  #first = 1;
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
  /** Lines of checkpoints kept apart that were not seen yet. */
  readonly #toFind: Set<string>;

  constructor(process: string, { heads, removed, from }: Kept, options: VerifyOptions) {
    this.#process = process;
    this.#options = options;
    this.#toFind = linesToFind(heads, from);
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
      const sequence = (this.#end?.sequence ?? 0) + 1;
      problem = { file: this.#file, line: this.#line, sequence, what };
    }
    return {
      process: this.#process,
      problem,
      segments: this.#segments,
      firstSegment: this.#from,
      records: this.#records,
      checkpoints: this.#checkpoints,
      lastCheckpoint: this.#last,
      pauses: this.#pauses,
      unsealed: [...this.#open.values()].filter(({ isRecord }) => isRecord).length,
    };
  }

  /**
   * Those to read: from 1, or from the one that the auditor names, for he alone can say what need not be here. Where the
   * removed ones ended needs no trust, nor does where the first line says that it stands: the next signed checkpoint would
   * not agree with another end.
   */
  #present(segments: readonly SegmentPath[]): readonly SegmentPath[] {
    const removed = this.#removed;
    const from = this.#from;
    if (removed !== null && removed.segment >= from && !segments.some(({ number }) => number === from)) {
      this.#file = spoolStateFile('', this.#process);
      const option = `--from ${this.#process}=${removed.segment + 1}`;
      throw new ProblemFound(
        `segments up to ${removed.segment} are not here: verify that the delivered tree has them, then give ${option}`,
      );
    }
    if (from === 1) return segments;
    this.#number = from - 1;
    this.#end = removed?.segment === from - 1 ? removed : null;
    return segments.filter(({ number }) => number >= from);
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
    for await (const line of segmentLines(path)) {
      this.#line += 1;
      this.#readLine(line);
    }
    this.#segments += 1;
  }

  #readLine(line: string): void {
    const read = readLink(line);
    if (!read) throw new ProblemFound('not a line of a chain: changed, or cut off');
    this.#checkLink(read);
    if (this.#line === 1) this.#checkOpening(line);
    if (isCheckpointLine(line)) this.#checkCheckpoint(readCheckpoint(line));
    notePause(this.#pauses, line);
    const isRecord = !line.startsWith('{"type":');
    if (isRecord) {
      this.#records += 1;
      this.#countInSegment += 1;
    }
    this.#end = { sequence: read.sequence, head: read.head };
    const covered = { head: read.head, segment: this.#number, count: this.#countInSegment, isRecord };
    this.#open.set(read.sequence, covered);
    this.#toFind.delete(line);
  }

  #checkLink(read: ReadLink): void {
    if (this.#segments === 0 && this.#line === 1) {
      this.#first = read.sequence;
      // On trust: the line is not compared with the one before, which is not here.
      if (this.#end === null) return;
    }
    const end = this.#end ?? EMPTY_CHAIN;
    if (!follows(end, read)) throw new ProblemFound(whatBroke(end.sequence + 1, read.sequence));
  }

  #checkOpening(line: string): void {
    const { type, process, segment } = JSON.parse(line) as Readonly<Record<string, unknown>>;
    if (type === 'segment' && process === this.#process && segment === this.#number) return;
    throw new ProblemFound('the segment does not begin with its own opening line');
  }

  #checkCheckpoint(checkpoint: SignedCheckpoint | null): void {
    if (!checkpoint) throw new ProblemFound('not a checkpoint as the instance writes it');
    if (!isSignedBy(checkpoint, this.#options.publicKey)) {
      throw new ProblemFound('the checkpoint is not signed by this audit key');
    }
    // Of lines that are not read: it proves nothing of those that are.
    if (checkpoint.sequence < this.#first && checkpoint.process === this.#process) return;
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
    if (this.#toFind.size > 0)
      throw new ProblemFound('the log ends before the checkpoint that was kept apart');
    const { asOf, maxAgeMs } = this.#options;
    if (this.#last === null) throw new ProblemFound('the log has no checkpoint');
    // The only line after the one that a closing checkpoint covers is that checkpoint itself.
    if (this.#last.closing && this.#end?.sequence === this.#last.sequence + 1) return;
    if (asOf - Date.parse(this.#last.time) <= maxAgeMs) return;
    throw new ProblemFound(
      `the log was not closed and its last checkpoint is of ${this.#last.time}: cut off, or the instance was killed`,
    );
  }
}

function whatBroke(wanted: number, found: number): string {
  if (found === wanted) return `record ${wanted} was changed, or is not the one that was written there`;
  if (found < wanted) return `record ${found} stands where record ${wanted} belongs: moved or repeated`;
  return `records ${wanted} to ${found - 1} are missing`;
}

// The hash chain over the JSON lines of a process: each line ends with its sequence number and the SHA-256 of the
// line before's hash and of itself up to there. So no line can be changed, removed, added or moved without breaking the
// chain at that very line; that the whole was not made anew is what checkpoints prove (checkpoint.ts).

import { createHash, hash } from 'node:crypto';

/** Where a chain ends: the sequence number and the hash of its last line. */
export interface ChainEnd {
  readonly sequence: number;
  /** 64 hexadecimal digits. */
  readonly head: string;
}

export const EMPTY_CHAIN: ChainEnd = { sequence: 0, head: '0'.repeat(64) };

export interface Link extends ChainEnd {
  /** With its line end. */
  readonly line: string;
}

/** `json` is an object with at least one field, without line end. */
export function link(end: ChainEnd, json: string): Link {
  const sequence = end.sequence + 1;
  const body = linkedBody(json, sequence);
  const head = hash('sha256', end.head + body);
  return { sequence, head, line: `${body},"chain":"${head}"}\n` };
}

/** What of the line of `json` is hashed. */
export function linkedBody(json: string, sequence: number): string {
  return `${json.slice(0, -1)},"seq":${sequence}`;
}

export interface ReadLink extends ChainEnd {
  /** All that is hashed of the line itself, one character a byte. */
  readonly body: string;
}

const LINKED = /^(\{.*,"seq":(\d{1,15})),"chain":"([0-9a-f]{64})"\}$/s;

/** `line` is read as latin1, so that every byte counts. Null when it is no line of a chain. */
export function readLink(line: string): ReadLink | null {
  const [, body, sequence, head] = LINKED.exec(line) ?? [];
  return body === undefined || head === undefined ? null : { sequence: Number(sequence), head, body };
}

/** Whether the line is the very one that was written after `end`. */
export function follows(end: ChainEnd, { sequence, head, body }: ReadLink): boolean {
  if (sequence !== end.sequence + 1) return false;
  return createHash('sha256').update(end.head).update(body, 'latin1').digest('hex') === head;
}

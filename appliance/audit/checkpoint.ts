// Checkpoints: lines of the chain that state, signed by the audit key, how far it goes and where it stands. What a
// checkpoint covers cannot be made anew by anybody who lacks the key. ECDSA P-256 with SHA-256 over named lines.

import { type KeyObject, verify } from 'node:crypto';
import { z } from 'zod';
import { linkedBody, readLink } from './chain.ts';

export interface Checkpoint {
  readonly instanceId: string;
  readonly process: string;
  readonly segment: number;
  /** The last line covered, and its hash. */
  readonly sequence: number;
  readonly head: string;
  /** Requests recorded in that segment, up to that line. */
  readonly count: number;
  /** ISO 8601, UTC. */
  readonly time: string;
  /** Whether the process ended in order with it. */
  readonly closing: boolean;
}

export interface SignedCheckpoint extends Checkpoint {
  /** DER, base64. */
  readonly signature: string;
}

/** What is signed. */
export function checkpointText(checkpoint: Checkpoint): Buffer {
  const { instanceId, process, segment, sequence, head, count, time, closing } = checkpoint;
  const fields = [instanceId, process, segment, sequence, head, count, time, closing];
  return Buffer.from(['dedicated-kms audit checkpoint 1', ...fields, ''].join('\n'), 'utf8');
}

/** The line that is linked into the chain, without line end. */
export function checkpointJson(checkpoint: SignedCheckpoint): string {
  const { instanceId, process, segment, sequence, head, count, time, closing, signature } = checkpoint;
  return JSON.stringify({
    type: 'checkpoint',
    time,
    instance_id: instanceId,
    process,
    segment,
    sequence,
    head,
    count,
    closing,
    signature,
  });
}

const PREFIX = '{"type":"checkpoint",';

const number = z.int().min(0);
const SHAPE = z.strictObject({
  type: z.literal('checkpoint'),
  time: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
  instance_id: z.string().regex(/^[\x21-\x7e]{1,64}$/),
  process: z.string().regex(/^[a-z0-9]{1,16}$/),
  segment: number,
  sequence: number,
  head: z.string().regex(/^[0-9a-f]{64}$/),
  count: number,
  closing: z.boolean(),
  signature: z.string().regex(/^[\w+/]{1,200}={0,2}$/),
  seq: number,
  chain: z.string(),
});

/** Whether the line gives itself out as a checkpoint. */
export function isCheckpointLine(line: string): boolean {
  return line.startsWith(PREFIX);
}

/**
 * The checkpoint that a line of a chain is, with or without line end. Null unless it is written in every byte as checkpoints
 * are: what is signed are texts, and other fields may have the same ones (`"false"` is no `false`).
 */
export function readCheckpoint(line: string): SignedCheckpoint | null {
  const link = readLink(line.trimEnd());
  if (!link || !isCheckpointLine(line)) return null;
  const parsed = SHAPE.safeParse(fieldsOf(line));
  if (!parsed.success) return null;
  const { process, segment, sequence, head, count, time, closing, signature } = parsed.data;
  const instanceId = parsed.data.instance_id;
  const checkpoint = { instanceId, process, segment, sequence, head, count, time, closing, signature };
  return link.body === linkedBody(checkpointJson(checkpoint), link.sequence) ? checkpoint : null;
}

function fieldsOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

export function isSignedBy(checkpoint: SignedCheckpoint, publicKey: KeyObject): boolean {
  const signature = Buffer.from(checkpoint.signature, 'base64');
  return verify('sha256', checkpointText(checkpoint), publicKey, signature);
}

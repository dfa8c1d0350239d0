// Checkpoints: lines of the chain that state, signed by the audit key, how far it goes and where it stands. What a
// checkpoint covers cannot be made anew by anybody who lacks the key. ECDSA P-256 with SHA-256 over named lines.

import { type KeyObject, verify } from 'node:crypto';

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

/** Null when the line is none; its fields are not checked, because only what is signed counts. */
export function readCheckpoint(line: string): SignedCheckpoint | null {
  if (!line.startsWith(PREFIX)) return null;
  const { instance_id, ...fields } = JSON.parse(line) as SignedCheckpoint & { readonly instance_id: string };
  return { ...fields, instanceId: instance_id };
}

export function isSignedBy(checkpoint: SignedCheckpoint, publicKey: KeyObject): boolean {
  const signature = Buffer.from(checkpoint.signature, 'base64');
  return verify('sha256', checkpointText(checkpoint), publicKey, signature);
}

// Where closed segments and heads of checkpoints are delivered to. A target takes whole objects under names that never
// change, and never replaces one by other content: what is there already counts as delivered only when it is the same, and is
// completed only when it is the beginning of it.

import type { DeliveryFailure } from '../core/ports/audit-status.ts';

export interface DeliveredObject {
  /** Parts joined by `/`, none of them hidden or `..`. */
  readonly name: string;
  readonly body: Buffer;
  readonly contentType: 'application/gzip' | 'application/json';
  /** Whether what is there under the name says the same; its bytes may differ where they are compressed. */
  readonly isSame: (existing: Buffer) => Promise<boolean>;
}

export interface DeliveryTarget {
  /** Resolves when the target keeps the object; ends when the signal is aborted. @throws DeliveryError */
  put(object: DeliveredObject, signal: AbortSignal): Promise<void>;
  close(): void;
}

export class DeliveryError extends Error {
  override readonly name = 'DeliveryError';
  readonly failure: DeliveryFailure;

  /** `detail` is a code of the system or of the target: nothing it was given. */
  constructor(failure: DeliveryFailure, detail: string) {
    super(`${failure}: ${detail}`);
    this.failure = failure;
  }
}

/** `half`: the beginning of the same bytes, left by an attempt that was cut off. */
export type Existing = 'same' | 'half' | 'other';

/** What is there under the name of an object, of `size` bytes that `read` gets. */
export async function compareExisting(
  object: DeliveredObject,
  size: number,
  read: () => Promise<Buffer>,
): Promise<Existing> {
  const { body } = object;
  // Compressed by another version of the compressor it may be larger, and not by so much.
  if (size > body.length * 2 + 64 * 1024) return 'other';
  const existing = await read();
  if (await object.isSame(existing)) return 'same';
  const isHalf = existing.length < body.length && existing.equals(body.subarray(0, existing.length));
  return isHalf ? 'half' : 'other';
}

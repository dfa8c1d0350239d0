// Where closed segments and heads of checkpoints are delivered to. A target takes whole objects under names that never
// change, and never replaces one by other content: what is there already counts as delivered only when it is the same.

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
  /** Resolves when the target keeps the object. @throws DeliveryError */
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

/** More than any object that could be the same one; what is larger need not be read to the end. */
export function readLimit({ body }: DeliveredObject): number {
  return body.length * 2 + 64 * 1024;
}

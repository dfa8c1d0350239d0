// How many requests may be under way at once, on one connection and on all: each holds its body, and its answer waits
// for those before it on its connection.

import type { Socket } from 'node:net';
import { KmsError } from '../errors.ts';

export interface RequestLimits {
  /** No client sends the next request of a connection before the answer. */
  readonly perConnection: number;
  readonly overall: number;
}

export class RequestBounds {
  readonly #limits: RequestLimits;
  readonly #unanswered = new WeakMap<Socket, number>();
  #underWay = 0;

  constructor(limits: RequestLimits) {
    this.#limits = limits;
  }

  /** Counts a request until `left`. Null: its connection has too many already, and is to be cut. */
  entered(socket: Socket): { readonly refusal: KmsError | null } | null {
    const unanswered = this.#unanswered.get(socket) ?? 0;
    if (unanswered >= this.#limits.perConnection) return null;
    this.#unanswered.set(socket, unanswered + 1);
    this.#underWay += 1;
    if (this.#underWay <= this.#limits.overall) return { refusal: null };
    return { refusal: new KmsError('Rejected.Throttling', 'Concurrency Limit Exceeded.') };
  }

  left(socket: Socket): void {
    this.#unanswered.set(socket, (this.#unanswered.get(socket) ?? 1) - 1);
    this.#underWay -= 1;
  }
}

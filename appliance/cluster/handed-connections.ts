// Connections handed to a worker, until it says that it took them. It is handed them, and says so, in order: one that was
// passed over never arrived, because the system drops a connection whose receiver has no descriptor left for it.

import type { Socket } from 'node:net';

export class HandedConnections {
  readonly #untaken = new Map<number, Socket>();
  #last = 0;

  get size(): number {
    return this.#untaken.size;
  }

  /** Its number; also for a question, which has one without a connection. */
  number(socket?: Socket): number {
    this.#last += 1;
    if (socket) this.#untaken.set(this.#last, socket);
    return this.#last;
  }

  /** Null when all were taken. */
  oldest(): number | null {
    return this.#untaken.keys().next().value ?? null;
  }

  /** The worker has these now: they are closed here. Returns those that were passed over. */
  took(ids: readonly number[]): Socket[] {
    for (const id of ids) this.cut(id);
    const latest = ids.at(-1) ?? 0;
    const lost: Socket[] = [];
    for (const [id, socket] of this.#untaken) {
      if (id > latest) break;
      this.#untaken.delete(id);
      lost.push(socket);
    }
    return lost;
  }

  cut(id: number): void {
    this.#untaken.get(id)?.destroy();
    this.#untaken.delete(id);
  }

  all(): Socket[] {
    return [...this.#untaken.values()];
  }
}

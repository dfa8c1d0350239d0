// A circuit breaker for one member: after several faults in a row it takes no work for a growing pause, then one trial;
// the trial's success closes it again. Pure: time is an argument.

import type { Backoff } from './backoff.ts';

const FAULTS_TO_OPEN = 3;
/** Faults so close together have one cause: a lost process takes several operations with it. */
const SAME_EVENT_MS = 100;

export class Breaker {
  readonly #backoff: Backoff;
  #faults = 0;
  #faultAt = Number.NEGATIVE_INFINITY;
  #openUntil = 0;
  #trying = false;

  constructor(backoff: Backoff) {
    this.#backoff = backoff;
  }

  /** Whether the member may be given work now. */
  allows(now: number): boolean {
    return !this.#open || (now >= this.#openUntil && !this.#trying);
  }

  /** To be called when work is given. */
  begin(): void {
    this.#trying = this.#open;
  }

  succeed(): void {
    this.#faults = 0;
    this.#trying = false;
    this.#backoff.reset();
  }

  fail(now: number): void {
    const sameEvent = now - this.#faultAt < SAME_EVENT_MS;
    if (!this.#trying && (sameEvent || this.#open)) return;
    this.#faultAt = now;
    this.#faults += 1;
    this.#trying = false;
    if (this.#open) this.#openUntil = now + this.#backoff.next();
  }

  get #open(): boolean {
    return this.#faults >= FAULTS_TO_OPEN;
  }
}

// Growing pauses between attempts: doubled from the first to the last, spread so that members do not come back in step.

export interface BackoffOptions {
  readonly firstMs: number;
  readonly lastMs: number;
  /** 0 to 1. */
  readonly random: () => number;
}

export class Backoff {
  readonly #options: BackoffOptions;
  #failures = 0;

  constructor(options: BackoffOptions) {
    this.#options = options;
  }

  /** The pause after one more failure: between half and all of the doubled one. */
  next(): number {
    const { firstMs, lastMs, random } = this.#options;
    const full = Math.min(lastMs, firstMs * 2 ** Math.min(this.#failures, 30));
    this.#failures += 1;
    return Math.round(full * (0.5 + random() / 2));
  }

  reset(): void {
    this.#failures = 0;
  }
}

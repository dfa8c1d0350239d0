// Changes that must not overlap, one after the other in the order they were asked for.

export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  /** Resolves or rejects as the change does; one that fails does not hold up the next. */
  take<T>(change: () => Promise<T>): Promise<T> {
    const result = this.#last.then(change);
    this.#last = result.catch(() => undefined);
    return result;
  }
}

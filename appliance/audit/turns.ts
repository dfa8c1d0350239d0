// Work that is done one piece at a time. A piece that hangs holds its turn, so that no other begins: whoever waits for it,
// or for a turn of his own, gives up by his signal.

export type Turns = (work: () => Promise<void>, signal: AbortSignal) => Promise<void>;

export function createTurns(): Turns {
  const waiting: (() => void)[] = [];
  let busy = false;
  const next = (): void => {
    const begin = waiting.shift();
    busy = begin !== undefined;
    begin?.();
  };
  return (work, signal) =>
    new Promise((resolve, reject) => {
      const begin = (): void => void work().then(resolve, reject).finally(next);
      const giveUp = (): void => {
        // What waits holds on to a whole object.
        const at = waiting.indexOf(begin);
        if (at >= 0) waiting.splice(at, 1);
        reject(signal.reason as Error);
      };
      if (signal.aborted) {
        giveUp();
        return;
      }
      signal.addEventListener('abort', giveUp, { once: true });
      waiting.push(begin);
      if (!busy) next();
    });
}

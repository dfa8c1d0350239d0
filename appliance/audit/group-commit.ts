// Shares one sync of the disk among all that wait for it: who asks while one is under way gets the next, together with
// everybody else who asks until that begins. Nobody waits for longer than two syncs, and no time is waited out.

export function createGroupCommit(sync: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;
  const run = (): Promise<void> => {
    next = null;
    const mine = sync().finally(() => {
      running = null;
    });
    running = mine;
    return mine;
  };
  return () => {
    if (running === null && next === null) return run();
    next ??= (running ?? Promise.resolve()).catch(() => undefined).then(run);
    return next;
  };
}

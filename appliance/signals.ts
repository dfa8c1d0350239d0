// The signals of an instance's process, taken from its first moment on: a signal that nobody takes ends a process at once,
// whatever it has open. SIGTERM and SIGINT end it in order, SIGHUP asks for a reload.

export interface Signals {
  /** Aborted by the first signal to end; its name is the reason. */
  readonly stop: AbortSignal;
  /** Replaces what is done about a request to reload; the first gets one that came before it, too. */
  onReload(reload: () => void): void;
}

export function takeSignals(): Signals {
  const stopping = new AbortController();
  let early = false;
  let reload = (): void => {
    early = true;
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => stopping.abort(signal));
  process.on('SIGHUP', () => reload());
  return {
    stop: stopping.signal,
    onReload(next) {
      reload = next;
      if (early) next();
      early = false;
    },
  };
}

// One attempt at a target: it ends when it is done, when its time is over or when it is stopped, whatever the target does.
// With a timer of its own: a signal of AbortSignal.timeout that only AbortSignal.any knows may be collected before it is due.

import { DeliveryError } from './delivery-target.ts';

/** @throws DeliveryError at the latest after `limitMs`, and when `stop` is aborted */
export async function attempt<T>(
  limitMs: number,
  stop: AbortSignal,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const end = new AbortController();
  const stopped = (): void => end.abort(new DeliveryError('unreachable', 'stopped'));
  const timeout = setTimeout(() => end.abort(new DeliveryError('unreachable', 'timeout')), limitMs).unref();
  stop.addEventListener('abort', stopped);
  if (stop.aborted) stopped();
  try {
    return await new Promise((resolve, reject) => {
      end.signal.addEventListener('abort', () => reject(end.signal.reason as Error));
      end.signal.throwIfAborted();
      run(end.signal).then(resolve, reject);
    });
  } finally {
    clearTimeout(timeout);
    stop.removeEventListener('abort', stopped);
  }
}

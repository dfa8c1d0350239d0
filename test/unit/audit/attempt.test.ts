// An attempt ends in its time, and what waits for a turn takes none once it has given up.

import { expect, test, vi } from 'vitest';
import { attempt } from '../../../appliance/audit/attempt.ts';
import { createTurns } from '../../../appliance/audit/turns.ts';

const never = (): Promise<void> => new Promise(() => undefined);

test('an attempt that hangs ends when its time is over, and at once when it is stopped', async () => {
  const stop = new AbortController();
  await expect(attempt(5, stop.signal, never)).rejects.toThrow('unreachable: timeout');
  const stopped = attempt(60_000, stop.signal, never);
  stop.abort();
  await expect(stopped).rejects.toThrow('unreachable: stopped');
  const run = vi.fn(never);
  await expect(attempt(60_000, stop.signal, run)).rejects.toThrow('unreachable: stopped');
  expect(run).not.toHaveBeenCalled();
});

test('turns go in order, after failures too, and who gave up while waiting is passed over', async () => {
  const inTurn = createTurns();
  const { signal } = new AbortController();
  const impatient = new AbortController();
  let end = (): void => undefined;
  const first = inTurn(
    () => new Promise<void>((_resolve, reject) => (end = () => reject(new Error('first')))),
    signal,
  );
  const passedOver = vi.fn(never);
  const second = inTurn(passedOver, impatient.signal);
  const third = vi.fn(() => Promise.resolve());
  const done = inTurn(third, signal);
  impatient.abort(new Error('gave up'));
  await expect(second).rejects.toThrow('gave up');
  expect(third).not.toHaveBeenCalled();
  end();
  await expect(first).rejects.toThrow('first');
  await done;
  expect(passedOver).not.toHaveBeenCalled();
});

// The bound on work under way: what is over it is refused, what ends frees its place.

import { describe, expect, it } from 'vitest';
import { ConcurrencyLimit } from '../../../appliance/keystore/concurrency-limit.ts';

describe('ConcurrencyLimit', () => {
  it('refuses work over the bound with Rejected.Throttling and the documented text', async () => {
    const limit = new ConcurrencyLimit(1);
    const { promise, resolve } = deferred();
    const first = limit.run(() => promise);
    // Clients of data key pairs know the text.
    await expect(limit.run(() => 2)).rejects.toMatchObject({
      code: 'Rejected.Throttling',
      message: 'Concurrency Limit Exceeded.',
    });
    resolve();
    await first;
    expect(await limit.run(() => 3)).toBe(3);
  });

  it('frees the place of work that failed, at once or later', async () => {
    const limit = new ConcurrencyLimit(1);
    const fail = () => {
      throw new Error('fails');
    };
    await expect(limit.run(fail)).rejects.toThrow('fails');
    await expect(limit.run(() => Promise.reject(new Error('fails')))).rejects.toThrow('fails');
    expect(await limit.run(() => 1)).toBe(1);
  });
});

function deferred() {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve: () => resolve() };
}

// Turns between classes of work: quick ones do not wait for the number of slow ones, and what waits is bounded.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FairQueue, type FairQueueOptions } from '../../../appliance/keystore/fair-queue.ts';

/** Work that ends when the test says so; `begun` has the names in the order of their turns. */
function bench(options: Partial<FairQueueOptions> = {}) {
  const queue = new FairQueue({ width: 1, windowMs: 0, maxPerClass: 100, ...options });
  const begun: string[] = [];
  const ends: (() => void)[] = [];
  const add = (workClass: string, cost: number) =>
    queue.run({
      workClass,
      cost,
      run: () => {
        begun.push(workClass);
        return new Promise<void>((resolve) => {
          ends.push(resolve);
        });
      },
    });
  const settle = () =>
    new Promise<void>((resolve) => {
      setImmediate(resolve);
    });
  /** Ends what is under way, one after the other, until nothing is. */
  const drain = async (): Promise<void> => {
    await settle();
    while (ends.length > 0) {
      ends.shift()?.();
      await settle();
    }
  };
  return { queue, begun, ends, add, settle, drain };
}

describe('FairQueue', () => {
  it('gives a quick class its turn after the slow operation under way, however many slow ones wait', async () => {
    const { add, begun, ends, settle, drain } = bench();
    const all = Array.from({ length: 20 }, () => add('slow', 2));
    await settle();
    all.push(add('quick', 0.1));
    ends.shift()?.();
    await settle();
    expect(begun).toEqual(['slow', 'quick']);
    await drain();
    await Promise.all(all);
    expect(begun).toHaveLength(21);
  });

  it('shares time, not turns, between classes that always wait', async () => {
    const { add, begun, drain } = bench();
    const all = Array.from({ length: 40 }, () => [add('slow', 2), add('quick', 0.5)]).flat();
    await drain();
    await Promise.all(all);
    const quick = begun.slice(0, 40).filter((name) => name === 'quick').length;
    expect(quick).toBeGreaterThanOrEqual(31);
    expect(quick).toBeLessThanOrEqual(33);
  });

  it('gives no credit for the time in which a class was away', async () => {
    const { add, begun, drain } = bench();
    const first = Array.from({ length: 30 }, () => add('a', 1));
    await drain();
    await Promise.all(first);
    begun.length = 0;
    const second = Array.from({ length: 10 }, () => [add('a', 1), add('b', 1)]).flat();
    await drain();
    await Promise.all(second);
    expect(begun.slice(0, 10).filter((name) => name === 'b').length).toBeLessThanOrEqual(6);
  });

  it('gives a class that was never there no claim on what others had before a pause', async () => {
    const { add, begun, drain } = bench();
    const first = Array.from({ length: 90 }, () => add('old', 1));
    await drain();
    await Promise.all(first);
    begun.length = 0;
    const second = Array.from({ length: 10 }, () => [add('new', 1), add('old', 1)]).flat();
    await drain();
    await Promise.all(second);
    expect(begun.slice(0, 10).filter((name) => name === 'old').length).toBeGreaterThanOrEqual(4);
  });

  it('hands over as many at once as there are threads, and cheap ones up to the window', async () => {
    const slow = bench({ width: 2, windowMs: 3 });
    const slowWork = Array.from({ length: 5 }, () => slow.add('slow', 2));
    await slow.settle();
    expect(slow.begun).toHaveLength(2);
    await slow.drain();
    await Promise.all(slowWork);

    const quick = bench({ width: 2, windowMs: 3 });
    const quickWork = Array.from({ length: 50 }, () => quick.add('quick', 0.25));
    await quick.settle();
    expect(quick.begun).toHaveLength(12);
    await quick.drain();
    await Promise.all(quickWork);
  });

  it('refuses work over the bound of its class with Rejected.Throttling, and that of others not', async () => {
    const { add, drain } = bench({ maxPerClass: 3 });
    const all = Array.from({ length: 3 }, () => add('slow', 2));
    await expect(add('slow', 2)).rejects.toMatchObject({ code: 'Rejected.Throttling' });
    all.push(add('quick', 0.1));
    await drain();
    await Promise.all(all);
    const again = add('slow', 2);
    await drain();
    await again;
  });

  it('frees the place of work that failed, at once or later', async () => {
    const { queue } = bench();
    const fails = (run: () => Promise<never>) => queue.run({ workClass: 'a', cost: 1, run });
    await expect(fails(() => Promise.reject(new Error('later')))).rejects.toThrow('later');
    const atOnce = () => {
      throw new Error('at once');
    };
    await expect(fails(atOnce)).rejects.toThrow('at once');
    expect(await queue.run({ workClass: 'a', cost: 1, run: () => 3 })).toBe(3);
  });

  it('runs everything once, in the order of its class, whatever comes', async () => {
    const entry = fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.integer({ min: 1, max: 20 }));
    await fc.assert(
      fc.asyncProperty(
        fc.array(entry, { maxLength: 40 }),
        fc.integer({ min: 1, max: 3 }),
        async (works, width) => {
          const queue = new FairQueue({ width, windowMs: 4, maxPerClass: 100 });
          const ran: string[] = [];
          await Promise.all(
            works.map(([workClass, cost], index) =>
              queue.run({ workClass, cost: cost / 10, run: () => ran.push(`${workClass}${index}`) }),
            ),
          );
          expect(ran).toHaveLength(works.length);
          for (const name of ['a', 'b', 'c']) {
            const order = ran.filter((each) => each.startsWith(name)).map((each) => Number(each.slice(1)));
            expect(order).toEqual([...order].sort((left, right) => left - right));
          }
        },
      ),
    );
  });
});

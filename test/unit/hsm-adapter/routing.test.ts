import { expect, it } from 'vitest';
import { Backoff } from '../../../hsm-adapter/backoff.ts';
import { Breaker } from '../../../hsm-adapter/breaker.ts';
import { chooseMember } from '../../../hsm-adapter/routing.ts';

const member = (name: string, inFlight: number, latencyMs = 1) => ({ name, inFlight, latencyMs });

function newBreaker(): Breaker {
  return new Breaker(new Backoff({ firstMs: 200, lastMs: 10_000, random: () => 1 }));
}

/** Three faults with different causes, the last at `now`. */
function opened(now: number): Breaker {
  const breaker = newBreaker();
  for (const at of [now - 400, now - 200, now]) breaker.fail(at);
  return breaker;
}

it('the member with the least to do is chosen', () => {
  expect(chooseMember([member('a', 5), member('b', 2), member('c', 9)], 0)?.name).toBe('b');
});

it('a member that answers far faster is worth a queue', () => {
  expect(chooseMember([member('near', 3, 1), member('far', 0, 20)], 0)?.name).toBe('near');
});

it('equals take turns, and small differences of latency do not matter', () => {
  const members = [member('a', 0, 1), member('b', 0, 1.2)];
  expect([0, 1, 2, 3].map((turn) => chooseMember(members, turn)?.name)).toEqual(['a', 'b', 'a', 'b']);
});

it('nobody is chosen from none', () => {
  const none: ReturnType<typeof member>[] = [];
  expect(chooseMember(none, 3)).toBeUndefined();
});

it('pauses double from the first to the last, and start over after a success', () => {
  const backoff = new Backoff({ firstMs: 100, lastMs: 500, random: () => 1 });
  expect([1, 2, 3, 4, 5].map(() => backoff.next())).toEqual([100, 200, 400, 500, 500]);
  backoff.reset();
  expect(backoff.next()).toBe(100);
});

it('pauses are spread over their second half', () => {
  const backoff = new Backoff({ firstMs: 100, lastMs: 500, random: () => 0 });
  expect([1, 2, 3].map(() => backoff.next())).toEqual([50, 100, 200]);
});

it('a breaker opens at the third fault in a row, and a success between them closes it', () => {
  const breaker = newBreaker();
  breaker.fail(0);
  breaker.fail(200);
  breaker.succeed();
  breaker.fail(400);
  breaker.fail(600);
  expect(breaker.allows(600)).toBe(true);
  breaker.fail(800);
  expect(breaker.allows(800)).toBe(false);
});

it('faults of the same moment count once: they have one cause', () => {
  const breaker = newBreaker();
  for (let count = 0; count < 50; count += 1) breaker.fail(1_000 + count);
  expect(breaker.allows(1_050)).toBe(true);
});

it('an open breaker lets one trial through after its pause, and its success closes it', () => {
  const breaker = opened(1_000);
  expect(breaker.allows(1_199)).toBe(false);
  expect(breaker.allows(1_200)).toBe(true);
  breaker.begin();
  expect(breaker.allows(1_200)).toBe(false);
  breaker.succeed();
  expect(breaker.allows(1_201)).toBe(true);
});

it('a failed trial doubles the pause, and late faults of earlier work do not', () => {
  const breaker = opened(1_000);
  breaker.fail(1_150);
  expect(breaker.allows(1_200)).toBe(true);
  breaker.begin();
  breaker.fail(1_210);
  expect(breaker.allows(1_600)).toBe(false);
  expect(breaker.allows(1_610)).toBe(true);
});

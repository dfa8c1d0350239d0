// Sharing a sync: who asks gets one that begins after the asking, there is never more than one at a time, and it is held
// back only while others keep coming, and not for long.

import { setImmediate as turnOver } from 'node:timers/promises';
import { beforeEach, expect, test } from 'vitest';
import { createGroupCommit } from '../../../appliance/audit/group-commit.ts';
import { present } from '../../support/present.ts';

interface Sync {
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

let now: number;
let under: Sync[];
let turn: (() => void) | null;
let commit: () => Promise<void>;

/** The event loop comes round once. */
async function comeRound(): Promise<void> {
  const run = turn;
  turn = null;
  run?.();
  await turnOver();
}

async function quiet(): Promise<void> {
  for (let turns = 0; turns < 3; turns += 1) await comeRound();
}

beforeEach(async () => {
  now = 0;
  under = [];
  turn = null;
  commit = createGroupCommit({
    sync: () => new Promise<void>((resolve, reject) => under.push({ resolve, reject })),
    tick: () => now,
    turn: (run) => {
      turn = run;
    },
  });
  await turnOver();
});

test('one that is alone waits for two turns of the event loop and no time', async () => {
  const alone = commit();
  await turnOver();
  await comeRound();
  expect(under).toHaveLength(0);
  await comeRound();
  expect(under).toHaveLength(1);
  present(under[0]).resolve();
  await alone;
});

test('while others keep coming all share the sync that is to begin, which waits for 2 ms at the most', async () => {
  const first = commit();
  await turnOver();
  for (now = 0; now < 2; now += 0.5) {
    expect(commit()).toBe(first);
    await comeRound();
    expect(under).toHaveLength(0);
  }
  expect(commit()).toBe(first);
  await comeRound();
  expect(under).toHaveLength(1);
  present(under[0]).resolve();
  await first;
});

test('who asks while one is under way gets the next, which begins when that one ends', async () => {
  const first = commit();
  await turnOver();
  await quiet();
  const second = commit();
  expect(commit()).toBe(second);
  expect(second).not.toBe(first);
  await quiet();
  expect(under).toHaveLength(1);
  // Those have waited long enough: nobody else is waited for.
  now = 5;
  present(under[0]).resolve();
  await first;
  await turnOver();
  expect(under).toHaveLength(2);
  present(under[1]).resolve();
  await second;
});

test('a sync that fails fails those that waited for it, and the next goes its own way', async () => {
  const first = commit();
  await turnOver();
  await quiet();
  const second = commit();
  present(under[0]).reject(new Error('disk'));
  await expect(first).rejects.toThrow('disk');
  await quiet();
  expect(under).toHaveLength(2);
  present(under[1]).reject(new Error('disk again'));
  await expect(second).rejects.toThrow('disk again');
  const third = commit();
  await turnOver();
  await quiet();
  present(under[2]).resolve();
  await third;
});

// Sharing a sync: who asks gets one that begins after the asking, and there is never more than one at a time.

import { expect, test } from 'vitest';
import { createGroupCommit } from '../../../appliance/audit/group-commit.ts';
import { present } from '../../support/present.ts';

function syncs() {
  const under: { resolve: () => void; reject: (error: Error) => void }[] = [];
  const commit = createGroupCommit(
    () => new Promise<void>((resolve, reject) => under.push({ resolve, reject })),
  );
  return { commit, under };
}

test('the first starts a sync at once; all that come meanwhile share the next one', async () => {
  const { commit, under } = syncs();
  const first = commit();
  const second = commit();
  expect(commit()).toBe(second);
  expect(second).not.toBe(first);
  expect(under).toHaveLength(1);
  present(under[0]).resolve();
  await first;
  await expect.poll(() => under.length).toBe(2);
  present(under[1]).resolve();
  await second;
});

test('a sync that fails fails those that waited for it, and the next goes its own way', async () => {
  const { commit, under } = syncs();
  const first = commit();
  const second = commit();
  present(under[0]).reject(new Error('disk'));
  await expect(first).rejects.toThrow('disk');
  await expect.poll(() => under.length).toBe(2);
  present(under[1]).resolve();
  await second;
  const third = commit();
  present(under[2]).resolve();
  await third;
});

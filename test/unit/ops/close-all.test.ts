// Closing goes on after a failure, and tells it.

import { expect, test } from 'vitest';
import { closeAll } from '../../../appliance/ops/close-all.ts';

test('what fails to close is told when everything opened before it is closed, too', async () => {
  const closed: string[] = [];
  const closing = [
    () => Promise.resolve(void closed.push('lock')),
    () => Promise.resolve(void closed.push('store')),
    () => Promise.reject(new Error('listener')),
    () => Promise.reject(new Error('metrics')),
  ];
  await expect(closeAll(closing)).rejects.toThrow('metrics');
  expect(closed).toEqual(['store', 'lock']);
  expect(closing).toEqual([]);
});

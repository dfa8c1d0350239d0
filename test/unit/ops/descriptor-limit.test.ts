// The warning about a limit of open files that is lower than what the settings promise.

import { expect, test, vi } from 'vitest';
import { hardDescriptorLimit, warnOfDescriptorLimit } from '../../../appliance/ops/descriptor-limit.ts';

const limits = (hard: string): string =>
  `Limit                     Soft Limit           Hard Limit           Units     
Max core file size        0                    unlimited            bytes     
Max open files            1024                 ${hard.padEnd(20)} files     
`;

function warnings(hard: string, maxConnections: number, waiting = 0): number {
  const warn = vi.fn();
  const logger = { debug: vi.fn(), info: vi.fn(), warn, error: vi.fn() };
  warnOfDescriptorLimit({ maxConnections, processes: 2, waiting }, logger, limits(hard));
  return warn.mock.calls.length;
}

test('the hard limit is read, and an unlimited or unknown one is none', () => {
  expect(hardDescriptorLimit(limits('4096'))).toBe(4096);
  expect(hardDescriptorLimit(limits('unlimited'))).toBeNull();
  expect(hardDescriptorLimit('')).toBeNull();
});

test('a process whose share of the connections does not fit is warned of, one whose share fits is not', () => {
  expect(warnings('4096', 10_000)).toBe(1);
  expect(warnings('5256', 10_000)).toBe(0);
  expect(warnings('unlimited', 1_000_000)).toBe(0);
  expect(warnings('4096', 10, 4096)).toBe(1);
  expect(warnings('4352', 10, 4096)).toBe(0);
});

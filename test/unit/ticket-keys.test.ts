// TLS ticket keys: there from the start, new ones every hour, none after the stop.

import { expect, test } from 'vitest';
import { rotatingTicketKeys } from '../../appliance/ops/ticket-keys.ts';

test('ticket keys are changed every hour, and whoever serves is told', () => {
  let made = 0;
  const due: { run: () => void; delayMs: number }[] = [];
  let cancelled = 0;
  const told: Buffer[] = [];
  const tickets = rotatingTicketKeys({
    randomBytes: (size) => {
      made += 1;
      return Buffer.alloc(size, made);
    },
    timer: (run, delayMs) => {
      due.push({ run, delayMs });
      return () => {
        cancelled += 1;
      };
    },
    changed: (keys) => told.push(keys),
  });
  expect(tickets.current()).toEqual(Buffer.alloc(48, 1));
  expect(told).toEqual([]);
  for (let hour = 0; hour < 2; hour += 1) due.at(-1)?.run();
  expect(told).toEqual([Buffer.alloc(48, 2), Buffer.alloc(48, 3)]);
  expect(tickets.current()).toEqual(Buffer.alloc(48, 3));
  expect(due.map(({ delayMs }) => delayMs)).toEqual([3_600_000, 3_600_000, 3_600_000]);
  tickets.stop();
  expect(cancelled).toBe(1);
});

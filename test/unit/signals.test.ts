// What an instance's process does about signals before and after its parts are there.

import { expect, onTestFinished, test } from 'vitest';
import { takeSignals } from '../../appliance/signals.ts';

function taken(): ReturnType<typeof takeSignals> {
  onTestFinished(() => {
    for (const signal of ['SIGHUP', 'SIGTERM', 'SIGINT']) process.removeAllListeners(signal);
  });
  return takeSignals();
}

test('a request to reload that comes before anybody can answer is answered once somebody can', () => {
  const answers: string[] = [];
  const signals = taken();
  process.emit('SIGHUP');
  signals.onReload(() => answers.push('starting'));
  expect(answers).toEqual(['starting']);
  signals.onReload(() => answers.push('serving'));
  expect(answers).toEqual(['starting']);
  process.emit('SIGHUP');
  expect(answers).toEqual(['starting', 'serving']);
});

test.each(['SIGTERM', 'SIGINT'] as const)('%s ends it, whichever comes later', (signal) => {
  const { stop } = taken();
  expect(stop.aborted).toBe(false);
  process.emit(signal);
  process.emit('SIGINT');
  expect([stop.aborted, stop.reason]).toEqual([true, signal]);
});

// Loaded into both servers before their program: answers the message 'loop-delay' with the 99th percentile and the
// maximum of the event-loop delay since the last question, in milliseconds (Node's histogram costs a timer every ten),
// and 'memory' with the bytes in use after a collection, where --expose-gc is given. A server whose bench is gone ends
// itself. Only in the first process: workers take the arguments of their parent, and must not lose messages to the probe.

import { monitorEventLoopDelay } from 'node:perf_hooks';

const RESOLUTION_MS = 10;
const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });

/** @param {number} nanoseconds */
const beyond = (nanoseconds) => Math.max(0, nanoseconds / 1e6 - RESOLUTION_MS);

/** @type {Record<string, () => object>} */
const ANSWERS = {
  'loop-delay'() {
    const answer = { loopDelay: beyond(delay.percentile(99)), maxLoopDelay: beyond(delay.max) };
    delay.reset();
    return answer;
  },
  memory() {
    globalThis.gc?.();
    const { heapUsed, external } = process.memoryUsage();
    return { bytes: heapUsed + external };
  },
};

if (process.env['BENCH_PROBED'] === undefined) {
  process.env['BENCH_PROBED'] = '1';
  delay.enable();
  process.on('message', (message) => {
    const answer = ANSWERS[String(message)];
    if (answer !== undefined) process.send?.(answer());
  });
  process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
}

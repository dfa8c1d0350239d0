// Loaded into both servers before their program: answers the message 'loop-delay' with the 99th percentile of the
// event-loop delay since the last question, in milliseconds. Node's histogram costs a timer every ten milliseconds.
// A server whose bench is gone ends itself.

import { monitorEventLoopDelay } from 'node:perf_hooks';

const RESOLUTION_MS = 10;
const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
delay.enable();

process.on('message', (message) => {
  if (message !== 'loop-delay') return;
  process.send?.({ loopDelay: Math.max(0, delay.percentile(99) / 1e6 - RESOLUTION_MS) });
  delay.reset();
});
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));

// A worker thread that speaks the lane's protocol and dies, hangs or answers on request: the `bytes` it is asked for.
import { parentPort } from 'node:worker_threads';

export const DIE = 1;
export const HANG = 2;
export const THROW = 3;

parentPort?.on('message', ({ args }) => {
  if (args.bytes === DIE) process.exit(1);
  if (args.bytes === HANG) return;
  if (args.bytes === THROW) throw new Error('uncaught in the thread');
  parentPort?.postMessage({ result: new Uint8Array(args.bytes) });
});

// A worker thread that speaks the lane's protocol and dies, hangs or answers on request: the `bytes` it is asked for.
import { parentPort } from 'node:worker_threads';

export const DIE = 1;
export const HANG = 2;
export const THROW = 3;

parentPort?.on('message', (/** @type {{ args: { bytes: number } }[]} */ requests) => {
  const asked = requests.map(({ args }) => args.bytes);
  if (asked.includes(DIE)) process.exit(1);
  if (asked.includes(HANG)) return;
  if (asked.includes(THROW)) throw new Error('uncaught in the thread');
  parentPort?.postMessage(asked.map((bytes) => ({ result: new Uint8Array(bytes) })));
});

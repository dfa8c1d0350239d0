// A steady signed load on a process of an instance: the bench's generator with its mixed scenario (Encrypt, Decrypt,
// GenerateDataKey, Sign with P-256 and RSA), a bounded number of requests a second, in a process of its own.

import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { LoadFigures, LoadReport } from '../../bench/load-generator.ts';
import { requestsOf, signedBytes, succeeded } from '../../bench/measurement.ts';
import { PinnedProcess } from '../../bench/pinned-process.ts';
import type { InstanceServer } from '../../bench/servers.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const CONNECTIONS = 8;
/** At most some 300 requests a second. */
const PAUSE_MS = 25;
const WARM_UP_MS = 100;
/** By then the connections are open and the load is steady. */
const STEADY_MS = 700;
const MAX_WINDOW_MS = 110_000;
const MAX_REQUESTS = 40_000;
const REQUESTS = 256;

export interface SteadyLoad {
  /** The load while `what` happens, and why the first request failed that did. */
  during(what: () => Promise<void>): Promise<LoadFigures & { readonly firstFailure: string | null }>;
  stop(): Promise<void>;
}

export async function prepareLoad(kms: InstanceServer): Promise<SteadyLoad> {
  const pool = (await requestsOf('mixed', kms)).slice(0, REQUESTS);
  const generator = new PinnedProcess({
    args: ['--import', 'tsx', 'bench/load-generator.ts'],
    core: null,
    cwd: ROOT,
  });
  return {
    async during(what) {
      const answer = generator.ask<LoadReport>({
        target: kms.target,
        serverPid: kms.process.pid,
        requests: pool.map((request) => signedBytes(kms, request)),
        connections: CONNECTIONS,
        warmUpMs: WARM_UP_MS,
        windowMs: MAX_WINDOW_MS,
        maxRequests: MAX_REQUESTS,
        pauseMs: PAUSE_MS,
      });
      const [happened] = await Promise.allSettled([delay(STEADY_MS).then(what)]);
      generator.tell('finish');
      const report = await answer;
      if (happened.status === 'rejected') throw happened.reason;
      return { ...succeeded(report), firstFailure: 'firstFailure' in report ? report.firstFailure : null };
    },
    stop: () => generator.stop(),
  };
}

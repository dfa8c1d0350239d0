// Memory after many requests: one instance under load for as many as are asked for, its resident memory noted every
// hundred thousand. The first note is what the last is compared with. Requests are signed anew for each stretch, because
// a signature is accepted for some minutes only.

import { type CaseOptions, measure, requestsOf, signedBytes, windowOf } from './measurement.ts';
import type { PinnedProcess } from './pinned-process.ts';
import type { InstanceServer } from './servers.ts';

const STRETCH = 100_000;
const MAX_STRETCH_MS = 100_000;

export interface MemoryNote {
  readonly requests: number;
  /** Resident bytes. */
  readonly rss: number;
  readonly failures: number;
}

/** Calls `noted` after each stretch. */
export async function soak(
  { generator, kms }: { readonly generator: PinnedProcess; readonly kms: InstanceServer },
  options: Omit<CaseOptions, 'rounds' | 'halfRate'>,
  total: number,
  noted: (note: MemoryNote) => void,
): Promise<MemoryNote[]> {
  const notes: MemoryNote[] = [];
  const pool = await requestsOf(options.scenario, kms);
  for (let requests = 0; requests < total; ) {
    const job = { ...windowOf(options, 1), windowMs: MAX_STRETCH_MS, maxRequests: STRETCH };
    const signed = pool.map((each) => signedBytes(kms, each));
    const figures = await measure(generator, kms, { ...job, requests: signed });
    if (figures.requests === 0) throw new Error('the instance answers nothing');
    requests += figures.requests;
    const note = { requests, rss: figures.rss, failures: figures.failures };
    notes.push(note);
    noted(note);
  }
  return notes;
}

export function noteText({ requests, rss, failures }: MemoryNote): string {
  const failed = failures > 0 ? `, ${failures} FAILED` : '';
  return `${requests} requests: RSS ${(rss / 2 ** 20).toFixed(1)} MB${failed}\n`;
}

/** Memory at the end by memory after the first stretch. */
export function memoryRatio(notes: readonly MemoryNote[]): number {
  return (notes.at(-1)?.rss ?? 0) / (notes[0]?.rss ?? 1);
}

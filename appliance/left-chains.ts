// Audit chains that earlier runs left open: of workers that were killed and whose slots nobody has now, because the
// instance has fewer of them. They are sealed by a last checkpoint, or the log would look cut off for good.

import { readdirSync } from 'node:fs';
import { readLink } from './audit/chain.ts';
import { chainTail } from './audit/chain-tail.ts';
import { readCheckpoint } from './audit/checkpoint.ts';
import { JSON_SUFFIX, readSegmentName } from './audit/segment-name.ts';
import {
  type ChainName,
  headFileOf,
  type InstanceAuditOptions,
  openInstanceAudit,
  readIfThere,
} from './instance-audit.ts';

const CHAIN = /^p[1-9]\d*$/;

/** Called by the primary, before there are workers. The chains that none of them will continue. */
export async function sealLeftChains(options: Omit<InstanceAuditOptions, 'chain'>): Promise<ChainName[]> {
  const { directory, headFile } = options.config.audit;
  const { processes } = options.config;
  const continued = processes === 1 ? 0 : processes;
  const left = [...workerChains(directory)].filter((chain) => Number(chain.slice(1)) > continued);
  for (const chain of left) {
    if (isClosed(directory, chain, readIfThere(headFileOf(headFile, chain)))) continue;
    const audit = await openInstanceAudit({ ...options, chain });
    await audit.close();
    options.logger.warn({ chain }, 'audit chain of a worker that was killed is sealed');
  }
  return left;
}

/** Of workers of this and earlier runs. */
function workerChains(directory: string): Set<ChainName> {
  const names = readdirSync(directory)
    .filter((file) => file.endsWith(JSON_SUFFIX))
    .map((file) => readSegmentName(file.slice(0, -JSON_SUFFIX.length))?.process ?? '');
  return new Set(names.filter((name): name is ChainName => CHAIN.test(name)));
}

/** Whether its last line is the checkpoint of an orderly end. */
function isClosed(directory: string, chain: ChainName, head: string): boolean {
  const line = head.trimEnd();
  const { end } = chainTail(directory, chain, head);
  return readCheckpoint(line)?.closing === true && readLink(line)?.head === end.head;
}

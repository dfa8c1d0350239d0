// Processor time and memory of another process, all its threads but where one is named, as Linux tells them (proc(5)).

import { readdirSync, readFileSync } from 'node:fs';

/** Jiffies are hundredths of a second on every Linux that Node runs on. */
const JIFFY_MICROSECONDS = 10_000;
const UTIME_FIELD = 11;
const STIME_FIELD = 12;

/** User and system time since the start of the process, microseconds in steps of ten thousand. */
export function cpuMicroseconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  // The command's name is in parentheses and may hold anything; the fields after it are counted from the state.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[UTIME_FIELD]) + Number(fields[STIME_FIELD])) * JIFFY_MICROSECONDS;
}

/** How long the main thread was ready to run and had no core, since its start, milliseconds. */
export function waitedForCoreMs(pid: number): number {
  const [, waited = '0'] = readFileSync(`/proc/${pid}/task/${pid}/schedstat`, 'latin1').split(' ');
  return Number(waited) / 1e6;
}

export function residentBytes(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'latin1');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024;
}

/** A process and all below it. */
export function processTree(pid: number): number[] {
  const children = readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
    readFileSync(`/proc/${pid}/task/${thread}/children`, 'latin1').trim().split(' ').filter(Boolean),
  );
  return [pid, ...children.flatMap((child) => processTree(Number(child)))];
}

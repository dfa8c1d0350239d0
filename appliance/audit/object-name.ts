// Names of delivered objects: `<prefix>/<instance>/YYYY/MM/DD/HH-<process>-<number>.log.gz` for a segment, and below
// `<prefix>/<instance>/heads/` one for each head of a checkpoint that was shipped. They sort by time.
// Source: control-plane specification 5.3.

import type { SignedCheckpoint } from './checkpoint.ts';
import { numberText, type SegmentName } from './segment-name.ts';

const SEQUENCE_DIGITS = 15;

export function segmentObjectName(root: string, { hour, process, number }: SegmentName): string {
  return `${root}/${folders(hour)}/${hour.slice(11)}-${process}-${numberText(number)}.log.gz`;
}

export function headObjectName(root: string, { time, process, sequence }: SignedCheckpoint): string {
  const position = String(sequence).padStart(SEQUENCE_DIGITS, '0');
  return `${root}/heads/${folders(time)}/${time.slice(11, 13)}-${process}-${position}.json`;
}

/** `prefix` may be empty, and may have parts. */
export function objectRoot(prefix: string, instanceId: string): string {
  return prefix === '' ? instanceId : `${prefix}/${instanceId}`;
}

function folders(time: string): string {
  return time.slice(0, 10).replaceAll('-', '/');
}

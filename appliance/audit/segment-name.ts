// Names of segments: `audit-2026-01-02T15-p0-00000007` is the seventh of process p0, begun in the hour from 15:00 UTC.
// They sort by time; what counts is the number, which has no gaps.

import { readdirSync } from 'node:fs';

export const JSON_SUFFIX = '.jsonl';
export const TEXT_SUFFIX = '.log';

export interface SegmentName {
  readonly process: string;
  readonly number: number;
  /** `2026-01-02T15` */
  readonly hour: string;
}

const NUMBER_DIGITS = 8;
const HOUR_MS = 60 * 60 * 1000;
const NAME = /^audit-(\d{4}-\d\d-\d\dT\d\d)-([a-z0-9]{1,16})-(\d{8,15})$/;

export function segmentName({ process, number, hour }: SegmentName): string {
  return `audit-${hour}-${process}-${numberText(number)}`;
}

/** As it stands in names. */
export function numberText(number: number): string {
  return String(number).padStart(NUMBER_DIGITS, '0');
}

/** `name` is without suffix. Null when it names none. */
export function readSegmentName(name: string): SegmentName | null {
  const [, hour, process, number] = NAME.exec(name) ?? [];
  return hour === undefined || process === undefined ? null : { hour, process, number: Number(number) };
}

/** Of one of the two files of a segment. Null when it is none. */
export function segmentOfFile(file: string): SegmentName | null {
  const suffix = [JSON_SUFFIX, TEXT_SUFFIX].find((each) => file.endsWith(each));
  return suffix === undefined ? null : readSegmentName(file.slice(0, -suffix.length));
}

/** Those of a process in a directory, in order. */
export function segmentsOf(directory: string, process: string): SegmentName[] {
  return namesWith(JSON_SUFFIX, directory, process).sort((left, right) => left.number - right.number);
}

/** The highest one in a directory that is taken, also by one whose JSON lines are gone; 0 when none is. */
export function lastNumber(directory: string, process: string): number {
  const names = [JSON_SUFFIX, TEXT_SUFFIX].flatMap((suffix) => namesWith(suffix, directory, process));
  return names.reduce((last, { number }) => Math.max(last, number), 0);
}

function namesWith(suffix: string, directory: string, process: string): SegmentName[] {
  return readdirSync(directory)
    .filter((file) => file.endsWith(suffix))
    .map((file) => readSegmentName(file.slice(0, -suffix.length)))
    .filter((name) => name !== null)
    .filter((name) => name.process === process);
}

/** Milliseconds since the epoch of `2026-01-02T15`. */
export function hourStart(hour: string): number {
  return Date.parse(`${hour}:00:00Z`);
}

export function hourEnd(hour: string): number {
  return hourStart(hour) + HOUR_MS;
}

/** `2026-01-02T15` of milliseconds since the epoch. */
export function hourOf(time: number): string {
  return new Date(time).toISOString().slice(0, 13);
}

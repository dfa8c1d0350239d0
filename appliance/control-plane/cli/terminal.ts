// What is written for people: lines, tables, records, progress. Control characters in texts of the service are made
// visible, so that a description cannot drive the terminal.

import type { Host } from './host.ts';

export interface Terminal {
  readonly line: (text: string) => void;
  /** As it is, for texts that are the whole output: JSON, PEM, scripts. */
  readonly raw: (text: string) => void;
  readonly json: (value: unknown) => void;
  readonly table: (headings: readonly string[], rows: readonly (readonly string[])[]) => void;
  readonly record: (fields: readonly (readonly [name: string, value: string])[]) => void;
  /** For people, on standard error. */
  readonly note: (text: string) => void;
  /** On standard error when that is a terminal, replaced by what is written next; '' removes it. */
  readonly progress: (text: string) => void;
}

const CLEAR_LINE = '\r\u001b[K';

export function createTerminal({ stdout, stderr }: Pick<Host, 'stdout' | 'stderr'>): Terminal {
  let pending = false;
  const progress = (text: string): void => {
    if (!stderr.isTTY || (text === '' && !pending)) return;
    stderr.write(CLEAR_LINE + visible(text));
    pending = text !== '';
  };
  const write = (text: string): void => {
    progress('');
    stdout.write(text);
  };
  const line = (text: string): void => write(`${visible(text)}\n`);
  return {
    line,
    raw: write,
    json: (value) => write(`${visibleLines(JSON.stringify(value, null, 2))}\n`),
    table: (headings, rows) => {
      for (const row of aligned([headings, ...rows.map((cells) => cells.map(visible))])) line(row);
    },
    record: (fields) => {
      const single = fields.filter(([, value]) => !isMultiLine(value));
      for (const row of aligned(single.map(([name, value]) => [`${name}:`, visible(value)]))) line(row);
      for (const [name, value] of fields.filter(([, each]) => isMultiLine(each))) {
        write(`${visible(name)}:\n${visibleLines(value.trimEnd())}\n`);
      }
    },
    note: (text) => {
      progress('');
      stderr.write(`${visibleLines(text)}\n`);
    },
    progress,
  };
}

/** PEM and policy documents: after the fields of one line. */
function isMultiLine(value: string): boolean {
  return value.includes('\n');
}

/** Columns as wide as their widest cell, two spaces apart. */
function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, cell.length);
    });
  }
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

/** Control and bidirectional characters as escapes. */
export function visible(text: string): string {
  return text.replace(
    /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function visibleLines(text: string): string {
  return text.split('\n').map(visible).join('\n');
}

/** A value of an answer as a cell. */
export function cell(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return value;
  if (Array.isArray(value) && value.every((each) => typeof each === 'string')) return value.join(', ');
  return JSON.stringify(value);
}

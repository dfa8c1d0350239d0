// Texts that must not stand on a command line: read from a file, from standard input (`-`), or typed without echo.

import { statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { CliError, configurationError, EXIT, usageError } from './failures.ts';
import type { Host, InputStream } from './host.ts';

const MAX_INPUT_BYTES = 1024 * 1024;
const STANDARD_INPUT = '-';

/** The whole text of the file, or of standard input when the name is `-`. */
export async function readText(file: string, host: Pick<Host, 'stdin'>): Promise<string> {
  return (await readBytes(file, host)).toString('utf8');
}

/** The content of the file, or of standard input when the name is `-`. */
export async function readBytes(file: string, { stdin }: Pick<Host, 'stdin'>): Promise<Buffer> {
  if (file === STANDARD_INPUT) return readStream(stdin);
  try {
    return await readFile(file);
  } catch (error) {
    throw configurationError(`${file}: ${reason(error)}`, error);
  }
}

/** The text's first line: what editors and `echo` put after a password is not part of it. */
export async function readFirstLine(file: string, host: Pick<Host, 'stdin'>): Promise<string> {
  const [line = ''] = (await readText(file, host)).split(/\r?\n/, 1);
  return line;
}

/** A word of warning about a file with a secret that others may read. */
export function warnOfReaders(file: string, { stderr }: Pick<Host, 'stderr'>): void {
  if (file !== STANDARD_INPUT && (statSync(file).mode & 0o077) !== 0) {
    stderr.write(`kms: warning: ${file} can be read by others: chmod 600 it\n`);
  }
}

async function readStream(stream: InputStream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream) {
    const bytes = Buffer.from(chunk);
    chunks.push(bytes);
    length += bytes.length;
    if (length > MAX_INPUT_BYTES) throw usageError('standard input is too long');
  }
  return Buffer.concat(chunks);
}

/** Asks on the terminal; what is typed is not shown. */
export async function promptSecret(question: string, { stdin, stderr }: Host): Promise<string> {
  if (!stdin.isTTY || !stdin.setRawMode) {
    throw configurationError(`${question} is not known and there is no terminal to ask on`);
  }
  stderr.write(`${question}: `);
  stdin.setRawMode(true);
  stdin.setEncoding('utf8');
  try {
    return await typedLine(stdin);
  } finally {
    stdin.setRawMode(false);
    stdin.pause();
    stderr.write('\n');
  }
}

function typedLine(stdin: InputStream): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const end = (settle: () => void): void => {
      stdin.off('data', take);
      settle();
    };
    const take = (chunk: string | Buffer): void => {
      for (const character of String(chunk)) {
        if (character === '\r' || character === '\n') {
          end(() => resolve(text));
          return;
        }
        if (character === '\u0003' || character === '\u0004') {
          end(() => reject(new CliError(EXIT.usage, 'interrupted')));
          return;
        }
        text = character === '\u007f' || character === '\b' ? text.slice(0, -1) : text + character;
      }
    };
    stdin.on('data', take);
    stdin.resume();
  });
}

export function reason(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const known: Readonly<Record<string, string>> = {
    ENOENT: 'no such file',
    EACCES: 'not permitted',
    EEXIST: 'exists already',
    EISDIR: 'is a directory',
    ENOTDIR: 'is not in a directory',
  };
  return known[code] ?? (error instanceof Error ? error.message : 'unreadable');
}

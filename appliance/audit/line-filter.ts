// Which JSON lines of a segment are wanted, decided on their bytes: a field is searched as it was written, name and
// quoted value together. Inside any other value its quotes would be escaped, so a match is never one by accident, and
// a line that is not wanted is never parsed.

export interface LineQuery {
  /** Milliseconds since the epoch, inclusive; by default from the beginning. */
  readonly since?: number | undefined;
  /** Exclusive; by default to the end. */
  readonly until?: number | undefined;
  readonly plane?: 'data' | 'control' | undefined;
  /** Key id, or the name of another resource. */
  readonly resource?: string | undefined;
  /** The credential's id, or who is behind it: application access point, account or RAM user. */
  readonly caller?: string | undefined;
  readonly api?: string | undefined;
  readonly requestId?: string | undefined;
  /** Only what was refused or failed. */
  readonly errors?: boolean | undefined;
}

export interface LineFilter {
  /** Whether a line, read one character a byte, is wanted. */
  readonly accepts: (line: string) => boolean;
  /** Bytes that every wanted line has. */
  readonly needle: Buffer;
}

export interface FoundLine {
  /** One character a byte, without line end. */
  readonly line: string;
  /** Offsets in the block; `end` is after the line end. */
  readonly start: number;
  readonly end: number;
}

const MAX_FIELD_LENGTH = 1024;
/** What a record begins with, other lines of the chain do not, and the time follows. */
const OPENING = '{"time":"';
const TIME_END = OPENING.length + '2026-01-02T03:04:05.678Z'.length;
const LINE_FEED = 0x0a;

export function lineFilter(query: LineQuery): LineFilter {
  const [since, until] = [isoTime(query.since), isoTime(query.until)];
  const fields = [
    field('request_id', query.requestId),
    field('resource_id', query.resource),
    field('api_name', query.api),
    field('plane', query.plane),
  ].filter((text) => text !== null);
  const callers = [field('access_key_id', query.caller), field('principal_id', query.caller)].filter(
    (text) => text !== null,
  );
  return {
    accepts(line) {
      if (!line.startsWith(OPENING)) return false;
      const time = line.slice(OPENING.length, TIME_END);
      if ((since !== null && time < since) || (until !== null && time >= until)) return false;
      if (!fields.every((text) => line.includes(text))) return false;
      if (callers.length > 0 && !callers.some((text) => line.includes(text))) return false;
      return !query.errors || !line.includes('"error_code":""');
    },
    needle: Buffer.from(fields[0] ?? OPENING, 'latin1'),
  };
}

/** The wanted lines of a block that begins and ends with whole lines, in their order. */
export function foundLines(block: Buffer, { needle, accepts }: LineFilter): FoundLine[] {
  const found: FoundLine[] = [];
  let position = 0;
  for (;;) {
    const match = block.indexOf(needle, position);
    if (match < 0) return found;
    const start = match === 0 ? 0 : block.lastIndexOf(LINE_FEED, match - 1) + 1;
    const lineEnd = block.indexOf(LINE_FEED, match);
    if (lineEnd < 0) return found;
    position = lineEnd + 1;
    const line = block.toString('latin1', start, lineEnd);
    if (accepts(line)) found.push({ line, start, end: position });
  }
}

/** The bytes of a line as text. */
export function lineText(line: string): string {
  return Buffer.from(line, 'latin1').toString('utf8');
}

function field(name: string, value: string | undefined): string | null {
  if (value === undefined) return null;
  const text = `"${name}":${JSON.stringify(value.slice(0, MAX_FIELD_LENGTH))}`;
  return Buffer.from(text, 'utf8').toString('latin1');
}

function isoTime(time: number | undefined): string | null {
  return time === undefined ? null : new Date(time).toISOString();
}

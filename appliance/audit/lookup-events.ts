// Looks events up in the segments that are on this machine, newest or oldest first. A call reads a bounded number of
// bytes and then hands out where it stopped; that place is all a page token says, so a forged one leads to another
// place of the same log and to nothing else.

import { type FileHandle, open } from 'node:fs/promises';
import type {
  AuditEvent,
  AuditEvents,
  EventCondition,
  EventsPage,
  EventsRequest,
} from '../core/ports/audit-events.ts';
import { KmsError } from '../errors.ts';
import { actionTrailEvent } from './action-trail-event.ts';
import { type FoundLine, foundLines, type LineFilter, lineFilter, lineText } from './line-filter.ts';
import { type FoundSegment, segmentsWithin } from './query.ts';
import { readRecord } from './read-record.ts';
import { blocksBackward, blocksForward } from './segment-blocks.ts';
import { JSON_SUFFIX } from './segment-name.ts';

/** A tenth of a day of a million requests. */
const MAX_BYTES = 64 * 1024 * 1024;
const MAX_CONCURRENT = 2;

/** Everything up to here has been looked at. */
interface Position {
  readonly hour: string;
  readonly process: string;
  readonly number: number;
  readonly offset: number;
}

export function createAuditEvents(directory: string, maxBytes = MAX_BYTES): AuditEvents {
  let running = 0;
  return {
    async lookup(request) {
      const position = request.token === null ? null : readToken(request.token);
      if (request.maxEvents === 0) return { events: [], nextToken: null };
      if (running >= MAX_CONCURRENT) throw new KmsError('Throttling');
      running += 1;
      try {
        return await new Lookup(request, maxBytes).run(
          await segmentsFrom(directory, request, position),
          position,
        );
      } finally {
        running -= 1;
      }
    },
  };
}

/** In the order asked for, from that of the position on. */
async function segmentsFrom(
  directory: string,
  { since, until, order }: EventsRequest,
  position: Position | null,
): Promise<FoundSegment[]> {
  const found = await segmentsWithin({ directory, since, until });
  const segments = found.filter(({ path }) => path.endsWith(JSON_SUFFIX));
  if (order === 'backward') segments.reverse();
  if (position === null) return segments;
  const direction = order === 'backward' ? -1 : 1;
  return segments.filter((segment) => direction * compare(segment, position) >= 0);
}

class Lookup {
  readonly #request: EventsRequest;
  readonly #filter: LineFilter;
  readonly #events: AuditEvent[] = [];
  #bytesLeft: number;

  constructor(request: EventsRequest, maxBytes: number) {
    this.#request = request;
    this.#filter = filterOf(request);
    this.#bytesLeft = maxBytes;
  }

  async run(segments: readonly FoundSegment[], position: Position | null): Promise<EventsPage> {
    for (const segment of segments) {
      const goesOn = position !== null && compare(segment, position) === 0;
      const stopped = await this.#readSegment(segment, goesOn ? position.offset : null);
      if (stopped !== null) return { events: this.#events, nextToken: tokenOf(segment, stopped) };
    }
    return { events: this.#events, nextToken: null };
  }

  /** The offset at which the page is full or the work enough; null at the end of the segment. */
  async #readSegment({ path }: FoundSegment, from: number | null): Promise<number | null> {
    const backward = this.#request.order === 'backward';
    const file = await openIfThere(path);
    if (file === null) return null;
    try {
      const blocks = backward
        ? blocksBackward(file, from ?? Number.MAX_SAFE_INTEGER)
        : blocksForward(file, from ?? 0);
      for await (const { block, offset } of blocks) {
        const found = foundLines(block, this.#filter);
        if (backward) found.reverse();
        const last = this.#take(found);
        if (last !== null) return offset + (backward ? last.start : last.end);
        this.#bytesLeft -= block.length;
        if (this.#bytesLeft <= 0) return backward ? offset : offset + block.length;
      }
      return null;
    } finally {
      await file.close();
    }
  }

  /** The line that filled the page; null when there is room left. */
  #take(found: readonly FoundLine[]): FoundLine | null {
    for (const each of found) {
      const event = actionTrailEvent(readRecord(lineText(each.line)));
      if (!event || !this.#request.conditions.every((condition) => holds(event, condition))) continue;
      this.#events.push(event);
      if (this.#events.length === this.#request.maxEvents) return each;
    }
    return null;
  }
}

/** Null: it was removed since it was found, after its delivery. */
async function openIfThere(path: string): Promise<FileHandle | null> {
  try {
    return await open(path, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** What of the conditions can be searched for in the lines. */
function filterOf({ since, until, conditions }: EventsRequest): LineFilter {
  const value = (attribute: EventCondition['attribute']): string | undefined =>
    conditions.find((condition) => condition.attribute === attribute)?.value;
  return lineFilter({
    since,
    until,
    plane: 'control',
    api: value('EventName'),
    caller: value('EventAccessKeyId'),
    requestId: value('EventId'),
    resource: value('ResourceName'),
  });
}

const ATTRIBUTES: Readonly<Record<EventCondition['attribute'], (event: AuditEvent) => unknown>> = {
  ServiceName: ({ serviceName }) => serviceName,
  EventName: ({ eventName }) => eventName,
  User: (event) => identityOf(event)['userName'],
  EventId: ({ eventId }) => eventId,
  ResourceType: ({ resourceType }) => resourceType,
  ResourceName: ({ resourceName }) => resourceName,
  EventRW: ({ eventRW }) => eventRW,
  EventAccessKeyId: (event) => identityOf(event)['accessKeyId'],
};

function holds(event: AuditEvent, { attribute, value }: EventCondition): boolean {
  return ATTRIBUTES[attribute](event) === value;
}

function identityOf({ userIdentity }: AuditEvent): Readonly<Record<string, unknown>> {
  return typeof userIdentity === 'object' ? (userIdentity as Readonly<Record<string, unknown>>) : {};
}

type Place = Omit<Position, 'offset'>;

/** Segments by time, then process, then number. */
function compare(left: Place, right: Place): number {
  if (left.hour !== right.hour) return left.hour < right.hour ? -1 : 1;
  if (left.process !== right.process) return left.process < right.process ? -1 : 1;
  return left.number - right.number;
}

const TOKEN = /^1\/(\d{4}-\d\d-\d\dT\d\d)\/([a-z0-9]{1,16})\/(\d{1,15})\/(\d{1,15})$/;

function tokenOf({ hour, process, number }: Place, offset: number): string {
  return Buffer.from(`1/${hour}/${process}/${number}/${offset}`).toString('base64url');
}

/** @throws KmsError InvalidParameter */
function readToken(token: string): Position {
  const text = Buffer.from(token, 'base64url').toString('latin1');
  const [, hour, process, number, offset] = TOKEN.exec(text) ?? [];
  if (hour === undefined || process === undefined)
    throw new KmsError('InvalidParameter', 'The specified parameter NextToken is not valid.');
  return { hour, process, number: Number(number), offset: Number(offset) };
}

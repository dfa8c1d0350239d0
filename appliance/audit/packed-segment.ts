// A closed segment as it is delivered: its JSON lines, checkpoints included, compressed in memory (segments are bounded),
// so that a full disk does not keep from delivery what would make room. Off the event loop except for the hash.

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { createGzip, gunzip } from 'node:zlib';
import { type DeliveredObject, DeliveryError } from './delivery-target.ts';

const unzip = promisify(gunzip);

/** @throws DeliveryError when the file cannot be read */
export async function packSegment(path: string, name: string, signal: AbortSignal): Promise<DeliveredObject> {
  const hash = createHash('sha256');
  const packed: Buffer[] = [];
  let length = 0;
  try {
    await pipeline(
      createReadStream(path),
      async function* (source: AsyncIterable<Buffer>) {
        for await (const chunk of source) {
          hash.update(chunk);
          length += chunk.length;
          yield chunk;
        }
      },
      createGzip(),
      async (compressed: AsyncIterable<Buffer>) => {
        for await (const chunk of compressed) packed.push(chunk);
      },
      { signal },
    );
  } catch (error) {
    throw new DeliveryError('spool-unreadable', (error as NodeJS.ErrnoException).code ?? 'unknown');
  }
  const digest = hash.digest();
  return {
    name,
    body: Buffer.concat(packed),
    contentType: 'application/gzip',
    isSame: async (existing) => {
      try {
        // Whatever unpacks to more is another one.
        const content = await unzip(existing, { maxOutputLength: Math.max(length, 1) });
        return createHash('sha256').update(content).digest().equals(digest);
      } catch {
        return false;
      }
    },
  };
}

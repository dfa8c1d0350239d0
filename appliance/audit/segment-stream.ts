// The bytes of a segment's JSON lines, unpacked when its name says that they are compressed.

import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

/** An error of the file, or of what is compressed in it, is one of the stream. */
export function segmentStream(path: string, blockBytes: number): Readable {
  const file = createReadStream(path, { highWaterMark: blockBytes });
  if (!path.endsWith('.gz')) return file;
  const unpacked = createGunzip({ chunkSize: blockBytes });
  file.on('error', (error) => unpacked.destroy(error));
  return file.pipe(unpacked).once('close', () => file.destroy());
}

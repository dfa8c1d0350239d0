// The metrics of an instance as a file for a collector that reads files (the node exporter's textfile collector): no
// listener and no port. Two files change places, so that a reader never meets half of one, and both keep their blocks,
// so that a full disk can still be told. Written beside the requests: nothing waits for it, and it never throws.

import { constants } from 'node:fs';
import { link, open, rename, rm } from 'node:fs/promises';
import type { Timer } from '../core/ports/clock.ts';

const LOOK_MS = 1_000;
/** Written at every change of a state, and every so many looks. */
const LOOKS = 15;
/** Texts are filled up with empty lines, which the format ignores, to whole blocks of this size. */
const BLOCK_BYTES = 16 * 1024;
/** Holds no secret, and collectors run as users of their own. */
const MODE = 0o644;

export interface MetricsFile {
  /** Removes it: nobody writes it any more. */
  close(): Promise<void>;
}

export interface MetricsFileOptions {
  readonly path: string;
  readonly text: () => string;
  /** Of what is not to wait for its turn. */
  readonly state: () => string;
  readonly timer: Timer;
  readonly logger: { warn(details: object, message: string): void };
}

/** Written when it resolves, unless that failed. Never rejects. */
export async function openMetricsFile(options: MetricsFileOptions): Promise<MetricsFile> {
  const { path, timer, logger } = options;
  let told = '';
  let looks = 0;
  let closed = false;
  let failing = false;
  let cancel = (): void => undefined;
  let underWay = Promise.resolve();

  const writeIfDue = async (): Promise<void> => {
    const state = options.state();
    looks += 1;
    if (state === told && looks < LOOKS) return;
    told = state;
    looks = 0;
    await replace(path, options.text());
    failing = false;
  };
  const look = async (): Promise<void> => {
    try {
      await writeIfDue();
    } catch (error) {
      // Once, and not every time: the age of the file says it too.
      if (!failing) logger.warn({ err: error, path }, 'the metrics file could not be written');
      failing = true;
    }
    if (closed) return;
    cancel = timer(() => {
      underWay = look();
    }, LOOK_MS);
  };

  await look();
  return {
    async close() {
      closed = true;
      cancel();
      await underWay;
      await removeMetricsFile(path).catch((error: unknown) => {
        logger.warn({ err: error, path }, 'the metrics file could not be removed');
      });
    },
  };
}

/** Also what an earlier run left. */
export async function removeMetricsFile(path: string): Promise<void> {
  for (const name of [path, spareOf(path), formerOf(path)]) await rm(name, { force: true });
}

// A textfile collector takes only names that end in `.prom`.
const spareOf = (path: string): string => `${path}.spare`;
const formerOf = (path: string): string => `${path}.former`;

async function replace(path: string, text: string): Promise<void> {
  const spare = spareOf(path);
  const former = formerOf(path);
  await overwrite(spare, text);
  // Names alone change here, which takes no room: what was shown becomes the spare of the next time.
  await rm(former, { force: true });
  const wasThere = await link(path, former).then(
    () => true,
    () => false,
  );
  await rename(spare, path);
  if (wasThere) await rename(former, spare);
  // Takes its blocks while there are some.
  else await overwrite(spare, text);
}

async function overwrite(path: string, text: string): Promise<void> {
  const length = Buffer.byteLength(text);
  const filling = '\n'.repeat(Math.ceil(length / BLOCK_BYTES) * BLOCK_BYTES - length);
  const bytes = Buffer.from(text + filling);
  // Others may have put a link there, in a folder that a collector shares.
  const file = await open(path, constants.O_RDWR | constants.O_NOFOLLOW).catch(() => open(path, 'wx+', MODE));
  try {
    await file.chmod(MODE);
    let written = 0;
    while (written < bytes.length) {
      written += (await file.write(bytes, written, bytes.length - written, written)).bytesWritten;
    }
    await file.truncate(bytes.length);
  } finally {
    await file.close();
  }
}

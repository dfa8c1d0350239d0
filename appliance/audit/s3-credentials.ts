// Credentials of a bucket, from a file that is read whenever they are needed, so that new ones need no restart:
// {"accessKeyId": "…", "secretAccessKey": "…", "sessionToken": "…"}, the last one optional. Never logged, in no error.

import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { DeliveryError } from './delivery-target.ts';

const text = z.string().min(1).max(4096);
const SHAPE = z.strictObject({ accessKeyId: text, secretAccessKey: text, sessionToken: text.optional() });

export interface S3Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration: Date;
}

/** @throws DeliveryError that says nothing of what the file holds */
export async function readS3Credentials(path: string): Promise<S3Credentials> {
  let content: string;
  try {
    content = await readFile(path, 'utf8');
  } catch (error) {
    throw new DeliveryError(
      'refused',
      `credentials file: ${(error as NodeJS.ErrnoException).code ?? 'unreadable'}`,
    );
  }
  const { sessionToken, ...pair } = parse(content);
  // The package keeps credentials until they expire; these are asked for each time.
  return { ...pair, ...(sessionToken !== undefined && { sessionToken }), expiration: new Date() };
}

function parse(content: string): z.output<typeof SHAPE> {
  try {
    return SHAPE.parse(JSON.parse(content));
  } catch {
    throw new DeliveryError('refused', 'credentials file: not the expected JSON');
  }
}

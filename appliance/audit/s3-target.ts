// Delivery into a bucket that speaks S3 (AWS, OSS, MinIO, Ceph, …) through the optional package @aws-sdk/client-s3.
// An object is put on condition that there is none of its name, where the target knows such conditions; one that is there
// is read and compared.

import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { GetObjectCommandOutput, S3Client } from '@aws-sdk/client-s3';
import {
  compareExisting,
  type DeliveredObject,
  DeliveryError,
  type DeliveryTarget,
  type Existing,
} from './delivery-target.ts';
import { readS3Credentials } from './s3-credentials.ts';
import { s3DeliveryError, s3ErrorOf } from './s3-errors.ts';

export interface S3Settings {
  /** Null: that of AWS in the region. */
  readonly endpoint: string | null;
  readonly region: string;
  readonly bucket: string;
  /** `endpoint/bucket/key` instead of `bucket.endpoint/key`. */
  readonly pathStyle: boolean;
  /** Null: what the package finds by itself, first in the environment (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY). */
  readonly credentialsFile: string | null;
  /** Objects cannot be removed or replaced for so long; the bucket must have been made for that. */
  readonly lock: { readonly mode: 'GOVERNANCE' | 'COMPLIANCE'; readonly days: number } | null;
}

export interface S3TargetOptions {
  readonly settings: S3Settings;
  readonly clock: () => number;
  readonly load?: () => Promise<typeof import('@aws-sdk/client-s3')>;
}

const DAY_MS = 24 * 60 * 60 * 1000;
const CONNECT_MS = 10_000;

const nothing = (): void => undefined;
/** The package would write on the console; what it knows of an error is told by the delivery. */
const SILENT = { trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing };

/** The package is not installed. */
export class S3ClientMissing extends Error {
  override readonly name = 'S3ClientMissing';
}

/** @throws S3ClientMissing */
export async function openS3Target(options: S3TargetOptions): Promise<DeliveryTarget> {
  const { settings, clock } = options;
  const s3 = await load(options.load ?? (() => import('@aws-sdk/client-s3')));
  const client = createClient(s3, settings);
  /** Whether the target was found to know no conditions. */
  let unconditional = false;

  const existing = async (object: DeliveredObject, abortSignal: AbortSignal): Promise<Found> => {
    try {
      const command = new s3.GetObjectCommand({ Bucket: settings.bucket, Key: object.name });
      const found = await client.send(command, { abortSignal });
      return await compare(found, object);
    } catch (error) {
      const { name, status } = s3ErrorOf(error);
      if (name === 'NoSuchKey') return 'none';
      if (status === 403) return 'hidden';
      throw error;
    }
  };
  const put = async (object: DeliveredObject, onlyNew: boolean, abortSignal: AbortSignal): Promise<void> => {
    const command = new s3.PutObjectCommand({
      Bucket: settings.bucket,
      Key: object.name,
      // As a stream: the package would hash a buffer at one go, on the event loop.
      Body: Readable.from([object.body]),
      ContentLength: object.body.length,
      ContentMD5: createHash('md5').update(object.body).digest('base64'),
      ContentType: object.contentType,
      ...(onlyNew && { IfNoneMatch: '*' }),
      ...lockFields(settings, clock()),
    });
    await client.send(command, { abortSignal });
  };

  return {
    async put(object, signal) {
      try {
        const found = await existing(object, signal);
        if (found === 'same') return;
        if (found === 'other')
          throw new DeliveryError('conflict', 'an object with other content has the name');
        const isKnown = found !== 'hidden';
        try {
          await put(object, !(isKnown && unconditional) && found !== 'half', signal);
        } catch (error) {
          // Nothing is put without the condition unless it is known what is there.
          if (s3ErrorOf(error).status !== 501 || !isKnown || unconditional) throw error;
          unconditional = true;
          await put(object, false, signal);
        }
      } catch (error) {
        throw s3DeliveryError(error);
      }
    },
    close: () => client.destroy(),
  };
}

/** `hidden`: not for these credentials. */
type Found = Existing | 'none' | 'hidden';

async function compare(
  { Body: body, ContentLength: size }: GetObjectCommandOutput,
  object: DeliveredObject,
): Promise<Existing> {
  if (!body || size === undefined) return 'other';
  try {
    return await compareExisting(object, size, async () => Buffer.from(await body.transformToByteArray()));
  } finally {
    // What is too large is not read.
    if (body instanceof Readable) body.destroy();
  }
}

function lockFields({ lock }: S3Settings, now: number) {
  if (lock === null) return {};
  return { ObjectLockMode: lock.mode, ObjectLockRetainUntilDate: new Date(now + lock.days * DAY_MS) };
}

function createClient(s3: typeof import('@aws-sdk/client-s3'), settings: S3Settings): S3Client {
  const { endpoint, region, pathStyle, credentialsFile } = settings;
  return new s3.S3Client({
    region,
    forcePathStyle: pathStyle,
    ...(endpoint !== null && { endpoint }),
    ...(credentialsFile !== null && { credentials: () => readS3Credentials(credentialsFile) }),
    logger: SILENT,
    // Tried again by the delivery itself.
    maxAttempts: 1,
    // Content-MD5 is what every target checks; the package's own checksums are known to few.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    // A limit of a request would count its upload, too: what bounds that is the attempt.
    requestHandler: { connectionTimeout: CONNECT_MS },
  });
}

async function load(from: () => Promise<typeof import('@aws-sdk/client-s3')>) {
  try {
    return await from();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new S3ClientMissing('the package @aws-sdk/client-s3 is not installed');
  }
}

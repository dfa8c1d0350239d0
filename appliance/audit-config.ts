// The settings of the audit log, `audit.*`: part of the schema in config.ts. Credentials of a bucket are not among them:
// only the file that holds them is named.

import { join, resolve } from 'node:path';
import { z } from 'zod';

const GIB = 1024 ** 3;
const path = z.string().min(1).optional();
const bytes = z
  .int()
  .min(0)
  .max(2 ** 50);
const objectPrefix = z.string().regex(/^(?:[A-Za-z0-9_][\w.-]{0,99}(?:\/[A-Za-z0-9_][\w.-]{0,99}){0,9})?$/);
const endpoint = z
  .url({ protocol: /^https?$/ })
  .refine(
    (url) => !/^[a-z]+:\/\/[^/]*@/i.test(url),
    'credentials belong into audit.delivery.s3.credentialsFile',
  );

const S3_SETTINGS = z
  .strictObject({
    /** Default: that of AWS in the region. */
    endpoint: endpoint.optional(),
    region: z
      .string()
      .regex(/^[a-z0-9-]{1,64}$/)
      .default('us-east-1'),
    bucket: z
      .string()
      .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/)
      .optional(),
    /** `endpoint/bucket/key` instead of `bucket.endpoint/key`. */
    pathStyle: z.boolean().default(false),
    /** Default: what the S3 client finds by itself, first in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. */
    credentialsFile: path,
    /** Retention lock of every object; needs lockDays, and a bucket with object lock. */
    lockMode: z.enum(['GOVERNANCE', 'COMPLIANCE']).optional(),
    lockDays: z.int().min(1).max(36_500).optional(),
  })
  .prefault({});

const DELIVERY_SETTINGS = z
  .strictObject({
    /** Where closed segments go. */
    target: z.enum(['none', 'directory', 's3']).default('none'),
    /** Must be there: it is not made, so that a share that is not mounted shows. */
    directory: path,
    /** First part of the names of objects; may be empty. */
    prefix: objectPrefix.default('audit'),
    s3: S3_SETTINGS,
    /** Days to keep segments here after they were acknowledged; by default for good. */
    keepDays: z.int().min(0).max(36_500).optional(),
    /** What waits for delivery, in size or age, before a warning. */
    warnSpoolBytes: bytes.default(10 * GIB),
    warnSpoolHours: z.int().min(1).max(87_600).default(24),
    /** Where heads of checkpoints go besides the head file, and how often at the most. */
    headTarget: z.enum(['none', 'directory', 's3']).default('none'),
    headDirectory: path,
    headSeconds: z.int().min(1).max(86_400).default(300),
  })
  .prefault({})
  .superRefine(({ target, directory, headTarget, headDirectory, s3 }, context) => {
    const need = (setting: readonly string[], present: boolean, why: string): void => {
      if (!present) context.addIssue({ code: 'custom', path: [...setting], message: `required ${why}` });
    };
    if (target === 'directory') need(['directory'], directory !== undefined, 'when target is directory');
    if (headTarget === 'directory') {
      need(['headDirectory'], headDirectory !== undefined, 'when headTarget is directory');
    }
    if (target === 's3' || headTarget === 's3') {
      need(['s3', 'bucket'], s3.bucket !== undefined, 'when a target is s3');
    }
    need(['s3', 'lockDays'], s3.lockMode === undefined || s3.lockDays !== undefined, 'with lockMode');
    need(['s3', 'lockMode'], s3.lockDays === undefined || s3.lockMode !== undefined, 'with lockDays');
  });

export const AUDIT_SETTINGS = z
  .strictObject({
    /** Default: audit in the data directory. */
    directory: path,
    /** Keeps the last checkpoint, best on another disk. Default: audit-head.json in the data directory. */
    headFile: path,
    /** What an answer waits for: `group`, the disk, together with others; `write`, the operating system alone. */
    durability: z.enum(['group', 'write']).default('group'),
    /** A signed checkpoint at the latest after so many records, and after so many seconds. */
    checkpointRecords: z.int().min(1).max(1_000_000).default(1000),
    checkpointSeconds: z.int().min(1).max(3600).default(30),
    /** Free space on the disk of the log below which there is a warning. */
    warnFreeBytes: bytes.default(GIB),
    delivery: DELIVERY_SETTINGS,
  })
  .prefault({});

type Settings = z.output<typeof AUDIT_SETTINGS>;

type DeliverySettings = Omit<Settings['delivery'], 'directory' | 'headDirectory' | 'keepDays' | 's3'>;

/** Effective settings, every path absolute. */
export interface AuditConfig extends Omit<Settings, 'directory' | 'headFile' | 'delivery'> {
  readonly directory: string;
  readonly headFile: string;
  readonly delivery: DeliverySettings & {
    readonly directory: string | null;
    readonly headDirectory: string | null;
    readonly keepDays: number | null;
    readonly s3: Omit<Settings['delivery']['s3'], 'credentialsFile'> & {
      readonly credentialsFile: string | null;
    };
  };
}

export function auditConfig(settings: Settings, dataDir: string): AuditConfig {
  const { delivery } = settings;
  return {
    ...settings,
    directory: resolve(settings.directory ?? join(dataDir, 'audit')),
    headFile: resolve(settings.headFile ?? join(dataDir, 'audit-head.json')),
    delivery: {
      ...delivery,
      directory: absolute(delivery.directory),
      headDirectory: absolute(delivery.headDirectory),
      keepDays: delivery.keepDays ?? null,
      s3: { ...delivery.s3, credentialsFile: absolute(delivery.s3.credentialsFile) },
    },
  };
}

function absolute(name: string | undefined): string | null {
  return name === undefined ? null : resolve(name);
}

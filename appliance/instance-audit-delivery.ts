// Where the audit log of an instance is delivered to, by its settings: closed segments, and heads of checkpoints.

import { createDelivery, type Delivery } from './audit/delivery.ts';
import type { DeliveryTarget } from './audit/delivery-target.ts';
import { createDirectoryTarget } from './audit/directory-target.ts';
import { createHeadShipper, type HeadShipper } from './audit/head-shipper.ts';
import { objectRoot } from './audit/object-name.ts';
import { openS3Target, S3ClientMissing, type S3Settings } from './audit/s3-target.ts';
import type { Spool } from './audit/spool.ts';
import type { AuditConfig } from './audit-config.ts';
import { ConfigError } from './config.ts';
import type { Clock, Timer } from './core/ports/clock.ts';
import type { Logger } from './ops/logger.ts';

export interface DeliveryParts {
  readonly settings: AuditConfig['delivery'];
  readonly instanceId: string;
  readonly clock: Clock;
  readonly timer: Timer;
  /** Of [0, 1). */
  readonly random: () => number;
  readonly logger: Logger;
}

/** Null: nothing is delivered. `attempted` is called after every attempt. @throws ConfigError */
export async function openDelivery(
  parts: DeliveryParts,
  spool: Spool,
  attempted: () => void,
): Promise<Delivery | null> {
  const { settings, instanceId } = parts;
  const target = await openTarget(settings, settings.target, parts.clock);
  if (target === null) return null;
  const root = objectRoot(settings.prefix, instanceId);
  return createDelivery({ ...parts, spool, target, root, attempted });
}

/** Null: heads go nowhere but into the head file. @throws ConfigError */
export async function openHeadShipper(parts: DeliveryParts): Promise<HeadShipper | null> {
  const { settings, instanceId, clock, random, logger } = parts;
  const { headTarget, headDirectory, headSeconds, prefix } = settings;
  const target = await openTarget({ ...settings, directory: headDirectory }, headTarget, clock);
  if (target === null) return null;
  const root = objectRoot(prefix, instanceId);
  return createHeadShipper({ target, root, everyMs: headSeconds * 1000, clock, random, logger });
}

type TargetSettings = Pick<AuditConfig['delivery'], 'directory' | 's3'>;

async function openTarget(
  { directory, s3 }: TargetSettings,
  kind: 'none' | 'directory' | 's3',
  clock: Clock,
): Promise<DeliveryTarget | null> {
  if (kind === 'none') return null;
  if (kind === 'directory') return createDirectoryTarget(directory ?? '');
  try {
    return await openS3Target({ settings: s3Settings(s3), clock });
  } catch (error) {
    if (!(error instanceof S3ClientMissing)) throw error;
    throw new ConfigError(`audit.delivery: the target s3 is set, and ${error.message} (see docs/audit.md)`);
  }
}

function s3Settings({
  endpoint,
  bucket,
  lockMode,
  lockDays,
  ...rest
}: AuditConfig['delivery']['s3']): S3Settings {
  return {
    ...rest,
    endpoint: endpoint ?? null,
    bucket: bucket ?? '',
    lock: lockMode && lockDays !== undefined ? { mode: lockMode, days: lockDays } : null,
  };
}

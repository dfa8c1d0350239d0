// What a token process and a node say about themselves, as JSON in the answers to probe, status and hello; parsed
// strictly, because the other side of a link may be of another version or broken.

import { z } from 'zod';
import { HsmError } from './hsm-error.ts';
import type { Token } from './token.ts';

const supportSchema = z.object({
  operation: z.string(),
  where: z.enum(['token', 'token+node', 'missing']),
  way: z.string().nullable(),
});

const tokenSchema = z.object({
  label: z.string(),
  serial: z.string(),
  manufacturer: z.string(),
  model: z.string(),
  vendor: z.string(),
  /** Hex; null while the token has no domain key. */
  checkValue: z
    .string()
    .regex(/^[0-9a-f]{12}$/)
    .nullable(),
  cachedKeys: z.number(),
  support: z.array(supportSchema).max(64),
});

const nodeSchema = z.object({
  version: z.number(),
  state: z.enum(['up', 'starting', 'down', 'pin-rejected']),
  token: tokenSchema.nullable(),
  processes: z.array(z.object({ lane: z.string(), ready: z.boolean(), restarts: z.number() })).max(64),
  queued: z.number(),
});

export type TokenStatus = z.infer<typeof tokenSchema>;

/** `state` is up when the token answers; `token` is what it answered. */
export type NodeStatus = z.infer<typeof nodeSchema>;

export function encodeTokenStatus(token: Token, checkValue: Buffer | null, cachedKeys: number): Buffer {
  const { info, vendor, support } = token;
  const hex = checkValue?.toString('hex') ?? null;
  const status: TokenStatus = { ...info, vendor, checkValue: hex, cachedKeys, support: [...support] };
  return Buffer.from(JSON.stringify(status));
}

export function encodeNodeStatus(status: NodeStatus): Buffer {
  return Buffer.from(JSON.stringify(status));
}

/** @throws HsmError PROTOCOL. */
export function decodeTokenStatus(field: Buffer | undefined): TokenStatus {
  return parse(tokenSchema, field);
}

/** @throws HsmError PROTOCOL. */
export function decodeNodeStatus(field: Buffer | undefined): NodeStatus {
  return parse(nodeSchema, field);
}

function parse<T>(schema: z.ZodType<T>, field: Buffer | undefined): T {
  try {
    return schema.parse(JSON.parse(field?.toString('utf8') ?? ''));
  } catch (cause) {
    throw new HsmError('PROTOCOL', 'The node described itself in an unknown way.', { cause });
  }
}

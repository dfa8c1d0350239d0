// The configuration: a strict schema, a JSON file and KMS_* environment variables over it (the environment wins). An
// unknown or invalid setting is an error that names the field; nothing starts with it. The only reader of process.env.
// The environment name of a setting is its path in upper snake case: dataPlane.port is KMS_DATA_PLANE_PORT.

import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { join, resolve } from 'node:path';
import { z } from 'zod';

const port = z.int().min(0).max(65535);
const milliseconds = z.int().min(1).max(86_400_000);
const dnsName =
  /^(?=.{1,253}$)(?:\*\.)?(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i;
const serverName = z
  .string()
  .refine((name) => isIP(name) !== 0 || dnsName.test(name), 'not a DNS name or IP address');

const listener = (defaultPort: number) => ({
  /** Address to listen on. */
  host: z.string().min(1).default('127.0.0.1'),
  /** 0 picks a free one; see endpoints.json. */
  port: port.default(defaultPort),
});

const SCHEMA = z.strictObject({
  /** Everything the instance keeps lies below it. */
  dataDir: z.string().min(1).default('./data'),
  edition: z.enum(['basic']).default('basic'),
  region: z
    .string()
    .regex(/^[a-z0-9-]{1,32}$/)
    .default('cn-hangzhou'),
  accountId: z
    .string()
    .regex(/^\d{16}$/)
    .default('1000000000000001'),
  logLevel: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  /** Create demonstration keys, an access point and a Client Key on first start. */
  quickstart: z.boolean().default(true),
  /** Names and addresses that clients connect to; the server certificate carries them. */
  serverNames: z.array(serverName).min(1).max(100).default(['localhost', '127.0.0.1', '::1']),
  dataPlane: z
    .strictObject({
      ...listener(8443),
      clientCertificates: z.enum(['off', 'optional', 'required']).default('optional'),
      maxConnections: z.int().min(1).max(1_000_000).default(10_000),
      maxCallsInFlight: z.int().min(1).max(100_000).default(2048),
      keepAliveTimeoutMs: milliseconds.default(75_000),
      headersTimeoutMs: milliseconds.default(80_000),
      requestTimeoutMs: milliseconds.default(120_000),
      handshakeTimeoutMs: milliseconds.default(30_000),
      /** What an undecryptable ciphertext is answered with; the product's documentation says InternalFailure. */
      decryptionFailure: z.enum(['InvalidParameter', 'InternalFailure']).default('InvalidParameter'),
    })
    .prefault({}),
  controlPlane: z.strictObject(listener(8444)).prefault({}),
  throttle: z
    .strictObject({
      /** Data-plane requests a second of the whole instance; 0 for no limit. */
      qps: z.int().min(0).max(1_000_000).default(20_000),
    })
    .prefault({}),
  /** Whether keys of the specs Aliyun_SM4 and EC_SM2 may be created; those that exist work regardless. */
  sm: z.strictObject({ enabled: z.boolean().default(true) }).prefault({}),
  limits: z.strictObject({ keys: z.int().min(1).max(10_000_000).default(1000) }).prefault({}),
  rootKey: z
    .strictObject({
      source: z.enum(['file', 'passphrase']).default('file'),
      /** Default: root.key in the data directory. */
      file: z.string().min(1).optional(),
      /** File whose first line is the passphrase. */
      passphraseFile: z.string().min(1).optional(),
    })
    .prefault({})
    .refine((rootKey) => rootKey.source !== 'passphrase' || rootKey.passphraseFile !== undefined, {
      path: ['passphraseFile'],
      message: 'required when rootKey.source is passphrase',
    }),
  audit: z
    .strictObject({
      /** Default: audit in the data directory. */
      directory: z.string().min(1).optional(),
    })
    .prefault({}),
});

type Settings = z.output<typeof SCHEMA>;

/** Effective settings, every path absolute. */
export interface Config extends Omit<Settings, 'rootKey' | 'audit'> {
  readonly rootKey: {
    readonly source: 'file' | 'passphrase';
    readonly file: string;
    readonly passphraseFile: string | null;
  };
  readonly audit: { readonly directory: string };
}

/** A setting that is unknown or invalid; the message names it. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** @throws ConfigError */
export function loadConfig(configFile: string | null, environment: NodeJS.ProcessEnv = process.env): Config {
  const values = configFile === null ? {} : readConfigFile(configFile);
  applyEnvironment(values, environment);
  const parsed = SCHEMA.safeParse(values);
  if (!parsed.success) throw new ConfigError(parsed.error.issues.map(describeIssue).join('\n'));
  return withPaths(parsed.data);
}

function withPaths(settings: Settings): Config {
  const dataDir = resolve(settings.dataDir);
  const { source, file, passphraseFile } = settings.rootKey;
  return {
    ...settings,
    dataDir,
    rootKey: {
      source,
      file: resolve(file ?? join(dataDir, 'root.key')),
      passphraseFile: passphraseFile === undefined ? null : resolve(passphraseFile),
    },
    audit: { directory: resolve(settings.audit.directory ?? join(dataDir, 'audit')) },
  };
}

type Values = Record<string, unknown>;

function readConfigFile(path: string): Values {
  let values: unknown;
  try {
    values = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new ConfigError(`${path}: ${error instanceof Error ? error.message : 'unreadable'}`);
  }
  if (isObject(values)) return values;
  throw new ConfigError(`${path}: must hold a JSON object`);
}

function isObject(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

interface Leaf {
  readonly path: readonly string[];
  readonly schema: z.ZodType;
}

/** Every setting of the schema by its environment name. */
const ENVIRONMENT: ReadonlyMap<string, Leaf> = new Map(
  leaves(SCHEMA, []).map((leaf) => [`KMS_${leaf.path.map(upperSnake).join('_')}`, leaf]),
);

function leaves(schema: z.ZodType, path: readonly string[]): Leaf[] {
  const inner = unwrapped(schema);
  if (!(inner instanceof z.ZodObject)) return [{ path, schema: inner }];
  return Object.entries(inner.shape).flatMap(([name, child]) => leaves(child as z.ZodType, [...path, name]));
}

function unwrapped(schema: z.ZodType): z.ZodType {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault || schema instanceof z.ZodOptional) {
    return unwrapped(schema.unwrap() as z.ZodType);
  }
  return schema;
}

function upperSnake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
}

function applyEnvironment(values: Values, environment: NodeJS.ProcessEnv): void {
  for (const [name, text] of Object.entries(environment)) {
    if (!name.startsWith('KMS_') || text === undefined) continue;
    const leaf = ENVIRONMENT.get(name);
    if (!leaf) throw new ConfigError(`${name}: unknown setting`);
    setPath(values, leaf.path, settingValue(leaf.schema, text));
  }
}

/** Environment text as the type its setting wants; what does not convert stays text and fails in the schema. */
function settingValue(schema: z.ZodType, text: string): unknown {
  if (schema instanceof z.ZodNumber) return /^\d+$/.test(text) ? Number(text) : text;
  if (schema instanceof z.ZodBoolean) return text === 'true' ? true : text === 'false' ? false : text;
  if (schema instanceof z.ZodArray) return text.split(',').map((item) => item.trim());
  return text;
}

function setPath(values: Values, path: readonly string[], value: unknown): void {
  const [head = '', ...rest] = path;
  if (rest.length === 0) {
    values[head] = value;
    return;
  }
  const child = values[head];
  const inner: Values = isObject(child) ? child : {};
  values[head] = inner;
  setPath(inner, rest, value);
}

function describeIssue(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => `${[...issue.path, key].join('.')}: unknown setting`).join('\n');
  }
  return `${issue.path.join('.')}: ${issue.message}`;
}

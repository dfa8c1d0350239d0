// The configuration: a strict schema, a JSON file and KMS_* environment variables over it (the environment wins). An
// unknown or invalid setting is an error that names the field; nothing starts with it. The only reader of process.env.
// The environment name of a setting is its path in upper snake case: dataPlane.port is KMS_DATA_PLANE_PORT.

import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { parseServerNames } from '../certs-tool/index.ts';
import { AUDIT_SETTINGS, type AuditConfig, auditConfig } from './audit-config.ts';
import { HSM_SETTINGS, type HsmConfig, hsmConfig } from './config-hsm.ts';
import { plainSource } from './core/address-list.ts';

const port = z.int().min(0).max(65535);
/** Default of dataDir. */
const DATA_DIRECTORY = './data';
const DAY_MS = 24 * 60 * 60 * 1000;
/** Readers of the store are bounded; two a worker while workers are replaced. */
const MAX_PROCESSES = 48;
const milliseconds = z.int().min(1).max(86_400_000);

/** What the certificate will take, and by its rule: a start must not fail on what this accepted. */
const serverNames = z.array(z.string()).superRefine((names, context) => {
  try {
    parseServerNames(names);
  } catch (error) {
    context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : 'not valid' });
  }
});

const networkSource = z
  .string()
  .refine((source) => plainSource(source) !== undefined, 'not an IP address or CIDR block');

const listener = (defaultPort: number) => ({
  /** Address to listen on. */
  host: z.string().min(1).default('127.0.0.1'),
  /** 0 picks a free one; see endpoints.json. */
  port: port.default(defaultPort),
});

const SCHEMA = z.strictObject({
  /** Everything the instance keeps lies below it. */
  dataDir: z.string().min(1).default(DATA_DIRECTORY),
  edition: z.enum(['basic', 'standard']).default('basic'),
  region: z
    .string()
    .regex(/^[a-z0-9-]{1,32}$/)
    .default('cn-hangzhou'),
  accountId: z
    .string()
    .regex(/^\d{16}$/)
    .default('1000000000000001'),
  logLevel: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  /** Processes that serve the data plane; 1: the instance is one process. Default: one a core. */
  processes: z.int().min(1).max(MAX_PROCESSES).optional(),
  /** Create demonstration keys, an access point and a Client Key on first start. */
  quickstart: z.boolean().default(true),
  /** Names and addresses that clients connect to; the server certificate carries them. */
  serverNames: serverNames.default(['localhost', '127.0.0.1', '::1']),
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
  controlPlane: z
    .strictObject({
      ...listener(8444),
      /** Addresses and CIDR blocks that may connect; empty: any. */
      allowedSources: z.array(networkSource).max(1000).default([]),
      /** PEM file of certificate authorities; with it, only clients with a certificate of theirs may connect. */
      clientCaFile: z.string().min(1).optional(),
      /** Failed authentications after which an address is refused for the rest of its minute; 0 for no limit. */
      failedAuthenticationsPerMinute: z.int().min(0).max(1_000_000).default(60),
    })
    .prefault({}),
  throttle: z
    .strictObject({
      /** Data-plane requests a second of the whole instance; 0 for no limit. */
      qps: z.int().min(0).max(1_000_000).default(20_000),
    })
    .prefault({}),
  /** Whether keys of the specs Aliyun_SM4 and EC_SM2 may be created; those that exist work regardless. */
  sm: z.strictObject({ enabled: z.boolean().default(true) }).prefault({}),
  limits: z
    .strictObject({
      keys: z.int().min(1).max(10_000_000).default(1000),
      /** Of one key; an automatic rotation that would exceed it does not take place. */
      keyVersions: z.int().min(1).max(10_000).default(1000),
    })
    .prefault({}),
  scheduler: z
    .strictObject({
      /**
       * A clock that is further ahead than this of when it was last seen stops deletions, rotations and renewals until
       * it is corrected or accepted. Less than the shortest deletion window, so that nothing is lost to a wrong clock.
       */
      maxClockJumpMs: z
        .int()
        .min(5 * 60 * 1000)
        .max(6 * DAY_MS)
        .default(DAY_MS),
      /** Accepts the clock as it is until then (UTC, `2026-01-02T03:04:05Z`), at most a day ahead of it. */
      acceptClockUntil: z.iso.datetime().optional(),
    })
    .prefault({}),
  rootKey: z
    .strictObject({
      /** Default: the edition's own, a file or the HSM cluster. */
      source: z.enum(['file', 'passphrase', 'hsm']).optional(),
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
  /** The HSM cluster of the standard edition. */
  hsm: HSM_SETTINGS.prefault({}),
  audit: AUDIT_SETTINGS,
  metrics: z
    .strictObject({
      /** File for a collector that reads files. Default: metrics.prom in the data directory; empty: none. */
      file: z.string().nullable().optional(),
    })
    .prefault({}),
});

type Settings = z.output<typeof SCHEMA>;

/** Effective settings, every path absolute. */
export interface Config
  extends Omit<
    Settings,
    'processes' | 'controlPlane' | 'rootKey' | 'audit' | 'scheduler' | 'hsm' | 'metrics'
  > {
  readonly processes: number;
  readonly controlPlane: Omit<Settings['controlPlane'], 'clientCaFile'> & {
    readonly clientCaFile: string | null;
  };
  readonly scheduler: {
    readonly maxClockJumpMs: number;
    /** Milliseconds since the epoch; null: the clock is not accepted beyond that. */
    readonly acceptClockUntil: number | null;
  };
  readonly rootKey: {
    readonly source: 'file' | 'passphrase' | 'hsm';
    readonly file: string;
    readonly passphraseFile: string | null;
  };
  readonly hsm: HsmConfig;
  readonly audit: AuditConfig;
  /** Null: no metrics are written. */
  readonly metrics: { readonly file: string | null };
}

/** A setting that is unknown or invalid; the message names it. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** The environment of this process, for programs that read variables of their own (the `kms` command). */
export function processEnvironment(): Readonly<NodeJS.ProcessEnv> {
  return process.env;
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
  const { file, passphraseFile } = settings.rootKey;
  const { clientCaFile } = settings.controlPlane;
  const { maxClockJumpMs, acceptClockUntil } = settings.scheduler;
  return {
    ...settings,
    dataDir,
    processes: settings.processes ?? Math.min(availableParallelism(), MAX_PROCESSES),
    controlPlane: {
      ...settings.controlPlane,
      clientCaFile: clientCaFile === undefined ? null : resolve(clientCaFile),
    },
    scheduler: {
      maxClockJumpMs,
      acceptClockUntil: acceptClockUntil === undefined ? null : Date.parse(acceptClockUntil),
    },
    rootKey: {
      source: rootKeySource(settings),
      file: resolve(file ?? join(dataDir, 'root.key')),
      passphraseFile: passphraseFile === undefined ? null : resolve(passphraseFile),
    },
    hsm: hsmConfig(settings.hsm),
    audit: auditConfig(settings.audit, dataDir),
    metrics: { file: metricsFile(settings.metrics.file, dataDir) },
  };
}

function metricsFile(file: string | null | undefined, dataDir: string): string | null {
  if (file === null || file === '') return null;
  return resolve(file ?? join(dataDir, 'metrics.prom'));
}

/** @throws ConfigError where the edition has another; HSM members in the basic edition would be without effect */
function rootKeySource({ edition, rootKey, hsm }: Settings): Config['rootKey']['source'] {
  const standard = edition === 'standard';
  const { source = standard ? 'hsm' : 'file' } = rootKey;
  if ((source === 'hsm') !== standard) {
    throw new ConfigError(`rootKey.source: not ${source} in the ${edition} edition`);
  }
  if (!standard && Object.keys(hsm).length > 0) throw new ConfigError('hsm: of the standard edition only');
  return source;
}

type Values = Record<string, unknown>;

/**
 * Where an instance of these settings keeps its data, whatever else they say. For programs beside the instance, which may
 * have but a part of its settings. @throws ConfigError
 */
export function dataDirectory(configFile: string | null, environment = process.env): string {
  const inFile = configFile === null ? undefined : readConfigFile(configFile)['dataDir'];
  const named = environment['KMS_DATA_DIR'] ?? (typeof inFile === 'string' ? inFile : undefined);
  return resolve(named ?? DATA_DIRECTORY);
}

/** The file's settings, unchecked. @throws ConfigError when it is no JSON object */
export function readConfigFile(path: string): Values {
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
export const ENVIRONMENT: ReadonlyMap<string, Leaf> = new Map(
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

// Which settings a reload takes over: those that only workers read. All others stay as they were at the start, because the
// processes of an instance must agree about them, and are named.

import { isDeepStrictEqual } from 'node:util';
import type { Config } from '../config.ts';

const DATA_PLANE = [
  'clientCertificates',
  'maxConnections',
  'maxCallsInFlight',
  'keepAliveTimeoutMs',
  'headersTimeoutMs',
  'requestTimeoutMs',
  'handshakeTimeoutMs',
  'decryptionFailure',
] as const satisfies readonly (keyof Config['dataPlane'])[];

export interface MergedConfig {
  /** For new workers. */
  readonly config: Config;
  /** Settings that differ and were not taken over: `dataPlane.port`, … */
  readonly ignored: readonly string[];
}

export function mergedConfig(current: Config, loaded: Config): MergedConfig {
  const dataPlane = Object.fromEntries(DATA_PLANE.map((name) => [name, loaded.dataPlane[name]]));
  const config: Config = {
    ...current,
    logLevel: loaded.logLevel,
    throttle: loaded.throttle,
    dataPlane: { ...current.dataPlane, ...dataPlane },
  };
  return { config, ignored: differences(config, loaded, '') };
}

function differences(left: object, right: object, prefix: string): string[] {
  return Object.entries(left).flatMap(([name, value]: [string, unknown]) => {
    const other = (right as Readonly<Record<string, unknown>>)[name];
    if (isDeepStrictEqual(value, other)) return [];
    const nested = isRecord(value) && isRecord(other);
    return nested ? differences(value, other, `${prefix}${name}.`) : [`${prefix}${name}`];
  });
}

function isRecord(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

// The effective settings, one by one, with where each value comes from: what `kms config check` shows. Values that are
// secret by their name, and passwords inside URLs, are masked; names of files are not secret.

import { ENVIRONMENT, loadConfig, readConfigFile } from './config.ts';

export interface EffectiveSetting {
  /** `dataPlane.port` */
  readonly name: string;
  /** `KMS_DATA_PLANE_PORT` */
  readonly variable: string;
  /** Masked where secret; null when nothing is set. */
  readonly value: unknown;
  readonly origin: 'default' | 'file' | 'environment';
}

export const MASK = '********';

const SECRET_NAME = /(?:password|passphrase|secret|credential|token|pin)$/i;
const URL_PASSWORD = /^([a-z][a-z0-9+.-]*:\/\/[^/?#:@]*):[^/?#@]*@/i;

/** @throws ConfigError for what the instance would refuse to start with */
export function effectiveSettings(
  configFile: string | null,
  environment: NodeJS.ProcessEnv,
): EffectiveSetting[] {
  const config = loadConfig(configFile, environment);
  const file = configFile === null ? {} : readConfigFile(configFile);
  return Array.from(ENVIRONMENT, ([variable, { path }]) => ({
    name: path.join('.'),
    variable,
    value: maskedSetting(path.at(-1) ?? '', valueAt(config, path) ?? null),
    origin:
      environment[variable] !== undefined
        ? ('environment' as const)
        : valueAt(file, path) !== undefined
          ? ('file' as const)
          : ('default' as const),
  }));
}

function valueAt(root: object, path: readonly string[]): unknown {
  let value: unknown = root;
  for (const name of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[name];
  }
  return value;
}

/** `value` as it may be shown; the name says whether it is secret. */
export function maskedSetting(name: string, value: unknown): unknown {
  if (value === null || value === undefined) return value;
  if (SECRET_NAME.test(name)) return MASK;
  if (Array.isArray(value)) return value.map((each) => maskedSetting(name, each));
  if (typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, maskedSetting(key, inner)]));
  }
  return typeof value === 'string' ? value.replace(URL_PASSWORD, `$1:${MASK}@`) : value;
}

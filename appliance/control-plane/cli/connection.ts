// Where the control plane is and who calls it: options first, then KMSCTL_* variables, then the files an instance keeps
// in its data directory (endpoints.json, ca.pem, root-accesskey.json). The variables' names are not KMS_* on purpose:
// those are the instance's settings, and it refuses to start with one it does not know. A secret is never an option.

import { createPrivateKey, X509Certificate } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { ClientCertificate, Connection } from './api-client.ts';
import { configurationError, usageError } from './failures.ts';
import type { Host } from './host.ts';
import { promptSecret, readText, warnOfReaders } from './input.ts';
import type { AccessKey } from './sign-request.ts';

export const CONNECTION_VARIABLES = [
  ['KMSCTL_ENDPOINT', 'host:port of the control plane'],
  ['KMSCTL_CA', 'file with the certificate authorities of the instance (PEM)'],
  ['KMSCTL_CLIENT_CERT', 'file with a certificate to present to the control plane (PEM) …'],
  ['KMSCTL_CLIENT_KEY', '… and its private key (PEM, no passphrase)'],
  ['KMSCTL_ACCESS_KEY_FILE', 'JSON file with AccessKeyId and AccessKeySecret'],
  ['KMSCTL_ACCESS_KEY_ID', 'the AccessKey itself …'],
  ['KMSCTL_ACCESS_KEY_SECRET', '… and its secret; asked for on the terminal when missing'],
  ['KMS_DATA_DIR', 'data directory of a local instance, source of everything not given (./data)'],
] as const;

export interface ConnectionOptions {
  readonly endpoint?: string;
  readonly ca?: string;
  readonly clientCert?: string;
  readonly clientKey?: string;
  readonly accessKeyFile?: string;
  readonly dataDir?: string;
  /** Seconds. */
  readonly timeout?: string;
}

const DEFAULT_TIMEOUT_SECONDS = '30';
const ENDPOINTS = 'endpoints.json';
const ENDPOINT = /^(?:\[([0-9a-fA-F:]+)\]|([^\s:/?#@[\]]+)):(\d{1,5})$/;

/** The data directory of a local instance that does not serve; null when there is an instance to ask. */
export function unservedDataDir(options: ConnectionOptions, host: Host): string | null {
  if ((options.endpoint ?? host.environment['KMSCTL_ENDPOINT']) !== undefined) return null;
  const dataDir = dataDirOf(options, host);
  return existsSync(join(dataDir, ENDPOINTS)) ? null : dataDir;
}

export async function resolveConnection(options: ConnectionOptions, host: Host): Promise<Connection> {
  const { environment } = host;
  const dataDir = dataDirOf(options, host);
  const timeoutMs = timeoutOf(options.timeout ?? DEFAULT_TIMEOUT_SECONDS);
  const endpoint = options.endpoint ?? environment['KMSCTL_ENDPOINT'] ?? (await localEndpoint(dataDir, host));
  const [, v6, name, port] = ENDPOINT.exec(endpoint) ?? [];
  const hostname = v6 ?? name;
  if (!hostname || Number(port) < 1 || Number(port) > 65_535) {
    throw usageError(`${endpoint}: an endpoint is host:port, without https://`);
  }
  return {
    hostname,
    port: Number(port),
    ca: await certificateAuthorities(options.ca ?? environment['KMSCTL_CA'], dataDir, host),
    certificate: await clientCertificate(options, host),
    accessKey: await accessKey(options, dataDir, host),
    timeoutMs,
  };
}

function dataDirOf({ dataDir }: ConnectionOptions, { environment }: Host): string {
  return resolve(dataDir ?? environment['KMS_DATA_DIR'] ?? './data');
}

function timeoutOf(text: string): number {
  const seconds = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (seconds < 1 || seconds > 3600) throw usageError('--timeout is a number of seconds from 1 to 3600');
  return seconds * 1000;
}

async function localEndpoint(dataDir: string, host: Host): Promise<string> {
  const file = join(dataDir, ENDPOINTS);
  if (!existsSync(file)) {
    throw configurationError(
      `no instance runs on ${dataDir} (there is no endpoints.json): start one, or give --data-dir or --endpoint`,
    );
  }
  const { controlPlane } = await readObject(file, host);
  if (typeof controlPlane !== 'string') throw configurationError(`${file}: controlPlane is missing`);
  return controlPlane;
}

/** Null when nothing names any: the authorities the system trusts decide. */
async function certificateAuthorities(
  file: string | undefined,
  dataDir: string,
  host: Host,
): Promise<string | null> {
  const local = join(dataDir, 'ca.pem');
  const path = file ?? (existsSync(local) ? local : null);
  if (path === null) return null;
  const pem = await readText(path, host);
  if (!pem.includes('-----BEGIN CERTIFICATE-----')) throw configurationError(`${path}: holds no certificate`);
  return pem;
}

/** An option for one of the two goes with the variable for the other. @throws CliError when they do not belong together */
async function clientCertificate(
  { clientCert, clientKey }: ConnectionOptions,
  host: Host,
): Promise<ClientCertificate | null> {
  const certFile = clientCert ?? host.environment['KMSCTL_CLIENT_CERT'];
  const keyFile = clientKey ?? host.environment['KMSCTL_CLIENT_KEY'];
  if (certFile === undefined && keyFile === undefined) return null;
  if (certFile === undefined || keyFile === undefined) {
    throw usageError(
      '--client-cert and --client-key (KMSCTL_CLIENT_CERT and KMSCTL_CLIENT_KEY) belong together',
    );
  }
  const cert = await readText(certFile, host);
  const key = await readText(keyFile, host);
  warnOfReaders(keyFile, host);
  if (!belongTogether(cert, key)) {
    throw configurationError(
      `${certFile} and ${keyFile}: not a certificate and its private key, as PEM and without a passphrase`,
    );
  }
  return { cert, key };
}

/** Errors of the parsers may repeat what they read. */
function belongTogether(cert: string, key: string): boolean {
  try {
    return new X509Certificate(cert).checkPrivateKey(createPrivateKey(key));
  } catch {
    return false;
  }
}

async function accessKey(options: ConnectionOptions, dataDir: string, host: Host): Promise<AccessKey> {
  const { environment } = host;
  if (options.accessKeyFile !== undefined) return accessKeyFromFile(options.accessKeyFile, host);
  const id = environment['KMSCTL_ACCESS_KEY_ID'];
  if (id) {
    const given = environment['KMSCTL_ACCESS_KEY_SECRET'];
    return { id, secret: given || (await promptSecret(`AccessKey secret of ${id}`, host)) };
  }
  const file = environment['KMSCTL_ACCESS_KEY_FILE'] ?? join(dataDir, 'root-accesskey.json');
  if (environment['KMSCTL_ACCESS_KEY_FILE'] === undefined && !existsSync(file)) {
    throw configurationError(
      `no AccessKey (${file} does not exist): give --access-key-file or KMSCTL_ACCESS_KEY_ID`,
    );
  }
  return accessKeyFromFile(file, host);
}

async function accessKeyFromFile(file: string, host: Host): Promise<AccessKey> {
  const { AccessKeyId: id, AccessKeySecret: secret } = await readObject(file, host);
  if (typeof id !== 'string' || typeof secret !== 'string' || id === '' || secret === '') {
    throw configurationError(`${file}: must hold AccessKeyId and AccessKeySecret`);
  }
  warnOfReaders(file, host);
  return { id, secret };
}

/** The parser's own message would repeat the text, secret included. */
async function readObject(file: string, host: Host): Promise<Readonly<Record<string, unknown>>> {
  const text = await readText(file, host);
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value as Readonly<Record<string, unknown>>;
  } catch {
    // Told below.
  }
  throw configurationError(`${file}: must hold a JSON object`);
}

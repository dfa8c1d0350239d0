// What it takes to connect to a cluster, put together from the configuration, which wins, and from what is kept in the
// data directory; and the endpoints that come of it. Credentials that could never work are refused here, before anything
// is kept or dialled.

import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import { type Endpoint, type HsmMember, localNode, readSecretFile } from '../../hsm-adapter/index.ts';
import type { HsmConfig } from '../config-hsm.ts';
import { HsmSettingsError } from './hsm-settings-error.ts';
import type { KeptSettings } from './kept-settings.ts';
import { type Member, parseMembers } from './members.ts';

export interface HsmCredentials {
  readonly clientP12: Buffer;
  readonly password: string;
  /** PEM. */
  readonly rootCa: string;
}

export interface ConnectionSettings {
  readonly members: readonly Member[];
  /** Null: none given; only members reached over TLS need them. */
  readonly credentials: HsmCredentials | null;
  readonly serverName: string | null;
}

/** What members on this machine are given. */
export interface MemberSurroundings {
  readonly environment: Readonly<NodeJS.ProcessEnv>;
  /** Where a PIN that was refused is remembered. */
  readonly dataDir: string;
}

/** Null: nobody has said where the cluster is. @throws HsmSettingsError */
export function connectionSettings(config: HsmConfig, kept: KeptSettings): ConnectionSettings | null {
  const texts = config.members ?? kept.members;
  if (texts === null) return null;
  return {
    members: membersOf(texts),
    credentials: configuredCredentials(config) ?? keptCredentials(kept),
    serverName: config.serverName ?? kept.serverName,
  };
}

/** @throws HsmSettingsError when a member needs credentials and there are none, or none that can be used */
export function clusterMembers(
  { members, credentials, serverName }: ConnectionSettings,
  { environment, dataDir }: MemberSurroundings,
): HsmMember[] {
  const usable = credentials === null ? null : checked(credentials);
  return members.map(({ name, address }) => {
    return { name, endpoint: endpointOf(address, { credentials: usable, serverName, environment, dataDir }) };
  });
}

function endpointOf(
  address: Member['address'],
  {
    credentials,
    serverName,
    environment,
    dataDir,
  }: MemberSurroundings & {
    readonly credentials: HsmCredentials | null;
    readonly serverName: string | null;
  },
): Endpoint {
  if (address.type === 'unix') return address;
  if (address.type === 'module') {
    return localNode({ ...address, refusedPins: dataDir }, moduleEnvironment(environment));
  }
  if (credentials === null) {
    throw new HsmSettingsError(
      'ClientP12',
      'client.p12, its password and rootca.pem are required for members over TLS',
    );
  }
  const { clientP12: pfx, password: passphrase, rootCa } = credentials;
  const named = serverName === null ? {} : { serverName };
  return { ...address, pfx, passphrase, ca: Buffer.from(rootCa), ...named };
}

/** PKCS#11 modules find their tokens by variables of their own; the instance's settings are none of their business. */
export function moduleEnvironment(environment: Readonly<NodeJS.ProcessEnv>): Record<string, string> {
  const entries = Object.entries(environment).filter((entry): entry is [string, string] => {
    const [name, value] = entry;
    return value !== undefined && !name.startsWith('KMS_') && !name.startsWith('KMSCTL_');
  });
  return Object.fromEntries(entries);
}

/** OpenSSL's own message may say more than it should, so it stays the cause. */
function checked(credentials: HsmCredentials): HsmCredentials {
  const { clientP12: pfx, password: passphrase, rootCa } = credentials;
  try {
    createSecureContext({ pfx, passphrase });
  } catch (cause) {
    throw new HsmSettingsError(
      'ClientP12',
      'client.p12 is no PKCS#12 file with a private key, or its password is wrong',
      {
        cause,
      },
    );
  }
  try {
    if (!rootCa.includes('-----BEGIN CERTIFICATE-----')) throw new Error('no certificate');
    createSecureContext({ ca: rootCa });
  } catch (cause) {
    throw new HsmSettingsError('RootCa', 'rootca.pem holds no certificate (PEM)', { cause });
  }
  return credentials;
}

/** @throws HsmSettingsError */
export function membersOf(texts: readonly string[]): readonly Member[] {
  try {
    return parseMembers(texts);
  } catch (cause) {
    throw new HsmSettingsError('Members', cause instanceof Error ? cause.message : 'not valid', { cause });
  }
}

function configuredCredentials({ clientFile, passwordFile, caFile }: HsmConfig): HsmCredentials | null {
  if (clientFile === null || passwordFile === null || caFile === null) return null;
  try {
    const password = readSecretFile(passwordFile);
    return { clientP12: readFileSync(clientFile), password, rootCa: readFileSync(caFile, 'utf8') };
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : 'unreadable';
    throw new HsmSettingsError(null, `a file of the configuration cannot be used: ${why}`, { cause });
  }
}

function keptCredentials({ credentials }: KeptSettings): HsmCredentials | null {
  return credentials && { ...credentials, clientP12: Buffer.from(credentials.clientP12, 'base64') };
}

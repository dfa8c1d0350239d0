// Prepares what the conformance programs need of the instance (keys, policies, access points and Client Keys) and
// describes it in the JSON file that they read. All languages use the same: no check changes any of it.

import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type AdminClient, utcSeconds } from './admin-client.ts';
import { importKeys } from './imported-keys.ts';
import type { Instance } from './instance.ts';
import { createKey, KEY_PREFIX, type KeyName } from './keys.ts';

const ASYMMETRIC_SPECS = ['RSA_2048', 'RSA_3072', 'RSA_4096', 'EC_P256', 'EC_P256K', 'EC_SM2'] as const;
const ROLE = 'RbacPermission/Template/CryptoServiceKeyUser';
/** Long enough for the request that creates it, which must not come after its end. */
const LIFETIME_OF_EXPIRED_KEY_MS = 5_000;

interface ClientKeyFile {
  readonly id: string;
  readonly file: string;
  readonly password: string;
}

export interface Prepared {
  /** Path of the scenario file. */
  readonly file: string;
  /** From when on the expired Client Key is expired; programs must not start earlier. */
  readonly readyAt: number;
}

/** Creates everything that the checks need and writes `<directory>/scenario.json`. */
export async function prepareScenario(
  directory: string,
  instance: Instance,
  throttled: Instance,
): Promise<Prepared> {
  const { admin } = instance;
  const [keys, imported] = await Promise.all([createKeys(admin), importKeys(directory, instance)]);
  const clientKeys = await createClientKeys(admin, { directory, allowedKey: keys.symmetric.id });
  const readyAt = Date.now() + LIFETIME_OF_EXPIRED_KEY_MS;
  const scenario = {
    endpoint: instance.dataPlane,
    caFile: instance.caFile,
    clientKeys,
    keys: { ...keys, imported },
    throttled: {
      endpoint: throttled.dataPlane,
      caFile: throttled.caFile,
      clientKey: await quickstartClientKey(throttled),
      keyId: 'alias/quickstart-aes',
    },
  };
  const file = join(directory, 'scenario.json');
  await writeFile(file, JSON.stringify(scenario, null, 2), { mode: 0o600 });
  return { file, readyAt };
}

async function createKeys(admin: AdminClient) {
  const create = (purpose: string, spec: string, usage: string): Promise<KeyName> =>
    createKey(admin, purpose, { KeySpec: spec, KeyUsage: usage });
  const family = async (purpose: string, usage: string): Promise<Record<string, KeyName>> => {
    const named = ASYMMETRIC_SPECS.map(async (spec) => {
      return [spec, await create(`${purpose}-${spec}`, spec, usage)] as const;
    });
    return Object.fromEntries(await Promise.all(named));
  };
  const [symmetric, sm4, denied, disabled, encryption, signing] = await Promise.all([
    create('symmetric', 'Aliyun_AES_256', 'ENCRYPT/DECRYPT'),
    create('sm4', 'Aliyun_SM4', 'ENCRYPT/DECRYPT'),
    create('denied', 'Aliyun_AES_256', 'ENCRYPT/DECRYPT'),
    create('disabled', 'Aliyun_AES_256', 'ENCRYPT/DECRYPT'),
    family('encryption', 'ENCRYPT/DECRYPT'),
    family('signing', 'SIGN/VERIFY'),
  ]);
  await admin.call('DisableKey', { KeyId: disabled.id });
  return { symmetric, sm4, denied, disabled, encryption, signing };
}

interface AccessPlan {
  readonly directory: string;
  /** The only key of the narrow policy. */
  readonly allowedKey: string;
}

async function createClientKeys(
  admin: AdminClient,
  plan: AccessPlan,
): Promise<Record<string, ClientKeyFile>> {
  await createNetworkRule(admin, `${KEY_PREFIX}-loopback`, ['127.0.0.0/8']);
  await createNetworkRule(admin, `${KEY_PREFIX}-elsewhere`, ['10.11.12.0/24']);
  await createAccessPoint(admin, `${KEY_PREFIX}-main`, 'key/*', `${KEY_PREFIX}-loopback`);
  await createAccessPoint(admin, `${KEY_PREFIX}-narrow`, `key/${plan.allowedKey}`, `${KEY_PREFIX}-loopback`);
  await createAccessPoint(admin, `${KEY_PREFIX}-elsewhere`, 'key/*', `${KEY_PREFIX}-elsewhere`);

  const issue = (name: string, accessPoint: string, validity: Readonly<Record<string, string>> = {}) =>
    createClientKey(admin, join(plan.directory, `client-key-${name}`), {
      AapName: `${KEY_PREFIX}-${accessPoint}`,
      ...validity,
    });
  const clientKeys = {
    main: await issue('main', 'main'),
    narrow: await issue('narrow', 'narrow'),
    elsewhere: await issue('elsewhere', 'elsewhere'),
    deleted: await issue('deleted', 'main'),
    expired: await issue('expired', 'main', shortValidity()),
  };
  await admin.call('DeleteClientKey', { ClientKeyId: clientKeys.deleted.id });
  return clientKeys;
}

function shortValidity(): Readonly<Record<string, string>> {
  const now = Date.now();
  return {
    NotBefore: utcSeconds(new Date(now - 60_000)),
    NotAfter: utcSeconds(new Date(now + LIFETIME_OF_EXPIRED_KEY_MS)),
  };
}

async function createNetworkRule(
  admin: AdminClient,
  name: string,
  addresses: readonly string[],
): Promise<void> {
  const parameters = { Name: name, Type: 'Private', SourcePrivateIp: JSON.stringify(addresses) };
  await admin.call('CreateNetworkRule', parameters);
}

async function createAccessPoint(
  admin: AdminClient,
  name: string,
  resource: string,
  networkRule: string,
): Promise<void> {
  await admin.call('CreatePolicy', {
    Name: name,
    Permissions: JSON.stringify([ROLE]),
    Resources: JSON.stringify([resource]),
    AccessControlRules: JSON.stringify({ NetworkRules: [networkRule] }),
  });
  await admin.call('CreateApplicationAccessPoint', {
    Name: name,
    AuthenticationMethod: 'ClientKey',
    Policies: JSON.stringify([name]),
  });
}

async function createClientKey(
  admin: AdminClient,
  stem: string,
  parameters: Readonly<Record<string, string>>,
): Promise<ClientKeyFile> {
  const password = `Pw-${randomBytes(12).toString('hex')}`;
  const created = await admin.call('CreateClientKey', { ...parameters, Password: password });
  const id = String(created['ClientKeyId']);
  const file = `${stem}.json`;
  const content = { KeyId: id, PrivateKeyData: created['PrivateKeyData'] };
  await writeFile(file, JSON.stringify(content), { mode: 0o600 });
  return { id, file, password };
}

async function quickstartClientKey(instance: Instance): Promise<ClientKeyFile> {
  const folder = join(instance.dataDirectory, 'quickstart');
  const file = join(folder, 'client-key.json');
  const { KeyId: id } = JSON.parse(await readFile(file, 'utf8')) as { KeyId: string };
  const password = (await readFile(join(folder, 'client-key.password'), 'utf8')).trim();
  return { id, file, password };
}

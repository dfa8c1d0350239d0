// What a first start leaves behind: the root AccessKey and, unless switched off, a quickstart that works at once. The
// root AccessKey is committed last and marks the end, so a start that was cut short begins again and finishes the rest.
// Secrets are written once, to files of mode 0600; the store keeps no password and no private key of a Client Key.

import { join } from 'node:path';
import type { AccessService } from '../core/access-service.ts';
import { type RandomBytes, randomBase36 } from '../core/ids.ts';
import type { KeyService } from '../core/key-service.ts';
import type { Clock } from '../core/ports/clock.ts';
import type { Store } from '../core/ports/store.ts';
import { newAccessKey } from '../core/ram/access-keys.ts';
import { writePrivateFile } from './private-files.ts';

export const QUICKSTART_KEYS = [
  { alias: 'alias/quickstart-aes', spec: 'Aliyun_AES_256' },
  { alias: 'alias/quickstart-sign', spec: 'EC_P256' },
] as const;

const QUICKSTART = 'quickstart';
const LOOPBACK = ['127.0.0.0/8', '::1'];

export interface BootstrapOptions {
  readonly dataDir: string;
  readonly quickstart: boolean;
  readonly store: Store;
  readonly keys: KeyService;
  readonly access: AccessService;
  readonly clock: Clock;
  readonly randomBytes: RandomBytes;
  readonly caChainPem: string;
}

/** Does nothing on an instance that has been bootstrapped. */
export async function bootstrap(options: BootstrapOptions): Promise<void> {
  if (options.store.records.accessKeys.count() > 0) return;
  if (options.quickstart) await createQuickstart(options);
  await createRootAccessKey(options);
}

/** Files of the quickstart, whether or not it was made. */
export function quickstartFiles(dataDir: string): { clientKey: string; password: string; ca: string } {
  const file = (name: string): string => join(dataDir, 'quickstart', name);
  return { clientKey: file('client-key.json'), password: file('client-key.password'), ca: file('ca.pem') };
}

async function createRootAccessKey({ dataDir, store, clock, randomBytes }: BootstrapOptions): Promise<void> {
  const accessKey = newAccessKey(null, clock(), randomBytes);
  const file = { AccessKeyId: accessKey.id, AccessKeySecret: accessKey.secret };
  await writePrivateFile(join(dataDir, 'root-accesskey.json'), `${JSON.stringify(file)}\n`);
  await store.transact(({ accessKeys }) => accessKeys.put(accessKey.id, accessKey));
}

async function createQuickstart(options: BootstrapOptions): Promise<void> {
  await createQuickstartAccess(options);
  for (const { alias, spec } of QUICKSTART_KEYS) {
    if (options.store.records.aliases.get(alias)) continue;
    const key = await options.keys.createKey({ spec, description: 'Made by the quickstart' });
    await options.keys.createAlias(alias, key.id);
    options.store.refresh();
  }
  await createQuickstartClientKey(options);
}

async function createQuickstartAccess({ store, access }: BootstrapOptions): Promise<void> {
  const { records } = store;
  if (!records.networkRules.get(QUICKSTART)) {
    await access.createNetworkRule({ name: QUICKSTART, type: 'Private', sources: LOOPBACK });
  }
  if (!records.policies.get(QUICKSTART)) {
    await access.createPolicy({
      name: QUICKSTART,
      permissions: ['RbacPermission/Template/CryptoServiceKeyUser'],
      resources: ['Key/*'],
      accessControlRules: JSON.stringify({ NetworkRules: [QUICKSTART] }),
    });
  }
  if (!records.accessPoints.get(QUICKSTART)) {
    await access.createAccessPoint({ name: QUICKSTART, policies: [QUICKSTART] });
  }
  store.refresh();
}

async function createQuickstartClientKey(options: BootstrapOptions): Promise<void> {
  const { access, randomBytes, dataDir, caChainPem } = options;
  // Left by a start that was cut short: its private key may never have reached its file.
  for (const { id } of access.listClientKeys(QUICKSTART)) await access.deleteClientKey(id);
  const password = `Kms-${randomBase36(28, randomBytes)}`;
  const { clientKey, privateKeyData } = await access.createClientKey({ accessPoint: QUICKSTART, password });
  const files = quickstartFiles(dataDir);
  await writePrivateFile(files.password, password);
  await writePrivateFile(files.ca, caChainPem);
  await writePrivateFile(
    files.clientKey,
    `${JSON.stringify({ KeyId: clientKey.id, PrivateKeyData: privateKeyData })}\n`,
  );
}

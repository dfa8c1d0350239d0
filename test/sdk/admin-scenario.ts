// Prepares what a program that administers the instance needs: a RAM user of its own, so that the audit log tells the
// programs apart, one more that may do nothing, and the JSON file that says where everything is.

import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AdminClient } from './admin-client.ts';
import type { Instance } from './instance.ts';

const RAM = '2015-05-01';
const RIGHTS = ['AliyunKMSFullAccess', 'AliyunRAMFullAccess'];
const NOBODY = 'may-nothing';

interface AccessKey {
  readonly id: string;
  readonly secret: string;
}

export interface AdminScenario {
  readonly file: string;
  /** Where the program leaves the Client Key that it made. */
  readonly clientKeyFile: string;
  readonly passwordFile: string;
}

/** One scenario a name, written below `<directory>/<name>`. */
export async function prepareAdminScenarios(
  directory: string,
  instance: Instance,
  names: readonly string[],
): Promise<ReadonlyMap<string, AdminScenario>> {
  const denied = await createUser(instance.admin, NOBODY, []);
  const scenarios = names.map(async (name) => {
    const accessKey = await createUser(instance.admin, name, RIGHTS);
    return [name, await writeScenario(join(directory, name), instance, { name, accessKey, denied })] as const;
  });
  return new Map(await Promise.all(scenarios));
}

async function createUser(
  admin: AdminClient,
  UserName: string,
  policies: readonly string[],
): Promise<AccessKey> {
  await admin.call('CreateUser', { UserName }, RAM);
  for (const PolicyName of policies) {
    await admin.call('AttachPolicyToUser', { UserName, PolicyName, PolicyType: 'System' }, RAM);
  }
  const { AccessKey } = await admin.call('CreateAccessKey', { UserName }, RAM);
  const { AccessKeyId: id, AccessKeySecret: secret } = AccessKey as Record<string, string>;
  return { id: String(id), secret: String(secret) };
}

async function writeScenario(
  folder: string,
  instance: Instance,
  identity: { readonly name: string; readonly accessKey: AccessKey; readonly denied: AccessKey },
): Promise<AdminScenario> {
  await mkdir(folder);
  const passwordFile = join(folder, 'client-key.password');
  await writeFile(passwordFile, `Pw-${randomBytes(12).toString('hex')}`, { mode: 0o600 });
  const clientKeyFile = join(folder, 'client-key.json');
  const { controlPlane: endpoint, caFile } = instance;
  const file = join(folder, 'scenario.json');
  const content = { ...identity, endpoint, caFile, clientKeyFile, passwordFile };
  await writeFile(file, JSON.stringify(content, null, 2), { mode: 0o600 });
  return { file, clientKeyFile, passwordFile };
}

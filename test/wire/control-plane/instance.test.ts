// The protections as an operator sets them up: a whole instance from its settings, started twice.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { ConfigError, loadConfig } from '../../../appliance/config.ts';
import { ReloadError } from '../../../appliance/data-plane-process.ts';
import { startInstance } from '../../../appliance/instance.ts';
import { createLogger } from '../../../appliance/ops/logger.ts';
import { clientCertificates } from '../../support/client-certificates.ts';
import { RAM_VERSION, RpcClient, type RpcClientOptions } from '../../support/rpc-client.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const PORTS = {
  KMS_DATA_PLANE_PORT: '0',
  KMS_CONTROL_PLANE_PORT: '0',
  KMS_QUICKSTART: 'false',
  KMS_PROCESSES: '1',
};

async function start(dataDir: string, settings: Record<string, string>) {
  const config = loadConfig(null, { KMS_DATA_DIR: dataDir, ...PORTS, ...settings });
  const instance = await startInstance({ config, logger: createLogger('silent') });
  onTestFinished(() => instance.stop());
  const file = (name: string): string => readFileSync(join(dataDir, name), 'utf8');
  const key = JSON.parse(file('root-accesskey.json')) as { AccessKeyId: string; AccessKeySecret: string };
  const client = (more: Partial<RpcClientOptions> = {}): RpcClient => {
    const made = new RpcClient({
      port: Number(instance.controlPlane.split(':').at(-1)),
      ca: file('ca.pem'),
      accessKeyId: key.AccessKeyId,
      secret: key.AccessKeySecret,
      now: Date.now,
      ...more,
    });
    onTestFinished(() => made.close());
    return made;
  };
  return { instance, client };
}

describe('an instance', () => {
  test('remembers nonces and users when it is started again', async () => {
    const dataDir = temporaryFolder();
    const first = await start(dataDir, {});
    const options = { nonce: 'captured', time: Date.now() };
    expect((await first.client().call('ListKeys', {}, options)).status).toBe(200);
    const ram = { version: RAM_VERSION };
    await first.client().call('CreateUser', { UserName: 'alice' }, ram);
    await first.instance.stop();
    const second = await start(dataDir, {});
    const replayed = await second.client().call('ListKeys', {}, options);
    expect(replayed.body.Code).toBe('SignatureNonceUsed');
    expect((await second.client().call('GetUser', { UserName: 'alice' }, ram)).status).toBe(200);
  });

  test('asks for client certificates of the authority in the file, also after its own was renewed', async () => {
    const dataDir = temporaryFolder();
    const authority = await clientCertificates();
    const clientCaFile = join(temporaryFolder(), 'clients.pem');
    writeFileSync(clientCaFile, authority.caPem);
    const { instance, client } = await start(dataDir, { KMS_CONTROL_PLANE_CLIENT_CA_FILE: clientCaFile });
    const certificate = await authority.issue();
    await expect(client().call('ListKeys')).rejects.toThrow();
    expect((await client({ certificate }).call('ListKeys')).status).toBe(200);
    await instance.scheduler.check();
    await expect(client().call('ListKeys')).rejects.toThrow();
  });

  test('takes over changed authorities of clients with a reload, also against connections and sessions of before', async () => {
    const dataDir = temporaryFolder();
    const [dropped, added] = [await clientCertificates(), await clientCertificates()];
    const clientCaFile = join(temporaryFolder(), 'clients.pem');
    writeFileSync(clientCaFile, dropped.caPem);
    const { instance, client } = await start(dataDir, { KMS_CONTROL_PLANE_CLIENT_CA_FILE: clientCaFile });
    const certificate = await dropped.issue();
    const before = client({ certificate });
    const newcomer = { certificate: await added.issue() };
    expect((await before.call('ListKeys')).status).toBe(200);
    await expect(client(newcomer).call('ListKeys')).rejects.toThrow();

    writeFileSync(clientCaFile, 'nothing');
    await expect(instance.reload()).rejects.toThrow(ConfigError);
    expect((await before.call('ListKeys')).status).toBe(200);

    writeFileSync(clientCaFile, added.caPem);
    // Whatever becomes of the workers: here there are none.
    await expect(instance.reload()).rejects.toThrow(ReloadError);
    for (const refused of [before, client({ certificate })])
      await expect(refused.call('ListKeys')).rejects.toThrow();
    expect((await client(newcomer).call('ListKeys')).status).toBe(200);
  });

  test('does not start with a file that holds no certificate', async () => {
    const clientCaFile = join(temporaryFolder(), 'clients.pem');
    writeFileSync(clientCaFile, 'nothing');
    await expect(
      start(temporaryFolder(), { KMS_CONTROL_PLANE_CLIENT_CA_FILE: clientCaFile }),
    ).rejects.toThrow(ConfigError);
  });

  test('admits only the addresses of the setting', async () => {
    const { client } = await start(temporaryFolder(), {
      KMS_CONTROL_PLANE_ALLOWED_SOURCES: '10.0.0.0/8, ::1',
    });
    await expect(client().call('ListKeys')).rejects.toThrow();
  });

  test.each(['10.0.0.0/33', 'localhost', ''])(
    'has no allowed source %j',
    (KMS_CONTROL_PLANE_ALLOWED_SOURCES) => {
      expect(() => loadConfig(null, { KMS_CONTROL_PLANE_ALLOWED_SOURCES })).toThrow(ConfigError);
    },
  );
});

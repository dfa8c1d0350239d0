// The connection of an instance of the standard edition to its cluster: what it waits for, that it serves as soon as a
// member is there, and that administrators connect and disconnect it without a restart.

import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import type { Instance } from '../../appliance/instance.ts';
import { readWaiting } from '../../appliance/ops/waiting-file.ts';
import type { TlsEndpoint } from '../../hsm-adapter/index.ts';
import { kms } from '../support/cli.ts';
import type { DkmsClient } from '../support/dkms-client.ts';
import { startFakeHsmNode } from '../support/fake-hsm-node.ts';
import { P12_PASSWORD } from '../support/hsm-certificates.ts';
import { createHsmRig, type HsmRig, until } from '../support/hsm-rig.ts';
import { quickstartClient, rootClient, startTestInstance } from '../support/instance.ts';
import { present } from '../support/present.ts';
import { credentialParameters, memberTexts, startStandardInstance } from '../support/standard-instance.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const AES = 'alias/quickstart-aes';
const DATA = Buffer.from('data');

let rig: HsmRig;
beforeAll(async () => {
  rig = await createHsmRig({ members: 2, args: ['--processes', '1'] });
});
afterAll(() => rig.close());

async function sealAndOpen(client: DkmsClient): Promise<void> {
  const { CiphertextBlob, Iv } = await client.ok('Encrypt', { KeyId: AES, Plaintext: DATA });
  expect((await client.ok('Decrypt', { KeyId: AES, CiphertextBlob, Iv })).Plaintext).toEqual(DATA);
}

/** Clients that end with the test; the instance is stopped first. */
function clientsOf(dataDir: string, instance: Instance) {
  const root = rootClient(dataDir, instance);
  const application = quickstartClient(dataDir, instance);
  onTestFinished(() => {
    root.close();
    application.close();
  });
  const state = async (): Promise<unknown> => {
    const { body } = await root.call('GetKmsInstance', { KmsInstanceId: instance.instanceId });
    return (body.KmsInstance as { readonly Status: string }).Status;
  };
  return { root, application, state };
}

function kmsAt(dataDir: string) {
  return (...words: string[]) => kms(['hsm', ...words, '--data-dir', dataDir]);
}

/** An instance whose configuration says nothing of its cluster. */
async function startConnected(dataDir: string, logged: string[] = []): Promise<Instance> {
  await kmsAt(dataDir)('connect', '--cluster', memberTexts(rig).join(','), ...clientOptions(rig));
  const log = (details: object, message: string): void => {
    logged.push(inspect({ ...details, message }, { depth: null }));
  };
  const logger = { debug: log, info: log, warn: log, error: log };
  return startTestInstance(dataDir, { settings: { KMS_EDITION: 'standard' }, logger });
}

/** What `kms hsm connect` takes. */
function clientOptions({ domain }: HsmRig, client = domain.client): string[] {
  return ['--client', client.p12, '--password-file', client.passwordFile, '--ca', domain.caFile];
}

it('keeps the check value of the domain key, and opens its store again only when a member is there', async () => {
  const dataDir = temporaryFolder();
  const instance = await startStandardInstance(dataDir, rig);
  const kept = JSON.parse(readFileSync(join(dataDir, 'hsm.json'), 'utf8')) as { domainCheckValue: string };
  expect(kept.domainCheckValue).toBe(rig.domainCheckValue);
  expect(statSync(join(dataDir, 'hsm.json')).mode & 0o777).toBe(0o600);
  await sealAndOpen(clientsOf(dataDir, instance).application);
  await instance.stop();

  await Promise.all(rig.nodes.map((node) => node.stop()));
  const starting = startStandardInstance(dataDir, rig);
  await until(() => readWaiting(dataDir)?.reason.includes('ECONNREFUSED') === true);
  const status = await kmsAt(dataDir)('status');
  expect(status.stdout).toMatch(/waits for its HSM cluster/);
  expect(status.stdout).toMatch(/^State: +Connecting$/m);
  await rig.restart(1);
  const again = await starting;
  expect(again.instanceId).toBe(instance.instanceId);
  expect(readWaiting(dataDir)).toBeNull();
  const { application, state } = clientsOf(dataDir, again);
  expect(await state()).toBe('Connected');
  await sealAndOpen(application);
  await again.stop();
  await rig.restart(0);
});

it('a member that goes and comes back shows in the metrics', async () => {
  const dataDir = temporaryFolder();
  const instance = await startStandardInstance(dataDir, rig);
  onTestFinished(() => instance.stop());
  const members = (state: string): number => {
    const text = readFileSync(join(dataDir, 'metrics.prom'), 'utf8');
    return Number(new RegExp(`^kms_hsm_members\\{.*state="${state}"\\} (\\d+)$`, 'm').exec(text)?.[1]);
  };
  await until(() => members('usable') === 2);
  await present(rig.nodes[0]).stop();
  await until(() => members('usable') === 1 && members('disconnected') === 1);
  await rig.restart(0);
  await until(() => members('usable') === 2);
});

it('a start that is not yet connected takes over what kms hsm connect --data-dir writes', async () => {
  const dataDir = temporaryFolder();
  const starting = startTestInstance(dataDir, { settings: { KMS_EDITION: 'standard' } });
  await until(() => readWaiting(dataDir)?.state === 'Uninitialized');
  const run = kmsAt(dataDir);
  const cluster = ['--cluster', memberTexts(rig).join(',')];
  expect((await run('connect', ...cluster, ...clientOptions(rig, rig.domain.expired))).code).toBe(0);
  await until(() => readWaiting(dataDir)?.state === 'Connecting');
  expect((await run('connect', ...clientOptions(rig))).code).toBe(0);
  const instance = await starting;
  await sealAndOpen(clientsOf(dataDir, instance).application);
  const status = await run('status', '--key-id', AES);
  expect(status.stdout).toMatch(/^Keys usable: +on 2 of 2 members$/m);
  expect(status.stdout).toMatch(/^Key key-\S+: +1 version, usable on 2 of 2 members$/m);
  expect(status.stdout).toMatch(/^RSA_OAEP_SHA_256 +in the token and the node process beside it$/m);
  await instance.stop();
});

it('a start ends when it is told to, and leaves nothing that says it waits', async () => {
  const dataDir = temporaryFolder();
  const stopping = new AbortController();
  const starting = startTestInstance(dataDir, {
    settings: { KMS_EDITION: 'standard' },
    signal: stopping.signal,
  });
  await until(() => readWaiting(dataDir) !== null);
  stopping.abort();
  await expect(starting).rejects.toMatchObject({ name: 'AbortError' });
  expect(readWaiting(dataDir)).toBeNull();
});

it('is disconnected and connected again while it runs, with the credentials alone', async () => {
  const dataDir = temporaryFolder();
  const logged: string[] = [];
  const instance = await startConnected(dataDir, logged);
  const { root, application, state } = clientsOf(dataDir, instance);
  await sealAndOpen(application);

  expect((await root.call('DisconnectHsm')).status).toBe(200);
  expect(await state()).toBe('Disconnected');
  expect(await application.code('Encrypt', { KeyId: AES, Plaintext: DATA })).toBe(
    'ServiceUnavailableTemporary',
  );
  expect((await root.call('CreateKey')).body.Code).toBe('ServiceUnavailableTemporary');
  expect((await root.call('SyncHsmCluster')).body.Code).toBe('ServiceUnavailableTemporary');
  // What needs no key of the HSM goes on.
  expect((await root.call('ListKeys')).body.TotalCount).toBe(2);
  expect(readFileSync(join(dataDir, 'hsm.json'), 'utf8')).not.toContain(P12_PASSWORD);

  expect((await root.call('ConnectHsm')).body.Code).toBe('InvalidParameter');
  const { Password, ...incomplete } = credentialParameters(rig);
  expect((await root.call('ConnectHsm', incomplete)).body.Code).toBe('MissingParameter');
  const wrong = await root.call('ConnectHsm', { ...incomplete, Password: 'not-the-password' });
  expect(wrong.body.Code).toBe('InvalidParameter');
  expect(wrong.text).not.toContain('not-the-password');
  expect(await state()).toBe('Disconnected');

  expect((await root.call('ConnectHsm', { ...incomplete, Password })).status).toBe(200);
  await until(async () => (await state()) === 'Connected');
  await sealAndOpen(application);
  await instance.stop();
  const audited = readdirSync(join(dataDir, 'audit')).map((file) =>
    readFileSync(join(dataDir, 'audit', file), 'utf8'),
  );
  expect(logged.join('\n')).toContain('Disconnected');
  for (const text of [...audited, ...logged]) {
    expect(text).not.toContain(P12_PASSWORD);
    expect(text).not.toContain('not-the-password');
  }
});

it('connects anew under load, as for another certificate, and no request notices', async () => {
  const dataDir = temporaryFolder();
  const instance = await startConnected(dataDir);
  const { root, application } = clientsOf(dataDir, instance);
  const codes = new Set<string>();
  let running = true;
  let done = 0;
  const lanes = Array.from({ length: 4 }, async () => {
    while (running) {
      codes.add(await application.code('Encrypt', { KeyId: AES, Plaintext: DATA }));
      done += 1;
    }
  });
  for (let count = 0; count < 5; count += 1) {
    const target = done + 50;
    await until(() => done >= target);
    expect((await root.call('ConnectHsm', credentialParameters(rig))).status).toBe(200);
  }
  running = false;
  await Promise.all(lanes);
  expect([...codes]).toEqual(['none']);
  await instance.stop();
});

it('does not let go of its cluster for one that cannot be used', async () => {
  const dataDir = temporaryFolder();
  const instance = await startConnected(dataDir);
  const { root, application, state } = clientsOf(dataDir, instance);
  const elsewhere = await root.call('ConnectHsm', { Members: '["a=127.0.0.1:1"]' });
  expect(elsewhere.body.Code).toBe('Rejected.StateModifiedFailed');
  const other = await createHsmRig({ members: 1, args: ['--processes', '1'] });
  const foreign = await root.call('ConnectHsm', {
    Members: JSON.stringify(memberTexts(other)),
    ...credentialParameters(other),
  });
  expect(foreign.body.Code).toBe('Rejected.StateModifiedFailed');
  await other.close();
  expect(await state()).toBe('Connected');
  await sealAndOpen(application);
  await instance.stop();
});

it('does not believe a cluster that merely says the check value of its domain key', async () => {
  const dataDir = temporaryFolder();
  const instance = await startConnected(dataDir);
  const { root, application, state } = clientsOf(dataDir, instance);
  const { domain } = rig;
  const { domainCheckValue: checkValue } = rig;
  const other = await startFakeHsmNode(dataDir, 'other', () => [randomBytes(32)], { domain, checkValue });
  onTestFinished(() => other.close());
  const { port } = other.endpoint as TlsEndpoint;
  const told = [`other=127.0.0.1:${port}`];
  for (const members of [told, [...memberTexts(rig), ...told]]) {
    const { body } = await root.call('ConnectHsm', { Members: JSON.stringify(members) });
    expect(body).toMatchObject({ Code: 'InvalidParameter' });
    expect(body.Message).toMatch(/Members .* other did not prove/);
  }
  expect(other.asked.map(({ operation }) => operation)).toEqual(['decrypt', 'decrypt']);
  expect(readFileSync(join(dataDir, 'hsm.json'), 'utf8')).not.toContain(String(port));
  expect(await state()).toBe('Connected');
  await sealAndOpen(application);

  expect((await root.call('DisconnectHsm')).status).toBe(200);
  const again = { Members: JSON.stringify(told), ...credentialParameters(rig) };
  expect((await root.call('ConnectHsm', again)).body.Code).toBe('InvalidParameter');
  expect(await state()).toBe('Disconnected');
  const own = { Members: JSON.stringify(memberTexts(rig)), ...credentialParameters(rig) };
  expect((await root.call('ConnectHsm', own)).status).toBe(200);
  await sealAndOpen(application);
  await instance.stop();
});

it('a member whose token was emptied is named, and is one of the cluster again after kms hsm sync', async () => {
  const dataDir = temporaryFolder();
  const instance = await startStandardInstance(dataDir, rig);
  const { application } = clientsOf(dataDir, instance);
  const run = kmsAt(dataDir);
  const states = async (): Promise<unknown> => {
    const { Members } = JSON.parse((await run('status', '--json')).stdout) as {
      readonly Members: { readonly Member: readonly { readonly State: string }[] };
    };
    return Members.Member.map(({ State }) => State);
  };
  await present(rig.nodes[0]).stop();
  present(rig.tokens[0]).empty();
  await rig.restart(0);
  await until(async () => JSON.stringify(await states()) === '["unsynchronised","usable"]', 40_000);
  await sealAndOpen(application);
  const sync = await run('sync');
  expect(sync.stdout).toMatch(/^member-0 +received/m);
  expect(sync.stdout).toMatch(/^member-1 +had-it/m);
  expect(await states()).toEqual(['usable', 'usable']);
  await instance.stop();
});

it('both members gone: refused at once, and served again without a restart', async () => {
  const dataDir = temporaryFolder();
  const instance = await startStandardInstance(dataDir, rig);
  const { application, state } = clientsOf(dataDir, instance);
  await Promise.all(rig.nodes.map((node) => node.stop('SIGKILL')));
  await until(async () => (await state()) === 'Connecting');
  const startedAt = performance.now();
  expect(await application.code('Encrypt', { KeyId: AES, Plaintext: DATA })).toBe(
    'ServiceUnavailableTemporary',
  );
  expect(performance.now() - startedAt).toBeLessThan(1_000);
  await Promise.all([rig.restart(0), rig.restart(1)]);
  await until(async () => (await state()) === 'Connected');
  await sealAndOpen(application);
  await instance.stop();
});

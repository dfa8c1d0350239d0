// An instance from its first start to its orderly stop: what it leaves on disk, what a second start reuses, and what
// keeps it from starting. Sources: design sections 5 and 8, data-plane specification 2.2.

import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, relative } from 'node:path';
import { connect } from 'node:tls';
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Instance } from '../../appliance/instance.ts';
import type { DkmsClient } from '../support/dkms-client.ts';
import {
  quickstartClient,
  quickstartCredentials,
  rootClient,
  startTestInstance,
  type TestInstanceOptions,
} from '../support/instance.ts';
import { present } from '../support/present.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const TEXT = Buffer.from('MARKED-PLAINTEXT-4711');
const AES = { KeyId: 'alias/quickstart-aes', Plaintext: TEXT };

/** For tests that need no Client Key: making one takes most of a first start. */
const BARE = { KMS_QUICKSTART: 'false' };

const running = new Set<Instance>();

afterEach(async () => {
  for (const instance of running) await stop(instance);
});

async function start(dataDir: string, options: TestInstanceOptions = {}): Promise<Instance> {
  const instance = await startTestInstance(dataDir, options);
  running.add(instance);
  return instance;
}

async function stop(instance: Instance): Promise<void> {
  running.delete(instance);
  await instance.stop();
}

function clientOf(dataDir: string, instance: Instance, now?: () => number): DkmsClient {
  const client = quickstartClient(dataDir, instance, now);
  onTestFinished(() => client.close());
  return client;
}

/** Every file and directory below, with its mode. */
function modes(root: string): Record<string, string> {
  const paths = [root, ...readdirSync(root, { recursive: true }).map((name) => join(root, name as string))];
  return Object.fromEntries(
    paths.sort().map((path) => [relative(root, path), (statSync(path).mode & 0o777).toString(8)]),
  );
}

function contents(root: string, unless: RegExp): Record<string, string> {
  const names = Object.keys(modes(root)).filter(
    (name) => statSync(join(root, name)).isFile() && !unless.test(name),
  );
  return Object.fromEntries(
    names.map((name) => [
      name,
      createHash('sha256')
        .update(readFileSync(join(root, name)))
        .digest('hex'),
    ]),
  );
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
const refusal = (dataDir: string, options?: TestInstanceOptions): Promise<string> =>
  start(dataDir, options).then(() => 'it started', messageOf);

describe('the first start', () => {
  test('makes everything under one private directory, and it works at once', async () => {
    const dataDir = join(temporaryFolder(), 'data');
    const instance = await start(dataDir);
    expect(instance.firstStart).toBe(true);
    const hour = new Date().toISOString().slice(0, 13);
    await vi.waitFor(() => expect(existsSync(join(dataDir, 'audit-head.json'))).toBe(true));
    const socket = `run/${readdirSync(join(dataDir, 'run')).join('/')}`;
    const boot = `requests/${readdirSync(join(dataDir, 'requests')).join('/')}`;
    const made = {
      '': '700',
      audit: '700',
      [`audit/audit-${hour}-p0-00000001.jsonl`]: '600',
      [`audit/audit-${hour}-p0-00000001.log`]: '600',
      'audit/public-key.pem': '600',
      'audit/reserve-p0': '600',
      'audit-head.json': '600',
      'ca.pem': '600',
      'endpoints.json': '600',
      'health.json': '600',
      // For collectors that run as users of their own, where they may look into the directory.
      'metrics.prom': '644',
      'metrics.prom.spare': '644',
      quickstart: '700',
      'quickstart/ca.pem': '600',
      'quickstart/client-key.json': '600',
      'quickstart/client-key.password': '600',
      requests: '700',
      [boot]: '700',
      [`${boot}/data.mdb`]: '600',
      [`${boot}/lock.mdb`]: '600',
      'root-accesskey.json': '600',
      'root.key': '600',
      run: '700',
      [socket]: '600',
      store: '700',
      'store/data.mdb': '600',
      'store/lock.mdb': '600',
    };
    // The two metrics files change places.
    await vi.waitFor(() => expect(modes(dataDir)).toEqual(made));
    const json = (name: string) =>
      JSON.parse(readFileSync(join(dataDir, name), 'utf8')) as Record<string, string>;
    const { instanceId, dataPlane, controlPlane } = instance;
    expect(json('endpoints.json')).toEqual({ dataPlane, controlPlane, instanceId, serverName: 'localhost' });
    expect(instanceId).toMatch(/^kst-[0-9a-z]{20}$/);
    expect(dataPlane).toMatch(/^127\.0\.0\.1:\d+$/);
    expect(Object.keys(json('root-accesskey.json'))).toEqual(['AccessKeyId', 'AccessKeySecret']);
    expect(json('quickstart/client-key.json')['KeyId']).toMatch(/^KAAP\.[0-9a-f-]{36}$/);
    expect(
      readFileSync(join(dataDir, 'quickstart', 'ca.pem'), 'utf8').match(/BEGIN CERTIFICATE/g),
    ).toHaveLength(2);

    const client = clientOf(dataDir, instance);
    const { CiphertextBlob, Iv } = await client.ok('Encrypt', AES);
    const opened = await client.ok('Decrypt', { KeyId: AES.KeyId, CiphertextBlob, Iv });
    expect(opened.Plaintext).toEqual(TEXT);
    expect(await client.code('Sign', { KeyId: 'alias/quickstart-sign', Message: TEXT })).toBe('none');
    const root = rootClient(dataDir, instance);
    onTestFinished(() => root.close());
    expect((await root.call('ListKeys')).body.TotalCount).toBe(2);

    const audit = (suffix: string) =>
      readFileSync(join(dataDir, 'audit', `audit-${hour}-p0-00000001.${suffix}`), 'utf8');
    expect(audit('log').trim().split('\n')).toHaveLength(4);
    const twins = audit('jsonl')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, string>)
      .filter((line) => !('type' in line));
    expect(twins.map((twin) => twin['api_name'])).toEqual(['Encrypt', 'Decrypt', 'Sign', 'ListKeys']);
    expect(audit('log') + audit('jsonl')).not.toContain(TEXT.toString());
    // What is in the store is sealed.
    const stored = readFileSync(join(dataDir, 'store', 'data.mdb'));
    for (const clear of ['PRIVATE KEY', present(json('root-accesskey.json')['AccessKeySecret'])]) {
      expect(stored.includes(clear)).toBe(false);
    }
  });

  test('without a quickstart makes a root AccessKey and no keys', async () => {
    const dataDir = temporaryFolder();
    const instance = await start(dataDir, { settings: BARE });
    expect(existsSync(join(dataDir, 'quickstart'))).toBe(false);
    const root = rootClient(dataDir, instance);
    onTestFinished(() => root.close());
    expect((await root.call('ListKeys')).body.TotalCount).toBe(0);
  });
});

describe('a second start', () => {
  const CHANGING =
    /^(?:store\/|requests\/|audit\/|audit-head\.json|health\.json|metrics\.prom|endpoints\.json)/;

  test('makes nothing anew and serves what the first one left', async () => {
    const dataDir = temporaryFolder();
    const first = await start(dataDir);
    const before = clientOf(dataDir, first);
    const { CiphertextBlob, Iv } = await before.ok('Encrypt', AES);
    await stop(first);
    const files = contents(dataDir, CHANGING);
    const started = performance.now();
    const second = await start(dataDir);
    const elapsed = performance.now() - started;
    process.stdout.write(`a second start took ${elapsed.toFixed(0)} ms\n`);
    expect([second.firstStart, second.instanceId]).toEqual([false, first.instanceId]);
    await vi.waitFor(() => expect(contents(dataDir, CHANGING)).toEqual(files));
    const reply = await clientOf(dataDir, second).ok('Decrypt', { KeyId: AES.KeyId, CiphertextBlob, Iv });
    expect(reply.Plaintext).toEqual(TEXT);
    // Under a second on an idle machine: the bound leaves room for one that is not.
    expect(elapsed).toBeLessThan(5000);
  });

  test('does not bring back what an administrator took away', async () => {
    const dataDir = temporaryFolder();
    const first = await start(dataDir);
    const root = rootClient(dataDir, first);
    onTestFinished(() => root.close());
    const { keyId } = quickstartCredentials(dataDir);
    expect((await root.call('DeleteClientKey', { ClientKeyId: keyId })).status).toBe(200);
    await stop(first);
    const second = await start(dataDir);
    expect(await clientOf(dataDir, second).code('Encrypt', AES)).toBe('Unauthorized');
  });
});

describe('an instance does not start', () => {
  test('with another root key: the error says so, and nothing is changed', async () => {
    const dataDir = temporaryFolder();
    await stop(await start(dataDir, { settings: BARE }));
    const key = readFileSync(join(dataDir, 'root.key'));
    writeFileSync(join(dataDir, 'root.key'), Buffer.alloc(32, 1));
    const before = contents(dataDir, /lock\.mdb$/);
    expect(await refusal(dataDir)).toMatch(/root key/i);
    expect(contents(dataDir, /lock\.mdb$/)).toEqual(before);
    writeFileSync(join(dataDir, 'root.key'), key);
    expect((await start(dataDir)).firstStart).toBe(false);
  });

  test('without its root key, and makes no other', async () => {
    const dataDir = temporaryFolder();
    await stop(await start(dataDir, { settings: { ...BARE, KMS_ROOT_KEY_FILE: join(dataDir, 'kept') } }));
    expect(await refusal(dataDir)).toMatch(/root\.key is missing/);
    expect(existsSync(join(dataDir, 'root.key'))).toBe(false);
  });

  test.each(['KMS_DATA_PLANE_PORT', 'KMS_CONTROL_PLANE_PORT'])('on a port in use (%s)', async (name) => {
    const dataDir = temporaryFolder();
    const holder = createServer().listen(0, '127.0.0.1');
    await once(holder, 'listening');
    onTestFinished(() => void holder.close());
    const { port } = holder.address() as { port: number };
    const text = await refusal(dataDir, { settings: { ...BARE, [name]: String(port) } });
    expect(text).toContain('EADDRINUSE');
    expect(text).toContain(String(port));
    // Everything is closed again: the same directory serves at once.
    expect((await start(dataDir, { settings: BARE })).firstStart).toBe(false);
  });

  test.each<[Record<string, string>, string]>([
    [{ KMS_DATA_PLANE_PROT: '1' }, 'KMS_DATA_PLANE_PROT'],
    [{ KMS_DATA_PLANE_PORT: 'x' }, 'dataPlane.port'],
    [{ KMS_DATA_PLANE_CLIENT_CERTIFICATES: 'maybe' }, 'dataPlane.clientCertificates'],
    [{ KMS_SERVER_NAMES: 'a b' }, 'serverNames'],
    [{ KMS_ROOT_KEY_SOURCE: 'passphrase' }, 'rootKey.passphraseFile'],
  ])('with a setting that is unknown or invalid, and the error names it (%j)', (settings, field) => {
    const dataDir = join(temporaryFolder(), 'data');
    // The configuration is read before anything is done.
    expect(() => startTestInstance(dataDir, { settings })).toThrow(field);
    expect(existsSync(dataDir)).toBe(false);
  });

  test('and the endpoints of an earlier run are gone', async () => {
    const dataDir = temporaryFolder();
    await stop(await start(dataDir, { settings: BARE }));
    writeFileSync(join(dataDir, 'endpoints.json'), '{}');
    writeFileSync(join(dataDir, 'root.key'), Buffer.alloc(31));
    expect(await refusal(dataDir)).toMatch(/root key/);
    expect(existsSync(join(dataDir, 'endpoints.json'))).toBe(false);
  });
});

test('the root key may come from a passphrase', async () => {
  const dataDir = temporaryFolder();
  const file = join(dataDir, 'passphrase');
  const settings = { ...BARE, KMS_ROOT_KEY_SOURCE: 'passphrase', KMS_ROOT_KEY_PASSPHRASE_FILE: file };
  writeFileSync(file, 'correct horse battery staple\n');
  await stop(await start(dataDir, { settings }));
  expect(existsSync(join(dataDir, 'root.key'))).toBe(false);
  writeFileSync(file, 'another horse battery staple\n');
  expect(await refusal(dataDir, { settings })).toMatch(/root key/i);
  writeFileSync(file, 'correct horse battery staple\n');
  expect((await start(dataDir, { settings })).firstStart).toBe(false);
});

test('mutual TLS can be required by configuration', async () => {
  const dataDir = temporaryFolder();
  const instance = await start(dataDir, { settings: { KMS_DATA_PLANE_CLIENT_CERTIFICATES: 'required' } });
  expect(await clientOf(dataDir, instance).code('Encrypt', AES)).toBe('Forbidden.NoPermission');
});

describe('the server certificate', () => {
  async function servedUntil(endpoint: string): Promise<number> {
    const [host, port] = endpoint.split(':');
    const socket = connect({ host: host ?? '', port: Number(port), rejectUnauthorized: false });
    await once(socket, 'secureConnect');
    const { valid_to: until } = socket.getPeerCertificate();
    socket.destroy();
    return Date.parse(until);
  }

  test('is renewed in time without a restart, on both planes, and open connections go on', async () => {
    const dataDir = temporaryFolder();
    let now = Date.now();
    const instance = await start(dataDir, { clock: () => now });
    const client = clientOf(dataDir, instance, () => now);
    const { localPort } = await client.call('Encrypt', AES);
    const first = await servedUntil(instance.dataPlane);
    await instance.scheduler.check();
    expect(await servedUntil(instance.dataPlane)).toBe(first);
    // Honest days, as the scheduler's guard of the clock sees them: none longer than its bound.
    for (const end = first - 59 * DAY_MS; now < end; ) {
      now += DAY_MS - 1;
      await instance.scheduler.check();
    }
    const second = await servedUntil(instance.dataPlane);
    expect(second).toBeGreaterThan(first + 30 * DAY_MS);
    expect(await servedUntil(instance.controlPlane)).toBe(second);
    const answer = await client.call('Encrypt', AES);
    expect([answer.code, answer.localPort]).toEqual(['none', localPort]);
    await stop(instance);
    const again = await start(dataDir, { clock: () => now });
    expect(await servedUntil(again.dataPlane)).toBe(second);
  });

  test('is made anew for other names, under the same authority', async () => {
    const dataDir = temporaryFolder();
    await stop(await start(dataDir, { settings: BARE }));
    const ca = readFileSync(join(dataDir, 'ca.pem'), 'utf8');
    const instance = await start(dataDir, {
      settings: { ...BARE, KMS_SERVER_NAMES: 'kms.example.com,127.0.0.1' },
    });
    expect(readFileSync(join(dataDir, 'ca.pem'), 'utf8')).toBe(ca);
    const [host, port] = instance.dataPlane.split(':');
    const socket = connect({ host: host ?? '', port: Number(port), ca, servername: 'kms.example.com' });
    await once(socket, 'secureConnect');
    expect(socket.authorized).toBe(true);
    socket.destroy();
  });
});

test('a stop answers what is under way, closes idle connections at once, and leaves no endpoints', async () => {
  const dataDir = temporaryFolder();
  const instance = await start(dataDir);
  const client = clientOf(dataDir, instance);
  const sign = { KeyId: 'alias/quickstart-sign', Message: TEXT };
  await Promise.all(Array.from({ length: 5 }, () => client.ok('Sign', sign)));
  const answers = Array.from({ length: 5 }, () => client.call('Sign', sign));
  // The requests are on their way when the first of them has its answer.
  await Promise.race(answers);
  const started = performance.now();
  await stop(instance);
  expect(performance.now() - started).toBeLessThan(4000);
  for (const answer of await Promise.all(answers)) expect(answer.code).toBe('none');
  expect(existsSync(join(dataDir, 'endpoints.json'))).toBe(false);
  await expect(client.call('Sign', sign)).rejects.toThrow(/ECONNREFUSED|ECONNRESET|hang up/);
});

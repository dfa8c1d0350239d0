// How a connection changes from one cluster to another while it is used, without a token: what other processes keep is
// taken over, and what cannot be kept leaves nothing behind.

import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, onTestFinished } from 'vitest';
import type { HsmConfig } from '../../appliance/config-hsm.ts';
import { HsmConnection } from '../../appliance/hsm/hsm-connection.ts';
import { keptFile, readKept, writeKept } from '../../appliance/hsm/kept-settings.ts';
import { connectOffline } from '../../appliance/hsm/offline.ts';
import type { Hsm } from '../../hsm-adapter/index.ts';
import { CHECK_VALUE, type FakeHsmNode, startFakeHsmNode } from '../support/fake-hsm-node.ts';
import { createSecurityDomain, P12_PASSWORD } from '../support/hsm-certificates.ts';
import { until } from '../support/hsm-rig.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const NOTHING = { members: null, clientFile: null, passwordFile: null, caFile: null, serverName: null };
const ANSWER = Buffer.alloc(16, 7);

let folder: string;
let nodes: Readonly<Record<'a' | 'b', FakeHsmNode>>;

beforeEach(async () => {
  folder = temporaryFolder();
  const answer = () => [ANSWER];
  nodes = {
    a: await startFakeHsmNode(folder, 'a', answer),
    b: await startFakeHsmNode(folder, 'b', answer),
  };
});
afterEach(() => Promise.all([nodes.a.close(), nodes.b.close()]));

function keep(name: 'a' | 'b', connect = true): Promise<void> {
  return keepAll([name], connect);
}

function keepAll(names: readonly ('a' | 'b')[], connect = true): Promise<void> {
  const members = names.map((name) => `${name}=unix:${join(folder, `${name}.sock`)}`);
  const domainCheckValue = CHECK_VALUE;
  return writeKept(folder, { members, serverName: null, credentials: null, domainCheckValue, connect });
}

/** Connected to what is kept. */
async function connected(
  errors: string[] = [],
  config: HsmConfig = NOTHING,
  warnings: string[] = [],
): Promise<HsmConnection> {
  const ignore = (): void => undefined;
  const logger = {
    debug: ignore,
    info: ignore,
    warn: (_: object, message: string) => void warnings.push(message),
    error: (_: object, message: string) => void errors.push(message),
  };
  const hsm = new HsmConnection({
    dataDir: folder,
    config,
    environment: {},
    logger,
    clock: Date.now,
  });
  onTestFinished(() => hsm.close());
  const signal = AbortSignal.timeout(10_000);
  await hsm.ready({ create: false, signal, waiting: () => Promise.resolve() });
  return hsm;
}

const prove = async (candidate: Hsm): Promise<void> => {
  if (!(await candidate.random(16)).equals(ANSWER)) throw new Error('another domain key');
};

const memberOf = (hsm: HsmConnection): string | undefined => hsm.describe().members[0]?.name;

it('what another process keeps is taken over, and no request notices', async () => {
  await keep('a');
  const hsm = await connected();
  await keep('b');
  const change = hsm.takeOver().then(() => true);
  let done = false;
  while (!done) done = await Promise.race([change, hsm.random(16).then(() => false)]);
  expect(await hsm.random(16)).toEqual(ANSWER);
  expect(memberOf(hsm)).toBe('b');
  expect(nodes.b.asked.length).toBeGreaterThan(0);
  await until(() => nodes.a.connections.open === 0);
});

it('what is under way when another cluster is taken over is still answered', async () => {
  await keep('a');
  const hsm = await connected();
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  nodes.a.answer = async () => {
    await released;
    return [ANSWER];
  };
  const underWay = hsm.random(16);
  await until(() => nodes.a.asked.length === 1);
  await keep('b');
  await hsm.takeOver();
  release();
  expect(await underWay).toEqual(ANSWER);
});

it('nothing is opened when what is kept did not change', async () => {
  await keep('a');
  const hsm = await connected();
  await keep('a');
  await Promise.all([hsm.takeOver(), hsm.takeOver()]);
  expect(nodes.a.connections).toEqual({ open: 1, total: 1 });
});

it('a client certificate that the configuration names is taken over when its file has changed', async () => {
  const domain = createSecurityDomain(folder);
  const node = await startFakeHsmNode(folder, 'tls', () => [ANSWER], { domain });
  onTestFinished(() => node.close());
  const { endpoint } = node;
  if (endpoint.type !== 'tls') throw new Error('not over TLS');
  const clientFile = join(folder, 'configured.p12');
  copyFileSync(domain.client.p12, clientFile);
  const { passwordFile } = domain.client;
  const members = [`${endpoint.host}:${endpoint.port}`];
  const config = { ...NOTHING, members, clientFile, passwordFile, caFile: domain.caFile };
  await keep('a');
  const warnings: string[] = [];
  const hsm = await connected([], config, warnings);
  await until(() => warnings.length > 0);
  expect(warnings).toEqual(['the certificates for an HSM member end soon: renew them']);
  const [member] = hsm.describe().members;
  expect(Date.parse(member?.certificateEnd ?? '')).toBeLessThan(Date.now() + 3 * 24 * 60 * 60 * 1000);
  await hsm.takeOver();
  expect(node.connections.total).toBe(1);
  // What this node refuses shows that the file was read again.
  copyFileSync(createSecurityDomain(folder).client.p12, clientFile);
  await hsm.takeOver();
  await expect(hsm.random(16)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  copyFileSync(domain.client.p12, clientFile);
  await hsm.takeOver();
  expect(await hsm.random(16)).toEqual(ANSWER);
});

it('a member whose PIN was refused is opened again when the primary tells to', async () => {
  await keepAll(['a', 'b']);
  nodes.b.state = 'pin-rejected';
  const hsm = await connected();
  await hsm.takeOver();
  expect(nodes.b.connections.total).toBe(2);
});

it('changes that follow one another are taken over in turn, the last one stays', async () => {
  await keep('a');
  const hsm = await connected();
  await keep('b');
  const first = hsm.takeOver();
  await keep('a');
  await Promise.all([first, hsm.takeOver()]);
  expect(memberOf(hsm)).toBe('a');
  expect(await hsm.random(16)).toEqual(ANSWER);
});

it('who connects an instance that does not serve lets the domain key be found anew', async () => {
  // The first members were another cluster's: nothing that was learnt from them stands in the way of the right ones.
  await keep('a');
  await connectOffline(folder, { members: [`b=unix:${join(folder, 'b.sock')}`] });
  expect(readKept(folder).domainCheckValue).toBeNull();
  const hsm = await connected();
  expect(hsm.describe()).toMatchObject({ state: 'Connected', domainCheckValue: CHECK_VALUE });
});

it('a disconnection is taken over at once', async () => {
  await keep('a');
  const hsm = await connected();
  await keep('a', false);
  await hsm.takeOver();
  await expect(hsm.random(16)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  expect(hsm.describe().state).toBe('Disconnected');
  await until(() => nodes.a.connections.open === 0);
});

it('what cannot be read is logged, and the cluster stays', async () => {
  await keep('a');
  const errors: string[] = [];
  const hsm = await connected(errors);
  writeFileSync(keptFile(folder), 'damaged', { mode: 0o600 });
  await hsm.takeOver();
  expect(errors).toEqual(['what is kept of the HSM cluster cannot be taken over']);
  expect(await hsm.random(16)).toEqual(ANSWER);
});

it('a connection that ends while it takes over leaves no cluster open', async () => {
  await keep('a');
  const hsm = await connected();
  await keep('b');
  const change = hsm.takeOver();
  hsm.close();
  await change;
  await until(() => nodes.a.connections.open + nodes.b.connections.open === 0);
});

it('a cluster that cannot be kept is closed again, and the one before stays', async () => {
  await keep('a');
  const hsm = await connected();
  // In the way of the file's next version, as a full disk is.
  mkdirSync(`${keptFile(folder)}.new`);
  await expect(hsm.connect({})).rejects.toMatchObject({ code: 'EISDIR' });
  expect(nodes.a.connections.total).toBe(2);
  await until(() => nodes.a.connections.open === 1);
  expect(await hsm.random(16)).toEqual(ANSWER);
});

it('is connected only to members of which each that can be used proves itself', async () => {
  await keep('a');
  const hsm = await connected();
  hsm.proveWith(prove);
  await hsm.connect({});
  nodes.a.answer = () => [Buffer.alloc(16)];
  await expect(hsm.connect({})).rejects.toMatchObject({
    code: 'InvalidParameter',
    message: expect.stringMatching(/Members .* a did not prove/) as string,
  });
  await until(() => nodes.a.connections.open === 1);
});

it('a good member does not speak for another one', async () => {
  await keep('a');
  const hsm = await connected();
  await keepAll(['a', 'b']);
  await hsm.takeOver();
  nodes.b.answer = () => [Buffer.alloc(16)];
  hsm.proveWith(prove);
  await expect(hsm.connect({})).rejects.toMatchObject({ code: 'InvalidParameter' });
});

it('new members of which none can be used are not connected after a disconnection either', async () => {
  await keep('a');
  const hsm = await connected();
  hsm.proveWith(() => Promise.resolve());
  await hsm.disconnect();
  const domain = createSecurityDomain(folder);
  const credentials = { clientP12: domain.client.pfx, password: P12_PASSWORD, rootCa: domain.ca.toString() };
  const told = hsm.connect({ members: ['b=127.0.0.1:1'], credentials });
  await expect(told).rejects.toMatchObject({ code: 'Rejected.StateModifiedFailed' });
  // The members that were there may be away.
  await nodes.a.close();
  await hsm.connect({});
  expect(memberOf(hsm)).toBe('a');
});

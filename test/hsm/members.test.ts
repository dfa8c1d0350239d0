// The kinds of members a cluster can have, and what a member says that cannot be reached or used.

import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, onTestFinished } from 'vitest';
import type { HsmConfig } from '../../appliance/config-hsm.ts';
import type { HsmDescription } from '../../appliance/core/ports/hsm-administration.ts';
import { HsmConnection } from '../../appliance/hsm/hsm-connection.ts';
import { connectOffline } from '../../appliance/hsm/offline.ts';
import { createLogger } from '../../appliance/ops/logger.ts';
import { createSecurityDomain, P12_PASSWORD, type SecurityDomain } from '../support/hsm-certificates.ts';
import { type HsmNode, startHsmNode } from '../support/hsm-node.ts';
import { present } from '../support/present.ts';
import { createSoftHsmToken, type SoftHsmToken } from '../support/softhsm.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const NOTHING: HsmConfig = {
  members: null,
  clientFile: null,
  passwordFile: null,
  caFile: null,
  serverName: null,
};
const ONE = ['--processes', '1'];

let folder: string;
let domain: SecurityDomain;
let token: SoftHsmToken;
const nodes: HsmNode[] = [];

beforeEach(() => {
  folder = temporaryFolder();
  domain = createSecurityDomain(folder);
  token = createSoftHsmToken(folder, 'kms');
});
afterEach(async () => {
  await Promise.all(nodes.splice(0).map((node) => node.stop()));
});

function connection(config: HsmConfig = NOTHING, env: Record<string, string> = {}): HsmConnection {
  const environment = { ...process.env, ...env };
  const logger = createLogger('silent');
  const made = new HsmConnection({ dataDir: folder, config, environment, logger, clock: Date.now });
  onTestFinished(() => made.close());
  return made;
}

/** Waits until the connection is usable, or until what it says while it waits is as expected. */
async function ready(
  hsm: HsmConnection,
  create: boolean,
  expected?: (said: HsmDescription) => boolean,
): Promise<void> {
  const done = new AbortController();
  const waiting = (said: HsmDescription): Promise<void> => {
    if (expected?.(said) === true) done.abort();
    return Promise.resolve();
  };
  const signal = AbortSignal.any([done.signal, AbortSignal.timeout(20_000)]);
  await hsm.ready({ create, signal, waiting }).catch((error: unknown) => {
    if (!done.signal.aborted) throw error;
  });
  if (expected !== undefined) expect(done.signal.aborted).toBe(true);
}

async function node(args: Partial<Parameters<typeof startHsmNode>[0]> = {}): Promise<HsmNode> {
  const started = await startHsmNode({ token, domain, args: ONE, ...args });
  nodes.push(started);
  return started;
}

function credentials(client = domain.client) {
  return { clientP12: client.pfx, password: P12_PASSWORD, rootCa: domain.ca.toString() };
}

it('a module on this machine is opened by a child process of the instance', async () => {
  const member = `pkcs11:token=${token.label}?module-path=${token.module}&pin-source=${token.pinFile}@here`;
  const hsm = connection({ ...NOTHING, members: [member] }, token.env);
  await ready(hsm, true);
  expect(hsm.describe()).toMatchObject({
    state: 'Connected',
    usableMembers: 1,
    members: [{ name: 'kms', zone: 'here', tokenLabel: 'kms' }],
  });
  const key = await hsm.generate('EC_P256');
  expect(key.publicKey).not.toBeNull();
}, 60_000);

it('a PIN that a token refused is not tried again by a later process, until its file changes', async () => {
  const member = `pkcs11:token=${token.label}?module-path=${token.module}&pin-source=${token.pinFile}`;
  const config = { ...NOTHING, members: [member] };
  const isRefused = ({ members }: HsmDescription) => members[0]?.state === 'pin-rejected';
  const right = readFileSync(token.pinFile);
  writeFileSync(token.pinFile, '0000');
  const written = statSync(token.pinFile);
  const first = connection(config, token.env);
  await ready(first, true, isRefused);
  first.close();
  // The right PIN in a file that looks the same tells whether it is tried.
  writeFileSync(token.pinFile, right);
  utimesSync(token.pinFile, written.atime, new Date(0));
  const known = readdirSync(folder).find((name) => name.startsWith('hsm-pin-refused-'));
  const { ino, mtimeNs } = statSync(token.pinFile, { bigint: true });
  writeFileSync(join(folder, present(known)), `${ino} ${mtimeNs}\n`);
  const second = connection(config, token.env);
  await ready(second, true, isRefused);
  second.close();
  utimesSync(token.pinFile, written.atime, new Date());
  await ready(connection(config, token.env), true);
}, 60_000);

it('a node behind a Unix socket needs no certificates', async () => {
  const path = join(folder, 'node.sock');
  await node({ door: ['--listen-unix', path] });
  const hsm = connection({ ...NOTHING, members: [`unix:${path}`] });
  await ready(hsm, true);
  expect((await hsm.random(16)).length).toBe(16);
}, 60_000);

it('a first start waits until each member is admitted to the domain key, then goes on by itself', async () => {
  const admit = join(folder, 'admitted');
  writeFileSync(admit, '');
  const first = await node({ admit });
  const second = await node({ admit, token: createSoftHsmToken(folder, 'kms-b') });
  const members = [`a=127.0.0.1:${first.port}`, `b=127.0.0.1:${second.port}`];
  await connectOffline(folder, { members, credentials: credentials() });
  const hsm = connection();
  await ready(hsm, true, ({ state, reason }) => {
    return state === 'Connecting' && reason === 'members have not received the domain key: b (NOT_ADMITTED)';
  });
  expect(hsm.describe()).toMatchObject({ state: 'Connecting', usableMembers: 1 });
  const offered = second.log.find(({ msg }) => msg === 'this member offered its key for the domain key');
  writeFileSync(admit, `${present(offered?.fingerprint)}\n`);
  await ready(hsm, true);
  expect(hsm.describe()).toMatchObject({ state: 'Connected', reason: '', usableMembers: 2 });
}, 60_000);

it.each([['unix:/run/node.sock'], ['pkcs11:token=kms?module-path=/tmp/other.so&pin-source=/tmp/pin']])(
  'a running instance is not told of members on its machine: %s',
  async (member) => {
    const hsm = connection();
    const told = hsm.connect({ members: ['a=127.0.0.1:1', member], credentials: credentials() });
    await expect(told).rejects.toMatchObject({
      code: 'InvalidParameter',
      message: expect.stringMatching(/parameter Members .* on this machine/) as string,
    });
    expect(existsSync(join(folder, 'hsm.json'))).toBe(false);
    expect(hsm.describe().state).toBe('Uninitialized');
  },
);

it('a domain key is made only when all members are there, and its check value outlives the settings file', async () => {
  const { port } = await node();
  const members = [`a=127.0.0.1:${port}`, 'b=127.0.0.1:1'];
  await connectOffline(folder, { members, credentials: credentials() });
  await ready(connection(), true, ({ reason }) => reason.includes('when all members are there'));
  await connectOffline(folder, { members: members.slice(0, 1) });
  const hsm = connection();
  await ready(hsm, true);
  const { domainCheckValue } = hsm.describe();
  expect(JSON.parse(readFileSync(join(folder, 'hsm.json'), 'utf8'))).toMatchObject({ domainCheckValue });

  rmSync(join(folder, 'hsm.json'));
  await connectOffline(folder, { members: members.slice(0, 1), credentials: credentials() });
  const again = connection();
  await ready(again, false);
  expect(again.describe().domainCheckValue).toBe(domainCheckValue);
}, 60_000);

it('an instance with a store never makes a domain key', async () => {
  const { port } = await node();
  await connectOffline(folder, { members: [`127.0.0.1:${port}`], credentials: credentials() });
  const hsm = connection();
  await ready(hsm, false, ({ reason }) => reason.includes('No member has the domain key'));
  expect(hsm.describe()).toMatchObject({ state: 'Connecting', members: [{ state: 'unsynchronised' }] });
}, 60_000);

it('a client certificate that the node does not take, and an authority that is not its, are told as such', async () => {
  const { port } = await node();
  const members = [`127.0.0.1:${port}`];
  await connectOffline(folder, { members, credentials: credentials(domain.expired) });
  await ready(
    connection(),
    true,
    ({ state, reason }) => state === 'Connecting' && reason.includes('may not take this client'),
  );
  const other = createSecurityDomain(folder);
  await connectOffline(folder, { members, credentials: { ...credentials(), rootCa: other.ca.toString() } });
  await ready(connection(), true, ({ reason }) => /SELF_SIGNED|UNABLE_TO_VERIFY|SIGNATURE/.test(reason));
}, 60_000);

it('a file of the configuration that is put right is taken up without a restart', async () => {
  const { port } = await node();
  const passwordFile = join(folder, 'client.password');
  const config = {
    ...NOTHING,
    members: [`127.0.0.1:${port}`],
    clientFile: domain.client.p12,
    passwordFile,
    caFile: domain.caFile,
  };
  const hsm = connection(config);
  await ready(hsm, true, ({ state, reason }) => state === 'Error' && reason.includes('client.password'));
  writeFileSync(passwordFile, `${P12_PASSWORD}\n`, { mode: 0o600 });
  await ready(hsm, true);
  expect(hsm.describe().state).toBe('Connected');
}, 60_000);

it('a member that takes the connection and says nothing does not hold up a start', async () => {
  const { port } = await node();
  await connectOffline(folder, { members: [`a=127.0.0.1:${port}`], credentials: credentials() });
  await ready(connection(), true);
  const silent = createServer(() => undefined).listen(0, '127.0.0.1');
  onTestFinished(() => void silent.close());
  await once(silent, 'listening');
  const { port: silentPort } = silent.address() as AddressInfo;
  await connectOffline(folder, { members: [`a=127.0.0.1:${port}`, `b=127.0.0.1:${silentPort}`] });
  const hsm = connection();
  const startedAt = performance.now();
  await ready(hsm, false);
  // Less than the time after which the silent member is given up.
  expect(performance.now() - startedAt).toBeLessThan(4_000);
  expect(hsm.describe()).toMatchObject({ usableMembers: 1, members: [{}, { state: 'disconnected' }] });
  hsm.close();
}, 60_000);

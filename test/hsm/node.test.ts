// The doors of hsm-node: who may come in, what is refused, and that nothing sent to it brings it down.

import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { connect as connectTcp, type Socket } from 'node:net';
import { join } from 'node:path';
import { connect as connectTls, type SecureVersion, type TLSSocket } from 'node:tls';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { RequestChannel } from '../../hsm-adapter/frame-channel.ts';
import { openHsmCluster } from '../../hsm-adapter/index.ts';
import { encodeRequest, OPERATIONS, type Operation } from '../../hsm-adapter/node-protocol.ts';
import { createSecurityDomain, P12_PASSWORD, type SecurityDomain } from '../support/hsm-certificates.ts';
import {
  endpointOf,
  type HsmNode,
  NODE_PROGRAM,
  startHsmNode,
  TSX,
  tokenArguments,
} from '../support/hsm-node.ts';
import { createHsmRig, type HsmRig, until } from '../support/hsm-rig.ts';
import { present } from '../support/present.ts';
import { createSoftHsmToken } from '../support/softhsm.ts';

let rig: HsmRig;
let node: HsmNode;
let stranger: SecurityDomain;
beforeAll(async () => {
  rig = await createHsmRig({ members: 1, args: ['--processes', '1', '--max-connections', '6'] });
  node = present(rig.nodes[0]);
  stranger = createSecurityDomain(rig.folder);
});
afterAll(() => rig.close());

const HELLO = { operation: 'hello', fields: [Buffer.of(1, 1)], deadlineMs: 10_000 } as const;

function dialRaw(maxVersion: SecureVersion = 'TLSv1.3', client = rig.domain.client): TLSSocket {
  const { pfx } = client;
  const socket = connectTls({
    ...{ host: '127.0.0.1', port: node.port, pfx, passphrase: P12_PASSWORD, ca: rig.domain.ca },
    ...{
      maxVersion,
      minVersion: 'TLSv1',
      ciphers: 'DEFAULT@SECLEVEL=0',
      checkServerIdentity: () => undefined,
    },
  });
  socket.on('error', () => undefined);
  return socket;
}

async function greeted(socket: TLSSocket): Promise<RequestChannel> {
  const channel = new RequestChannel(socket, {
    monotonic: () => performance.now(),
    onClose: () => undefined,
  });
  await channel.call(HELLO);
  return channel;
}

async function serves(): Promise<boolean> {
  return (await rig.cluster.random(8)).length === 8;
}

it.each(['TLSv1.2', 'TLSv1.3'] as const)('speaks %s', async (version) => {
  const socket = dialRaw(version);
  const channel = await greeted(socket);
  expect(socket.getProtocol()).toBe(version);
  channel.close();
});

it('does not speak TLS 1.1', async () => {
  const socket = dialRaw('TLSv1.1');
  await new Promise((resolve) => socket.once('close', resolve));
  expect(socket.getProtocol()).not.toBe('TLSv1.1');
});

it.each([
  ['of another authority', () => stranger.client],
  ['expired', () => rig.domain.expired],
  ['of the same authority, but not the imported one', () => rig.domain.server],
])('refuses a client certificate that is %s', async (_what, client) => {
  const endpoint = endpointOf(node, rig.domain, client());
  const cluster = openHsmCluster({
    members: [{ name: 'm', endpoint }],
    domainCheckValue: rig.domainCheckValue,
  });
  try {
    await until(() => present(cluster.status().members[0]).reconnects > 1);
    expect(cluster.status().members[0]).toMatchObject({
      state: 'disconnected',
      lastError: { code: 'UNAVAILABLE' },
    });
    await expect(cluster.random(8)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  } finally {
    cluster.close();
  }
  expect(await serves()).toBe(true);
});

it.each([
  ['of another authority', () => ({ ca: stranger.ca })],
  ['without the name it should have', () => ({ serverName: 'hsm.example' })],
])('a server certificate %s is not believed', async (_what, change) => {
  const endpoint = { ...endpointOf(node, rig.domain), ...change() };
  const cluster = openHsmCluster({ members: [{ name: 'm', endpoint }], domainCheckValue: null });
  try {
    await cluster.firstContact();
    expect(present(cluster.status().members[0]).state).toBe('disconnected');
  } finally {
    cluster.close();
  }
});

it('the certificate of a client does not pass for that of a server', async () => {
  const token = createSoftHsmToken(rig.folder, 'impostor');
  const domain = { ...rig.domain, server: rig.domain.client };
  const impostor = await startHsmNode({ token, domain, args: ['--processes', '1'] });
  const endpoint = endpointOf(impostor, rig.domain);
  const cluster = openHsmCluster({ members: [{ name: 'm', endpoint }], domainCheckValue: null });
  try {
    await cluster.firstContact();
    expect(present(cluster.status().members[0]).state).toBe('disconnected');
  } finally {
    cluster.close();
    await impostor.stop();
  }
});

it('connections over the limit are refused while those within it work on', async () => {
  const channels: RequestChannel[] = [];
  const refused = await (async () => {
    for (let count = 0; count < 8; count += 1) {
      try {
        channels.push(await greeted(dialRaw()));
      } catch {
        return true;
      }
    }
    return false;
  })();
  expect(refused).toBe(true);
  expect(channels.length).toBeGreaterThan(0);
  for (const channel of channels) await channel.call({ operation: 'ping', fields: [], deadlineMs: 5_000 });
  expect(await serves()).toBe(true);
  for (const channel of channels) channel.close();
});

it('connections that only knock are refused beyond a bound, and the client still comes in', async () => {
  const sockets = Array.from({ length: 90 }, () => connectTcp({ host: '127.0.0.1', port: node.port }));
  const refused = new Set<Socket>();
  for (const socket of sockets) {
    socket.on('error', () => undefined);
    socket.once('close', () => refused.add(socket));
  }
  await until(() => refused.size >= 20);
  expect(node.log.some(({ msg }) => msg === 'a connection was refused before its handshake: too many')).toBe(
    true,
  );
  expect(await serves()).toBe(true);
  for (const socket of sockets) socket.destroy();
});

it('a client certificate and its successor are both let in while one follows the other', async () => {
  const client = join(rig.folder, 'both.pem');
  const successor = rig.domain.anotherClient();
  writeFileSync(client, [rig.domain.client, successor].map(({ pem }) => readFileSync(pem, 'utf8')).join(''));
  const token = present(rig.tokens[0]);
  const args = ['--processes', '1'];
  const both = await startHsmNode({ token, domain: rig.domain, client: { pem: client }, args });
  try {
    for (const known of [rig.domain.client, successor]) {
      const members = [{ name: 'm', endpoint: endpointOf(both, rig.domain, known) }];
      const cluster = openHsmCluster({ members, domainCheckValue: rig.domainCheckValue });
      await until(() => present(cluster.status().members[0]).state === 'usable');
      cluster.close();
    }
  } finally {
    await both.stop();
  }
});

it('answers nothing before hello, and nobody who speaks no common version', async () => {
  const early = new RequestChannel(dialRaw(), {
    monotonic: () => performance.now(),
    onClose: () => undefined,
  });
  const ping = early.call({ operation: 'ping', fields: [], deadlineMs: 10_000 });
  await expect(ping).rejects.toMatchObject({ code: 'PROTOCOL' });
  early.close();
  const future = new RequestChannel(dialRaw(), {
    monotonic: () => performance.now(),
    onClose: () => undefined,
  });
  const hello = future.call({ ...HELLO, fields: [Buffer.of(7, 9)] });
  await expect(hello).rejects.toMatchObject({ code: 'PROTOCOL' });
  future.close();
});

it('random bytes, frames and fields never bring the node or its token processes down', async () => {
  const processes = [...node.tokenProcesses('fast'), ...node.tokenProcesses('slow')];
  const names = Object.keys(OPERATIONS) as Operation[];
  // What makes keys in the token or waits for a generation is left out of this one: it would only be slow.
  const usable = names.filter((name) => OPERATIONS[name].lane !== 'slow' || name.startsWith('import'));
  const field = fc.oneof(
    fc.uint8Array({ maxLength: 64 }),
    fc
      .constantFrom('AES_GCM', 'AES_ECB', 'RSA_OAEP_SHA_256', 'EC_P256', 'AES_256')
      .map((name) => Buffer.from(name)),
  );
  const frame = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc
      .record({ name: fc.constantFrom(...usable), fields: fc.array(field, { maxLength: 6 }) })
      .map(({ name, fields }) => encodeRequest({ id: 1, operation: name, deadlineMs: 1_000, fields })),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(frame, { minLength: 1, maxLength: 20 }), async (frames) => {
      const socket = dialRaw();
      const channel = await greeted(socket);
      for (const bytes of frames) socket.write(bytes);
      // Answered, cut off, or waiting for the rest of a frame: the connection's own business.
      await channel.call({ operation: 'ping', fields: [], deadlineMs: 100 }).catch(() => undefined);
      channel.close();
      return serves();
    }),
    { numRuns: 40 },
  );
  expect([...node.tokenProcesses('fast'), ...node.tokenProcesses('slow')]).toEqual(processes);
});

it('a frame over the limit costs its sender the connection', async () => {
  const socket = dialRaw();
  await greeted(socket);
  const closed = once(socket, 'close');
  socket.write(Buffer.from('ffffffff', 'hex'));
  await closed;
  expect(await serves()).toBe(true);
});

it('1,000 reconnects leave the memory of the node flat', async () => {
  const residentKiB = () =>
    Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${node.pid}/status`, 'utf8'))?.[1]);
  const reconnect = async (times: number) => {
    for (let count = 0; count < times; count += 1) {
      const channel = await greeted(dialRaw());
      channel.close();
    }
  };
  await reconnect(300);
  const before = residentKiB();
  await reconnect(700);
  expect(residentKiB() - before).toBeLessThan(24 * 1024);
  expect(await serves()).toBe(true);
}, 120_000);

it('a wrong PIN is tried once, and the node says what it waits for', async () => {
  const token = createSoftHsmToken(rig.folder, 'locked');
  writeFileSync(token.pinFile, '0000');
  const locked = await startHsmNode({ token, domain: rig.domain, args: ['--processes', '3'] });
  const members = [{ name: 'm', endpoint: endpointOf(locked, rig.domain) }];
  const cluster = openHsmCluster({ members, domainCheckValue: null });
  try {
    await until(() => present(cluster.status().members[0]).state === 'pin-rejected');
    expect(locked.log.filter(({ msg }) => msg === 'a token process started')).toHaveLength(1);
    expect(JSON.stringify(locked.log)).not.toContain('0000"');
  } finally {
    cluster.close();
    await locked.stop();
  }
});

it.each([
  ['--processes', '64'],
  ['--hang-ms', '2501'],
])('%s %s is beyond what works, and stops the start', async (...args) => {
  const token = present(rig.tokens[0]);
  await expect(startHsmNode({ token, domain: rig.domain, args })).rejects.toThrow('hsm-node ended');
});

it('a PIN file that others can read stops the start', async () => {
  const token = createSoftHsmToken(rig.folder, 'open');
  chmodSync(token.pinFile, 0o640);
  await expect(startHsmNode({ token, domain: rig.domain })).rejects.toThrow('0600');
});

it('a token that is not there is waited for', async () => {
  const token = createSoftHsmToken(rig.folder, 'late');
  token.remove();
  const late = await startHsmNode({ token, domain: rig.domain, args: ['--processes', '1'] });
  const members = [{ name: 'm', endpoint: endpointOf(late, rig.domain) }];
  const cluster = openHsmCluster({ members, domainCheckValue: null });
  const state = () => present(cluster.status().members[0]).state;
  try {
    await until(() => late.log.some(({ msg }) => msg === 'a token process ended'));
    await until(() => state() === 'broken');
    token.empty();
    await until(() => state() === 'unsynchronised', 30_000);
  } finally {
    cluster.close();
    await late.stop();
  }
});

it('serves a parent over an inherited socket', async () => {
  const token = present(rig.tokens[0]);
  const env = { ...process.env, ...token.env } as Record<string, string>;
  const args = [...TSX, NODE_PROGRAM, 'serve', ...tokenArguments(token), '--processes', '1', '--parent'];
  const cluster = openHsmCluster({
    members: [{ name: 'child', endpoint: { type: 'process', command: process.execPath, args, env } }],
    domainCheckValue: rig.domainCheckValue,
  });
  try {
    await until(() => present(cluster.status().members[0]).state === 'usable');
    const key = await cluster.generate('EC_P256');
    expect((await cluster.sign(key, 'ECDSA_SHA_256', randomBytes(32))).length).toBeGreaterThan(60);
  } finally {
    cluster.close();
  }
});

it('serves its own host over a Unix socket that nobody else may use, also after it was killed', async () => {
  const path = join(rig.folder, 'node.sock');
  const options = {
    token: present(rig.tokens[0]),
    domain: rig.domain,
    door: ['--listen-unix', path],
    args: ['--processes', '1'],
  };
  const killed = await startHsmNode(options);
  expect(statSync(path).mode & 0o077).toBe(0);
  await killed.stop('SIGKILL');
  const again = await startHsmNode(options);
  const members = [{ name: 'local', endpoint: { type: 'unix', path } as const }];
  const cluster = openHsmCluster({ members, domainCheckValue: rig.domainCheckValue });
  try {
    await until(() => present(cluster.status().members[0]).state === 'usable');
    expect((await cluster.random(8)).length).toBe(8);
  } finally {
    cluster.close();
    await again.stop();
  }
});

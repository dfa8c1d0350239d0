// The domain key of a cluster: shared by its members, never by others; what a token without it, or emptied, may do.

import { createHash, generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { dial, type Endpoint } from '../../hsm-adapter/endpoint.ts';
import { RequestChannel } from '../../hsm-adapter/frame-channel.ts';
import type { SyncReport } from '../../hsm-adapter/index.ts';
import { type HsmNodeOptions, startHsmNode } from '../support/hsm-node.ts';
import { createHsmRig, type HsmRig, until } from '../support/hsm-rig.ts';
import { present } from '../support/present.ts';

const MESSAGE = Buffer.from('message');
const DIGEST = createHash('sha256').update(MESSAGE).digest();

let rig: HsmRig;
beforeEach(async () => {
  rig = await createHsmRig({ members: 2, args: ['--processes', '1'] });
});
afterEach(() => rig.close());

function memberStates(cluster = rig.cluster): string[] {
  return cluster.status().members.map(({ state }) => state);
}

/** A cluster of one of the rig's members alone. */
function only(index: number, domainCheckValue: string | null = rig.domainCheckValue) {
  const { endpoint } = present(rig.members()[index]);
  return rig.connect({ members: [{ name: `only-${index}`, endpoint }], domainCheckValue });
}

it('a key made on one member works on the other, and both show the same check value', async () => {
  const first = only(0);
  const second = only(1);
  await Promise.all([first.firstContact(), second.firstContact()]);
  const aes = await first.generate('AES_256');
  const { iv, ciphertext } = await first.encrypt(aes, 'AES_GCM', { plaintext: MESSAGE });
  expect((await second.decrypt(aes, 'AES_GCM', { iv, ciphertext })).equals(MESSAGE)).toBe(true);
  const rsa = await second.generate('RSA_2048');
  const signatures = await Promise.all(
    [first, second].map((one) => one.sign(rsa, 'RSA_PKCS1_SHA_256', DIGEST)),
  );
  expect(present(signatures[0]).equals(present(signatures[1]))).toBe(true);
  const checkValues = rig.cluster.status().members.map(({ token }) => token?.checkValue);
  expect(checkValues).toEqual([rig.domainCheckValue, rig.domainCheckValue]);
});

it('synchronising again changes nothing', async () => {
  const report = await rig.cluster.synchronise({ create: true });
  expect(report.domainCheckValue).toBe(rig.domainCheckValue);
  expect(report.members.map(({ outcome }) => outcome)).toEqual(['had-it', 'had-it']);
});

it('a member that comes back with an emptied token serves again after a synchronisation from the other', async () => {
  const key = await rig.cluster.generate('AES_256');
  const { iv, ciphertext } = await rig.cluster.encrypt(key, 'AES_GCM', { plaintext: MESSAGE });
  // The member that made the domain key is the one that loses it.
  await present(rig.nodes[0]).stop('SIGKILL');
  present(rig.tokens[0]).empty();
  await rig.restart(0);
  await until(() => memberStates()[0] === 'unsynchronised');
  expect((await rig.cluster.decrypt(key, 'AES_GCM', { iv, ciphertext })).equals(MESSAGE)).toBe(true);
  const report = await rig.cluster.synchronise();
  expect(report.members.map(({ outcome }) => outcome)).toEqual(['received', 'had-it']);
  expect(memberStates()).toEqual(['usable', 'usable']);
  const alone = only(0);
  await alone.firstContact();
  expect((await alone.decrypt(key, 'AES_GCM', { iv, ciphertext })).equals(MESSAGE)).toBe(true);
});

it('a token that is emptied under a running node is noticed, and its keys are not used from then on', async () => {
  present(rig.tokens[0]).empty();
  await until(() => memberStates()[0] === 'unsynchronised');
  await rig.cluster.synchronise();
  await until(() => memberStates().every((state) => state === 'usable'));
});

it('a member with another domain key is left alone, and a cluster that does not know its own refuses to guess', async () => {
  present(rig.tokens[0]).empty();
  const stranger = only(0, null);
  await stranger.firstContact();
  await until(() => memberStates(stranger)[0] === 'unsynchronised');
  await expect(stranger.generate('AES_256')).rejects.toMatchObject({ code: 'DOMAIN_KEY_MISSING' });
  await expect(stranger.synchronise()).rejects.toMatchObject({ code: 'DOMAIN_KEY_MISSING' });
  const { domainCheckValue } = await stranger.synchronise({ create: true });
  expect(domainCheckValue).not.toBe(rig.domainCheckValue);
  const report = await rig.cluster.synchronise();
  expect(report.members.map(({ outcome }) => outcome)).toEqual(['foreign', 'had-it']);
  expect(memberStates()).toEqual(['foreign', 'usable']);
  const unsure = rig.connect();
  await expect(unsure.synchronise({ create: true })).rejects.toMatchObject({ code: 'DOMAIN_KEY_MISMATCH' });
  const key = await rig.cluster.generate('AES_128');
  const using = stranger.encrypt(key, 'AES_GCM', { plaintext: MESSAGE });
  await expect(using).rejects.toMatchObject({ code: 'DOMAIN_KEY_MISMATCH' });
});

it('a cluster whose domain key is known never makes another, even if every token was emptied', async () => {
  for (const token of rig.tokens) token.empty();
  await until(() => memberStates().every((state) => state === 'unsynchronised'));
  await expect(rig.cluster.synchronise({ create: true })).rejects.toMatchObject({
    code: 'DOMAIN_KEY_MISSING',
  });
  await expect(rig.cluster.generate('AES_256')).rejects.toMatchObject({ code: 'DOMAIN_KEY_MISSING' });
});

const REFUSED = 'a key that is not admitted asked for the domain key: it was refused';
const OFFERED = 'this member offered its key for the domain key';

/** Starts the second member, the only one that is left with the domain key, again: with these options. */
async function holderAlone(options: Pick<HsmNodeOptions, 'admit' | 'door'>): Promise<void> {
  present(rig.tokens[0]).empty();
  await until(() => memberStates()[0] === 'unsynchronised');
  await present(rig.nodes[1]).stop();
  await rig.restart(1, options);
  await until(() => memberStates()[1] === 'usable');
}

function firstOutcome({ members }: SyncReport) {
  const { outcome, error } = present(members[0]);
  return { outcome, error };
}

function logged(index: number, msg: string): string[] {
  return present(rig.nodes[index])
    .log.filter((line) => line.msg === msg)
    .map(({ fingerprint }) => present(fingerprint));
}

/** What a client with the cluster's certificate gets for a key of his own. */
async function askFor(endpoint: Endpoint, key: Buffer): Promise<readonly Buffer[]> {
  const stream = await dial(endpoint);
  const channel = new RequestChannel(stream, {
    monotonic: () => performance.now(),
    onClose: () => undefined,
  });
  try {
    await channel.call({ operation: 'hello', fields: [Buffer.of(1, 1)], deadlineMs: 3_000 });
    return await channel.call({ operation: 'domainHandOver', fields: [key], deadlineMs: 30_000 });
  } finally {
    channel.close();
  }
}

it('a node without --admit hands the domain key to nobody who connects, member or not', async () => {
  await holderAlone({ admit: null });
  expect(firstOutcome(await rig.cluster.synchronise())).toEqual({ outcome: 'failed', error: 'NOT_ADMITTED' });
  expect(memberStates()).toEqual(['unsynchronised', 'usable']);
  await until(() => logged(0, OFFERED).length > 0 && logged(1, REFUSED).length > 0);
  expect(logged(1, REFUSED)).toEqual(logged(0, OFFERED).slice(-1));

  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 3072 });
  const own = publicKey.export({ format: 'der', type: 'spki' });
  const asking = askFor(present(rig.members()[1]).endpoint, own);
  await expect(asking).rejects.toMatchObject({ code: 'NOT_ADMITTED' });
  await until(() => logged(1, REFUSED).length > 1);
  expect(logged(1, REFUSED)[1]).toBe(createHash('sha256').update(own).digest('hex'));
});

it('a node hands the domain key to members in its list alone, which it reads at each hand-over', async () => {
  const list = join(rig.folder, 'admitted');
  const write = (text: string) => writeFileSync(list, text, { mode: 0o600 });
  write('');
  await holderAlone({ admit: list });
  const refused = { outcome: 'failed', error: 'NOT_ADMITTED' };
  expect(firstOutcome(await rig.cluster.synchronise())).toEqual(refused);
  await until(() => logged(1, REFUSED).length > 0);
  const fingerprint = present(logged(1, REFUSED)[0]);
  for (const text of ['0'.repeat(64), `# ${fingerprint}`, `${fingerprint}\nnot a fingerprint`]) {
    write(`${text}\n`);
    expect(firstOutcome(await rig.cluster.synchronise())).toEqual(refused);
  }
  write(`# members\n${'0'.repeat(64)}\n${fingerprint} # member-0\n`);
  expect(firstOutcome(await rig.cluster.synchronise())).toEqual({ outcome: 'received', error: null });
  expect(memberStates()).toEqual(['usable', 'usable']);
});

it('a node whose door is for its own host hands the domain key over without --admit', async () => {
  const path = join(rig.folder, 'node.sock');
  const [token, member] = [present(rig.tokens[1]), present(rig.members()[0])];
  const local = await startHsmNode({
    token,
    domain: rig.domain,
    door: ['--listen-unix', path],
    args: ['--processes', '1'],
  });
  try {
    present(rig.tokens[0]).empty();
    await until(() => memberStates()[0] === 'unsynchronised');
    const members = [member, { name: 'local', endpoint: { type: 'unix', path } as const }];
    const cluster = rig.connect({ members, domainCheckValue: rig.domainCheckValue });
    await until(() => cluster.status().members.every(({ token: there }) => there !== null));
    expect(firstOutcome(await cluster.synchronise())).toEqual({ outcome: 'received', error: null });
  } finally {
    await local.stop();
  }
});

it('a node does not start with a list of admitted keys that it cannot use', async () => {
  const [token, list] = [present(rig.tokens[1]), join(rig.folder, 'admitted')];
  const start = () => startHsmNode({ token, domain: rig.domain, admit: list });
  await expect(start()).rejects.toThrow('ENOENT');
  writeFileSync(list, 'AB:CD\n', { mode: 0o600 });
  await expect(start()).rejects.toThrow('one SHA-256 fingerprint a line');
});

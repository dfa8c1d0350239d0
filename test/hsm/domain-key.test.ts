// The domain key of a cluster: shared by its members, never by others; what a token without it, or emptied, may do.

import { createHash } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
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

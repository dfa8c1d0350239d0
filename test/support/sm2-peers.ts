// Other people's SM2, each with the same four calls: the sm-crypto package, and the openssl command where there is one.
// Signatures are DER over the message and the default identity; ciphertext is raw C1 | C3 | C2.

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import smCrypto from 'sm-crypto';
import { encodePkcs8, encodeSpki } from '../../sm/index.js';
import { bytes32, insideDer, number, rawToDer } from './sm2-oracle.ts';

export interface Sm2Key {
  readonly scalar: Buffer;
  readonly point: Buffer;
}

export interface Sm2Peer {
  sign(key: Sm2Key, message: Buffer): Buffer;
  verify(key: Sm2Key, message: Buffer, signature: Buffer): boolean;
  encrypt(key: Sm2Key, plaintext: Buffer): Buffer;
  /** Empty when it does not decrypt. */
  decrypt(key: Sm2Key, ciphertext: Buffer): Buffer;
}

const { sm2 } = smCrypto;
const OPTIONS = { der: true, hash: true };
const hex = (bytes: Buffer) => bytes.toString('hex');

export const smCryptoPeer: Sm2Peer = {
  sign: ({ scalar }, message) => Buffer.from(sm2.doSignature([...message], hex(scalar), OPTIONS), 'hex'),
  verify: ({ point }, message, signature) =>
    sm2.doVerifySignature([...message], hex(signature), hex(point), OPTIONS),
  encrypt: ({ point }, plaintext) => Buffer.from(`04${sm2.doEncrypt([...plaintext], hex(point), 1)}`, 'hex'),
  decrypt: ({ scalar }, ciphertext) =>
    Buffer.from(sm2.doDecrypt(hex(ciphertext.subarray(1)), hex(scalar), 1, { output: 'array' })),
};

const listed = spawnSync('openssl', ['list', '-public-key-algorithms']);
export const hasOpenssl = listed.error === undefined && listed.stdout.includes('SM2');

export interface OpensslPeer extends Sm2Peer {
  /** Removes the folder with the keys that were handed over. */
  close(): void;
}

export function opensslPeer(): OpensslPeer {
  const folder = mkdtempSync(join(tmpdir(), 'sm2-openssl-'));
  const file = (name: string, content: Buffer): string => {
    const path = join(folder, name);
    writeFileSync(path, content, { mode: 0o600 });
    return path;
  };
  const run = (args: string[], input: Buffer) =>
    execFileSync('openssl', ['pkeyutl', ...args], { input, stdio: ['pipe', 'pipe', 'ignore'] });
  const privateKey = (key: Sm2Key) => ['-inkey', file('key.der', encodePkcs8(key)), '-keyform', 'DER'];
  const publicKey = ({ point }: Sm2Key) => [
    ...['-pubin', '-inkey', file('public.der', encodeSpki(point)), '-keyform', 'DER'],
  ];
  const hashed = ['-rawin', '-digest', 'sm3', '-pkeyopt', 'distid:1234567812345678'];
  const ofMessage = (message: Buffer) => ['-in', file('message', message), ...hashed];
  return {
    sign: (key, message) => run(['-sign', ...privateKey(key), ...ofMessage(message)], Buffer.alloc(0)),
    verify(key, message, signature) {
      const args = ['-verify', ...publicKey(key), ...ofMessage(message)];
      const { status } = spawnSync('openssl', ['pkeyutl', ...args, '-sigfile', file('signature', signature)]);
      return status === 0;
    },
    encrypt(key, plaintext) {
      const [x, y, c3, c2] = insideDer(run(['-encrypt', ...publicKey(key)], plaintext)) as Buffer[] &
        [Buffer, Buffer, Buffer, Buffer];
      return Buffer.concat([Buffer.of(4), ...[x, y].map((each) => bytes32(number(each))), c3, c2]);
    },
    decrypt: (key, ciphertext) => run(['-decrypt', ...privateKey(key)], rawToDer(ciphertext)),
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

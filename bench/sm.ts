// The SM algorithms as ratios to OpenSSL's own on the same machine in the same run: one thread, sizes of requests.
//   node --import tsx bench/sm.ts            (needs the openssl command)
// `openssl speed` knows no SM2 encryption and no SM4-GCM: those stand beside its signing, one multiplication of the base
// point, and SM4-CTR without the set-up of a message; node:crypto's SM4-CTR with it is the most a native SM4-GCM could do.
// Rounds of ours and OpenSSL's alternate, and the medians are compared, because the machine may be busy with other things.
// CPU time is counted, not elapsed time, as `openssl speed` does.

import { execFileSync } from 'node:child_process';
import { createCipheriv, createSecretKey, randomBytes } from 'node:crypto';
import {
  decrypt,
  encrypt,
  generateKeyPair,
  openGcm,
  sealGcm,
  signDigest,
  verifyDigest,
} from '../sm/index.js';

const ROUNDS = 5;
const SECONDS = 1;

interface Row {
  readonly name: string;
  readonly work: () => unknown;
  /** OpenSSL's operation that it is compared with. */
  readonly native: NativeName;
}

type NativeName = 'SM2 sign' | 'SM2 verify' | 'SM4-CTR 32 B' | 'SM4-CTR 4 KiB';

const digest = randomBytes(32);
const text = randomBytes(32);
const known = generateKeyPair();
const signature = signDigest({ scalar: known.scalar, digest });
const ciphertext = encrypt({ point: known.point, plaintext: text });
// More keys than get a table: each use is a key's first.
const fresh = Array.from({ length: 300 }, () => {
  const pair = generateKeyPair();
  return { point: pair.point, signature: signDigest({ scalar: pair.scalar, digest }) };
});
let turn = 0;
const nextKey = () => {
  turn += 1;
  return fresh[turn % fresh.length] ?? { point: known.point, signature };
};

const key = createSecretKey(randomBytes(16));
const gcm = { key, iv: randomBytes(12), aad: Buffer.alloc(0) };
const [short, long] = [randomBytes(32), randomBytes(4096)];
const [sealedShort, sealedLong] = [short, long].map((plaintext) => sealGcm({ ...gcm, plaintext })) as [
  Buffer,
  Buffer,
];

const counter = randomBytes(16);
const counterMode = (plaintext: Buffer) => createCipheriv('sm4-ctr', key, counter).update(plaintext);

const ROWS: readonly Row[] = [
  { name: 'SM2 sign', native: 'SM2 sign', work: () => signDigest({ scalar: known.scalar, digest }) },
  {
    name: 'SM2 verify, key in use',
    native: 'SM2 verify',
    work: () => verifyDigest({ point: known.point, digest, signature }),
  },
  { name: 'SM2 verify, new key', native: 'SM2 verify', work: () => verifyDigest({ ...nextKey(), digest }) },
  {
    name: 'SM2 encrypt 32 B, key in use',
    native: 'SM2 sign',
    work: () => encrypt({ point: known.point, plaintext: text }),
  },
  {
    name: 'SM2 encrypt 32 B, new key',
    native: 'SM2 sign',
    work: () => encrypt({ point: nextKey().point, plaintext: text }),
  },
  { name: 'SM2 decrypt 32 B', native: 'SM2 sign', work: () => decrypt({ scalar: known.scalar, ciphertext }) },
  { name: 'SM2 key pair', native: 'SM2 sign', work: () => generateKeyPair() },
  { name: 'SM4-GCM seal 32 B', native: 'SM4-CTR 32 B', work: () => sealGcm({ ...gcm, plaintext: short }) },
  { name: 'SM4-GCM open 32 B', native: 'SM4-CTR 32 B', work: () => openGcm({ ...gcm, sealed: sealedShort }) },
  { name: 'SM4-GCM seal 4 KiB', native: 'SM4-CTR 4 KiB', work: () => sealGcm({ ...gcm, plaintext: long }) },
  {
    name: 'SM4-GCM open 4 KiB',
    native: 'SM4-CTR 4 KiB',
    work: () => openGcm({ ...gcm, sealed: sealedLong }),
  },
  { name: 'node:crypto SM4-CTR 32 B', native: 'SM4-CTR 32 B', work: () => counterMode(short) },
  { name: 'node:crypto SM4-CTR 4 KiB', native: 'SM4-CTR 4 KiB', work: () => counterMode(long) },
];

/** Operations a CPU second. */
function measure(work: () => unknown): number {
  const start = process.cpuUsage();
  for (let count = 1; ; count += 1) {
    work();
    const { user, system } = process.cpuUsage(start);
    if (user + system >= (SECONDS * 1e6) / 4) return (count * 1e6) / (user + system);
  }
}

/** What `openssl speed` says, operations a CPU second. */
function measureNative(): Record<NativeName, number> {
  const speed = (...args: string[]): string =>
    execFileSync('openssl', ['speed', '-mr', '-seconds', String(SECONDS), ...args], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  const [sign, verify] = lineOf(speed('sm2'), '+F7').slice(-2).map(Number);
  const sm4 = (bytes: number) =>
    Number(lineOf(speed('-bytes', String(bytes), '-evp', 'sm4-ctr'), '+F').at(-1)) / bytes;
  return {
    'SM2 sign': sign ?? Number.NaN,
    'SM2 verify': verify ?? Number.NaN,
    'SM4-CTR 32 B': sm4(32),
    'SM4-CTR 4 KiB': sm4(4096),
  };
}

function lineOf(report: string, tag: string): string[] {
  const line = report.split('\n').find((each) => each.startsWith(`${tag}:`));
  if (line === undefined) throw new Error(`openssl speed printed no ${tag} line`);
  return line.split(':');
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

for (const { work } of ROWS) measure(work);
const ours = new Map<string, number[]>(ROWS.map(({ name }) => [name, []]));
const natives: Record<NativeName, number>[] = [];
for (let round = 0; round < ROUNDS; round += 1) {
  for (const { name, work } of ROWS) ours.get(name)?.push(measure(work));
  natives.push(measureNative());
}

process.stdout.write('| operation | ops/s | OpenSSL | ops/s | ratio |\n|---|---|---|---|---|\n');
for (const { name, native } of ROWS) {
  const own = median(ours.get(name) ?? []);
  const theirs = median(natives.map((each) => each[native]));
  process.stdout.write(
    `| ${name} | ${own.toFixed(0)} | ${native} | ${theirs.toFixed(0)} | ${(own / theirs).toFixed(3)} |\n`,
  );
}

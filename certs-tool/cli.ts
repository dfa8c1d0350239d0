#!/usr/bin/env node
// `hsm_certificate_generate`: writes the certificates of a security domain into a directory, under the names and with the
// flags of the product's documentation. Never overwrites, and leaves either all of its files or none. Under a root that is
// given it writes all but the root's key.

import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  createHsmCertificates,
  HSM_KEY_TYPES,
  type HsmCertificates,
  type HsmKeyType,
} from './hsm-certificates.ts';

const USAGE = `Usage: hsm_certificate_generate -dir DIR (-password-file FILE | -pswd PASSWORD) [options]

Writes into DIR: rootca.key and rootca.pem (security domain), server.p12 (each HSM node), client.p12 and client.pem (the
instance). Existing files are never overwritten. Under a root that exists, -ca and -ca-key, it writes all but
rootca.key.

  -dir DIR             where to write; made if absent
  -password-file FILE  its first line protects both PKCS#12 files, 8 to 64 printable ASCII characters
  -pswd PASSWORD       the same on the command line, where other users of this machine can read it
  -names LIST          DNS names and IP addresses of the nodes, with commas (default localhost,127.0.0.1,::1)
  -client-name NAME    common name of the instance's certificate (default "Dedicated KMS Instance")
  -days N              validity of the server and client certificates, 1 to 7300 (default 1825)
  -key-type TYPE       ${Object.keys(HSM_KEY_TYPES).join(', ')} (default rsa-3072)
  -ca FILE             rootca.pem of the security domain that exists, to renew certificates without a new root
  -ca-key FILE         its rootca.key
  -help                this text

Example: hsm_certificate_generate -dir ./certs -password-file ./certs.password -names hsm-a.internal,hsm-b.internal
`;

const DOCUMENTED_PASSWORD = '12345678';
const SECRET = 0o600;
const PUBLIC = 0o644;

/** In the order of writing. */
const FILES: readonly {
  readonly name: string;
  readonly content: keyof HsmCertificates;
  readonly mode: number;
}[] = [
  { name: 'rootca.key', content: 'rootKeyPem', mode: SECRET },
  { name: 'rootca.pem', content: 'rootPem', mode: PUBLIC },
  { name: 'server.p12', content: 'serverP12', mode: SECRET },
  { name: 'client.p12', content: 'clientP12', mode: SECRET },
  { name: 'client.pem', content: 'clientPem', mode: PUBLIC },
];

class UsageError extends Error {}

async function main(argv: readonly string[]): Promise<void> {
  const flags = parseFlags(argv);
  if (flags.help === true) {
    process.stdout.write(USAGE);
    return;
  }
  if (flags.dir === undefined) throw new UsageError('-dir is required');
  const root = await rootOf(flags);
  const certificates = await createHsmCertificates({
    ...(root !== undefined && { root }),
    password: await passwordOf(flags),
    serverNames: flags.names.split(',').map((name) => name.trim()),
    clientName: flags['client-name'],
    days: Number(flags.days),
    keyType: keyTypeOf(flags['key-type']),
    now: new Date(),
  });
  const written = await writeAll(flags.dir, certificates);
  process.stdout.write(`${written.join('\n')}\n`);
}

/** The documented flags have one dash; two are accepted as well. */
function parseFlags(argv: readonly string[]) {
  const args = argv.map((word) => word.replace(/^-(?=[a-z]{2})/, '--'));
  const text = (fallback: string) => ({ type: 'string', default: fallback }) as const;
  const optional = { type: 'string' } as const;
  try {
    return parseArgs({
      args,
      options: {
        dir: optional,
        pswd: optional,
        'password-file': optional,
        names: text('localhost,127.0.0.1,::1'),
        'client-name': text('Dedicated KMS Instance'),
        days: text('1825'),
        'key-type': text('rsa-3072'),
        ca: optional,
        'ca-key': optional,
        help: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : 'unknown flag');
  }
}

async function passwordOf(flags: {
  readonly pswd?: string;
  readonly 'password-file'?: string;
}): Promise<string> {
  const file = flags['password-file'];
  if ((file === undefined) === (flags.pswd === undefined)) {
    throw new UsageError('one of -password-file and -pswd is required');
  }
  const password = file === undefined ? flags.pswd : (await readFile(file, 'utf8')).split(/\r?\n/, 1)[0];
  if (file === undefined)
    warn('a password on the command line can be read by other users; prefer -password-file');
  if (password === DOCUMENTED_PASSWORD)
    warn(`${DOCUMENTED_PASSWORD} is the password of the documentation: everybody knows it`);
  return password ?? '';
}

async function rootOf(flags: { readonly ca?: string; readonly 'ca-key'?: string }) {
  const { ca, 'ca-key': key } = flags;
  if (ca === undefined && key === undefined) return undefined;
  if (ca === undefined || key === undefined) throw new UsageError('-ca and -ca-key belong together');
  return { certificatePem: await readFile(ca, 'utf8'), keyPem: await readFile(key, 'utf8') };
}

function keyTypeOf(text: string): HsmKeyType {
  if (Object.hasOwn(HSM_KEY_TYPES, text)) return text as HsmKeyType;
  throw new UsageError(`-key-type must be one of ${Object.keys(HSM_KEY_TYPES).join(', ')}`);
}

/** Returns what was written. */
async function writeAll(directory: string, certificates: HsmCertificates): Promise<readonly string[]> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const written: string[] = [];
  try {
    for (const { name, content, mode } of FILES) {
      const text = certificates[content];
      if (text === null) continue;
      const path = join(directory, name);
      const file = await open(path, 'wx', mode);
      written.push(path);
      try {
        await file.writeFile(text);
        await file.sync();
      } finally {
        await file.close();
      }
    }
    return written;
  } catch (error) {
    await Promise.all(written.map((path) => rm(path, { force: true })));
    throw error;
  }
}

function warn(text: string): void {
  process.stderr.write(`warning: ${text}\n`);
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  const text = error instanceof Error ? error.message : String(error);
  process.stderr.write(error instanceof UsageError ? `${text}\n\n${USAGE}` : `${text}\n`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}

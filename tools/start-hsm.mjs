// `npm run start:hsm`: an instance of the standard edition on a laptop, with an HSM cluster of its own: two SoftHSM tokens
// behind two hsm-node processes, reached over mutual TLS on loopback. The same files, quickstart and KMS_* variables as
// `npm start`; everything below the data directory. With --sources it runs the TypeScript sources.

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { prepareLab, startNode } from './hsm-lab.mjs';

const ROOT = resolve(import.meta.dirname, '..');
const SOURCES = process.argv.includes('--sources');
const OTHERS = process.argv.slice(2).filter((word) => word !== '--sources');
const DATA = resolve(process.env.KMS_DATA_DIR ?? './data');

const path = (name) => (SOURCES ? join(ROOT, `${name}.ts`) : join(ROOT, 'dist', `${name}.js`));
const program = (name) => [process.execPath, ...(SOURCES ? ['--import', 'tsx'] : []), path(name)];
const load = (name) => import(pathToFileURL(path(name)).href);

async function main() {
  process.umask(0o077);
  const module = await softHsm();
  if (existsSync(join(DATA, 'root.key'))) {
    throw new Error(
      `${DATA} holds an instance of the basic edition: name another directory with KMS_DATA_DIR.`,
    );
  }
  const lab = prepareLab(join(DATA, 'hsm-lab'), { module, program });
  const nodes = [];
  const instance = { child: null };
  // An interrupted start ends its nodes as well.
  passOnSignals((signal) => {
    if (instance.child !== null) instance.child.kill(signal);
    else for (const { child } of nodes) child.kill('SIGTERM');
  });
  try {
    for (const token of lab.tokens) {
      const node = await startNode({ certificates: lab.certificates, program, token });
      nodes.push(node);
      node.ended.then((how) => tellEnd(token, how));
    }
    await connect(lab, nodes);
    tellCluster(lab, nodes);
    if (stopping) return;
    const [command, ...words] = program('appliance/main');
    const env = { ...process.env, KMS_EDITION: 'standard', KMS_DATA_DIR: DATA };
    instance.child = spawn(command, [...words, ...OTHERS], { env, stdio: 'inherit' });
    process.exitCode = await endOf(instance.child);
  } finally {
    stopping = true;
    for (const { child } of nodes) child.kill('SIGTERM');
    await Promise.all(nodes.map(({ ended }) => ended));
  }
}

let stopping = false;

async function softHsm() {
  const { SOFTHSM } = await load('hsm-adapter/vendors/softhsm');
  const module = SOFTHSM.libraries.find((file) => existsSync(file));
  if (module === undefined) {
    throw new Error('SoftHSM is missing. Install it:\n  apt-get update && apt-get install -y softhsm2');
  }
  try {
    createRequire(import.meta.url)('pkcs11js');
  } catch {
    throw new Error(
      'pkcs11js did not compile. Install:\n  apt-get install -y g++ make python3\nand run npm ci again',
    );
  }
  return module;
}

/** The ports are new ones each time. */
async function connect({ certificates, tokens }, nodes) {
  const { connectOffline } = await load('appliance/hsm/offline');
  const { readFile } = await import('node:fs/promises');
  const [password] = (await readFile(certificates.password, 'utf8')).split('\n');
  await connectOffline(DATA, {
    members: tokens.map(({ name }, index) => `${name}=127.0.0.1:${nodes[index].port}@zone-${name}`),
    credentials: {
      clientP12: await readFile(certificates.client),
      password,
      rootCa: await readFile(certificates.ca, 'utf8'),
    },
  });
}

function tellCluster({ tokens }, nodes) {
  const lines = tokens.map(({ name, label, log }, index) => {
    const { port, child } = nodes[index];
    return `  member ${name}   127.0.0.1:${port}   token ${label}, process ${child.pid}, log ${log}`;
  });
  process.stdout.write(
    `\nHSM cluster of two SoftHSM tokens over mutual TLS (kms hsm status):\n${lines.join('\n')}\n`,
  );
}

function tellEnd({ name }, how) {
  if (!stopping) process.stderr.write(`hsm-node of member ${name} ended: ${how}\n`);
}

/** The instance ends in order, and then this. */
function passOnSignals(pass) {
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) {
    process.on(signal, () => {
      stopping = true;
      pass(signal === 'SIGHUP' ? 'SIGTERM' : signal);
    });
  }
}

function endOf(instance) {
  return new Promise((resolve, reject) => {
    instance.once('error', reject);
    instance.once('close', (code) => resolve(code ?? 1));
  });
}

main().catch((error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});

// The laptop's HSM cluster, below the data directory of its instance: the certificates of a security domain, two SoftHSM
// tokens, and an hsm-node for each on a free port of loopback. What is there already is used again.

import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const MEMBERS = ['a', 'b'];
const PRIVATE = { mode: 0o600 };

/** Makes what is missing; `program` gives the words that run one of the product's programs. */
export function prepareLab(folder, { module, program }) {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const certificates = securityDomain(folder, program('certs-tool/cli'));
  const tokens = MEMBERS.map((name) => token(folder, name, module));
  return { certificates, tokens };
}

function securityDomain(folder, generate) {
  const directory = join(folder, 'certs');
  const password = join(folder, 'certs.password');
  if (!existsSync(join(directory, 'client.pem'))) {
    writeFileSync(password, `${randomBytes(18).toString('base64url')}\n`, PRIVATE);
    // Cut short by a kill, the generator would not overwrite what it left.
    rmSync(directory, { recursive: true, force: true });
    run([...generate, '-dir', directory, '-password-file', password]);
  }
  const file = (name) => join(directory, name);
  return {
    server: file('server.p12'),
    client: file('client.p12'),
    clientPem: file('client.pem'),
    ca: file('rootca.pem'),
    password,
  };
}

function token(folder, name, module) {
  const home = join(folder, `token-${name}`);
  const label = `kms-${name}`;
  if (!existsSync(home)) {
    // Under another name until it is complete.
    const draft = `${home}.new`;
    rmSync(draft, { recursive: true, force: true });
    mkdirSync(join(draft, 'tokens'), { recursive: true, mode: 0o700 });
    writeFileSync(join(draft, 'pin'), `${randomBytes(12).toString('hex')}\n`, PRIVATE);
    configure(draft, join(draft, 'tokens'));
    const program = join(import.meta.dirname, 'init-softhsm-token.mjs');
    run([process.execPath, program, module, label, join(draft, 'pin')], environment(draft));
    configure(draft, join(home, 'tokens'));
    renameSync(draft, home);
  }
  return {
    name,
    label,
    module,
    pinFile: join(home, 'pin'),
    env: environment(home),
    log: join(folder, `node-${name}.log`),
  };
}

function configure(home, tokens) {
  const settings = [`directories.tokendir = ${tokens}`, 'objectstore.backend = file', 'log.level = ERROR'];
  writeFileSync(join(home, 'softhsm2.conf'), `${settings.join('\n')}\n`);
}

function environment(home) {
  return { ...process.env, SOFTHSM2_CONF: join(home, 'softhsm2.conf') };
}

function run([command, ...args], env = process.env) {
  execFileSync(command, args, { env, stdio: ['ignore', 'ignore', 'inherit'] });
}

/** Resolves with its port when it listens; what it logs goes to its file. */
export async function startNode({ certificates, program, token: { label, module, pinFile, env, log } }) {
  const [command, ...words] = program('hsm-adapter/node-process');
  const door = [
    ...['--listen', '127.0.0.1:0', '--server', certificates.server],
    ...['--server-password-file', certificates.password],
    ...['--client-ca', certificates.ca, '--client-cert', certificates.clientPem],
    // Tokens, nodes and instance are one user's.
    ...['--admit', 'any'],
  ];
  const token = ['--module', module, '--token-label', label, '--pin-file', pinFile];
  const output = openSync(log, 'a', 0o600);
  // A group of its own: an interrupt from the keyboard is the instance's first, which still needs its HSM to stop.
  const child = spawn(command, [...words, 'serve', ...token, ...door], {
    env,
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = new Promise((resolve) =>
    child.once('close', (code, signal) => resolve(signal ?? `exit code ${code}`)),
  );
  return new Promise((resolve, reject) => {
    let text = '';
    child.stderr.setEncoding('utf8').on('data', (chunk) => {
      writeFileSync(output, chunk);
      const lines = (text + chunk).split('\n');
      text = lines.pop() ?? '';
      const line = lines.find((each) => each.includes('"listening"'));
      if (line !== undefined) resolve({ child, port: JSON.parse(line).port, ended });
    });
    child.once('error', reject);
    ended.then((how) => reject(new Error(`hsm-node ended (${how}): see ${log}`)));
  });
}

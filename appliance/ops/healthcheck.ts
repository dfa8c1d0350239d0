// Asks whether the instance of a data directory is serving: exit code 0 when the data plane completes a TLS handshake under
// the instance's own CA and audit records can be written, 1 otherwise, with the reason or what it waits for. Warnings are
// printed and change nothing. A handshake leaves no audit record. Usage: healthcheck [--config FILE]; of the settings it
// needs the data directory alone (KMS_DATA_DIR, dataDir of the file, ./data).

import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { checkServerIdentity, connect } from 'node:tls';
import { parseArgs } from 'node:util';
import { dataDirectory } from '../config.ts';
import { type Health, readHealth, workerHealthFiles } from './health-file.ts';
import { readWaiting } from './waiting-file.ts';

const DEADLINE_MS = 4000;

/** What the instance writes once it serves. */
interface Endpoints {
  readonly dataPlane: string;
  /** One of its names. */
  readonly serverName: string;
}

function check(): void {
  const { values } = parseArgs({ options: { config: { type: 'string' } } });
  const dataDir = dataDirectory(values.config ?? null);
  const waiting = readWaiting(dataDir);
  if (waiting !== null) throw new Error(`waiting for the HSM cluster: ${waiting.state}, ${waiting.reason}`);
  const file = (name: string): string => readFileSync(join(dataDir, name), 'utf8');
  const { dataPlane, serverName } = JSON.parse(file('endpoints.json')) as Endpoints;
  const { hostname, port } = new URL(`https://${dataPlane}`);
  const socket = connect({
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port),
    ca: file('ca.pem'),
    // The address of this check need not be among the names of the certificate.
    checkServerIdentity: (_host, certificate) => checkServerIdentity(serverName, certificate),
    ...(isIP(serverName) === 0 && { servername: serverName }),
  });
  socket.setTimeout(DEADLINE_MS, () => socket.destroy(new Error('no answer in time')));
  socket.once('secureConnect', () => {
    socket.destroy();
    try {
      checkAudit(dataDir);
    } catch (error) {
      fail(error);
    }
  });
  socket.once('error', fail);
}

/** Every process has a file of its own; the primary's must be there, that of a worker may be of one that is starting. */
function checkAudit(dataDir: string): void {
  const own = readHealth(join(dataDir, 'health.json'));
  for (const { audit } of [own, ...workerHealthFiles(dataDir).flatMap(healthIfWhole)]) {
    const { state, reason, lastError } = audit;
    if (state === 'failing') {
      throw new Error(`audit records cannot be written (${reason ?? 'unknown'}): operations are refused`);
    }
    const detail = lastError === null ? '' : `, last delivery: ${lastError}`;
    if (state === 'warning') process.stdout.write(`warning: audit ${reason ?? 'unknown'}${detail}\n`);
  }
  process.exitCode = 0;
}

function healthIfWhole(path: string): Health[] {
  try {
    return [readHealth(path)];
  } catch {
    return [];
  }
}

function fail(error: unknown): void {
  process.stderr.write(`unhealthy: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

try {
  check();
} catch (error) {
  fail(error);
}

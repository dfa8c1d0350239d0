// A control plane that only listens: an HTTPS server that writes down every request and answers what the test says. It
// checks nothing but the shape of a signed request; the real listener checks signatures in the tests beside.

import { writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createAuthority, issueServerCertificate } from '../../certs-tool/index.ts';
import { temporaryFolder } from './temporary-folder.ts';

export interface RecordedCall {
  readonly action: string;
  readonly version: string;
  readonly parameters: Readonly<Record<string, string>>;
}

export interface ScriptedAnswer {
  readonly status?: number;
  readonly body?: object;
  /** Sent instead of the body. */
  readonly text?: string;
  /** `cut`: no answer, the connection ends; `silence`: no answer at all. */
  readonly instead?: 'cut' | 'silence';
}

export interface RecordingServer {
  readonly calls: RecordedCall[];
  /** Paths and headers, for what must not stand in them. */
  readonly heads: string[];
  readonly port: number;
  /** Environment that makes the command talk to this server. */
  readonly environment: Readonly<Record<string, string>>;
  readonly folder: string;
}

let identity: Promise<{ key: string; cert: string; ca: string }> | undefined;

export async function recordingServer(
  answer: (call: RecordedCall) => ScriptedAnswer = () => ({}),
): Promise<RecordingServer> {
  identity ??= newIdentity();
  const { key, cert, ca } = await identity;
  const calls: RecordedCall[] = [];
  const heads: string[] = [];
  const server = createServer({ key, cert }, (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      heads.push(`${request.url} ${JSON.stringify(request.rawHeaders)}`);
      const call = {
        action: String(request.headers['x-acs-action']),
        version: String(request.headers['x-acs-version']),
        parameters: Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString('utf8'))),
      };
      calls.push(call);
      const { status = 200, body = {}, text, instead } = answer(call);
      if (instead === 'silence') return;
      if (instead === 'cut') {
        request.socket.destroy();
        return;
      }
      response.writeHead(status, { 'content-type': 'application/json;charset=utf-8' });
      response.end(text ?? JSON.stringify({ RequestId: 'a-request-id', ...body }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const folder = temporaryFolder();
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  writeFileSync(join(folder, 'ca.pem'), ca);
  return {
    calls,
    heads,
    port,
    folder,
    environment: {
      KMSCTL_ENDPOINT: `127.0.0.1:${port}`,
      KMSCTL_CA: join(folder, 'ca.pem'),
      KMSCTL_ACCESS_KEY_ID: 'LTAItestid',
      KMSCTL_ACCESS_KEY_SECRET: 'testsecret',
      KMS_DATA_DIR: join(folder, 'none'),
    },
  };
}

async function newIdentity() {
  const { root, sub } = await createAuthority({ instanceId: 'kst-recording', now: new Date() });
  const leaf = await issueServerCertificate({ sub, names: ['127.0.0.1'], now: new Date() });
  return { key: leaf.privateKeyPem, cert: leaf.certificatePem + sub.certificatePem, ca: root.certificatePem };
}

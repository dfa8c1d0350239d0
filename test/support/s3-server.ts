// A real S3 server of its own process on loopback, with one bucket, that tests kill and start again; what it holds is
// read back through the S3 API.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { expect, onTestFinished, vi } from 'vitest';
import type { S3Settings } from '../../appliance/audit/s3-target.ts';
import { present } from './present.ts';

const PROGRAM = join(createRequire(import.meta.url).resolve('s3rver/package.json'), '..', 'bin', 's3rver.js');
const BUCKET = 'audit-bucket';
/** The only ones that the server accepts. */
const CREDENTIALS = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' };

export class S3Server {
  readonly port: number;
  readonly #directory: string;
  #child: ChildProcess | null = null;

  private constructor(directory: string, port: number) {
    this.#directory = directory;
    this.port = port;
  }

  /** Running; its objects are below `directory`. */
  static async start(directory: string): Promise<S3Server> {
    const server = new S3Server(directory, await freePort());
    onTestFinished(() => server.kill());
    await server.start();
    return server;
  }

  async start(): Promise<void> {
    const where = ['--address', '127.0.0.1', '--port', String(this.port), '--directory', this.#directory];
    this.#child = spawn(process.execPath, [PROGRAM, ...where, '--configure-bucket', BUCKET], {
      stdio: 'ignore',
    });
    await vi.waitFor(() => expect(canConnect(this.port)).resolves.toBe(true), { timeout: 20_000 });
  }

  /** Ends it without any warning. */
  async kill(): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (!child) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }

  /** `port` is that of a proxy before it. */
  settings(credentialsFile: string, port = this.port): S3Settings {
    return {
      endpoint: `http://127.0.0.1:${port}`,
      region: 'us-east-1',
      bucket: BUCKET,
      pathStyle: true,
      credentialsFile,
      lock: null,
    };
  }

  /** Contents by name, in the order of names. */
  async objects(): Promise<Map<string, Buffer>> {
    const client = new S3Client({
      endpoint: `http://127.0.0.1:${this.port}`,
      region: 'us-east-1',
      forcePathStyle: true,
      credentials: CREDENTIALS,
      responseChecksumValidation: 'WHEN_REQUIRED',
    });
    try {
      const { Contents: contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: BUCKET }));
      const found = new Map<string, Buffer>();
      for (const { Key: key = '' } of contents) {
        const { Body: body } = await client.send(new GetObjectCommand({ Bucket: BUCKET, Key: key }));
        found.set(key, Buffer.from(await present(body).transformToByteArray()));
      }
      return found;
    } finally {
      client.destroy();
    }
  }
}

export const S3_CREDENTIALS = JSON.stringify(CREDENTIALS);

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}

async function canConnect(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

// A TCP proxy on loopback that lets so many bytes through to the server and then holds everything: the moment in which a
// test kills one side. What the client sent so far can be read.

import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

export class StallingProxy {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #sent: Buffer[] = [];
  #limit = Number.POSITIVE_INFINITY;
  #passed = 0;
  #stalled = (): void => undefined;

  private constructor(targetPort: number) {
    this.#server = createServer((client) => {
      const server = connect(targetPort, '127.0.0.1');
      for (const [socket, other] of [
        [client, server],
        [server, client],
      ] as const) {
        this.#sockets.add(socket);
        socket.on('error', () => undefined);
        socket.on('close', () => {
          this.#sockets.delete(socket);
          other.destroy();
        });
      }
      client.on('data', (chunk: Buffer) => this.#forward(chunk, client, server));
      server.pipe(client);
    });
  }

  static async before(targetPort: number): Promise<StallingProxy> {
    const proxy = new StallingProxy(targetPort);
    proxy.#server.listen(0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    onTestFinished(() => proxy.close());
    return proxy;
  }

  get port(): number {
    const address = this.#server.address();
    return typeof address === 'object' && address ? address.port : 0;
  }

  /** What clients sent, one character a byte. */
  get sent(): string {
    return Buffer.concat(this.#sent).toString('latin1');
  }

  /** Resolves when so many more bytes went to the server; from then on none do. */
  stallAfter(bytes: number): Promise<void> {
    this.#limit = this.#passed + bytes;
    return new Promise((resolve) => {
      this.#stalled = resolve;
    });
  }

  /** Cuts what is held, and holds nothing any more. */
  release(): void {
    this.#limit = Number.POSITIVE_INFINITY;
    for (const socket of this.#sockets) socket.destroy();
  }

  close(): void {
    this.release();
    this.#server.close();
  }

  #forward(chunk: Buffer, client: Socket, server: Socket): void {
    const allowed = chunk.subarray(0, Math.max(this.#limit - this.#passed, 0));
    this.#passed += allowed.length;
    this.#sent.push(allowed);
    server.write(allowed);
    if (this.#passed < this.#limit) return;
    client.pause();
    this.#stalled();
  }
}

// One instance works in a data directory: its lock is a listening Unix socket in `<dataDir>/run`, which the kernel closes
// with the last process that holds it, however that ends, so there is no stale lock. The socket also takes commands of the
// `kms` command (`reload`). A socket has a name of its own for ever; whoever starts binds first and looks at the others
// then, so of two that start together at least one sees the other and gives way.

import { randomUUID } from 'node:crypto';
import { chmodSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { askSocket, type SocketAnswer, withSocketPath } from './instance-socket.ts';

const SUFFIX = '.sock';
/** What is left of a killed instance ends by itself within that time: a worker takes 15 seconds at the most. */
const LEFTOVERS_MS = 20_000;
const POLL_MS = 100;
const MAX_COMMAND_BYTES = 64;
const COMMAND_MS = 5000;

/** The data directory belongs to an instance that runs. */
export class InUseError extends Error {
  override readonly name = 'InUseError';
  readonly code = 'DATA_DIRECTORY_IN_USE';
}

/** What a command was answered with: '' when it was done, otherwise why not. */
export type CommandHandler = (command: string) => Promise<string>;

export interface DataDirectoryLock {
  /** Inherited by child processes, it keeps the lock until they have ended, too. */
  readonly fd: number;
  /** Who answers commands from now on. */
  handle(handler: CommandHandler): void;
  release(): Promise<void>;
}

export interface LockOptions {
  readonly dataDir: string;
  /** How long to wait for what is left of a killed instance, milliseconds. */
  readonly patienceMs?: number;
}

/** @throws InUseError; nothing in the directory has been changed then */
export async function lockDataDirectory({
  dataDir,
  patienceMs = LEFTOVERS_MS,
}: LockOptions): Promise<DataDirectoryLock> {
  const directory = join(dataDir, 'run');
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const name = `${randomUUID()}${SUFFIX}`;
  let handler: CommandHandler = () => Promise.resolve('the instance has not started yet');
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
    serve(socket, (command) => handler(command));
  });
  const release = async (): Promise<void> => {
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of open) socket.destroy();
    await closed;
    rmSync(join(directory, name), { force: true });
  };
  await listen(server, join(directory, name));
  chmodSync(join(directory, name), 0o600);
  try {
    await requireNoOther(directory, name, patienceMs);
  } catch (error) {
    await release();
    throw error;
  }
  server.unref();
  return {
    fd: descriptorOf(server),
    handle(next) {
      handler = next;
    },
    release,
  };
}

/** Sends a command to the instance that runs in the data directory. Null: none does. */
export async function commandInstance(
  dataDir: string,
  command: string,
  timeoutMs: number,
): Promise<SocketAnswer | null> {
  const directory = join(dataDir, 'run');
  for (const name of socketsIn(directory)) {
    const answer = await askSocket(join(directory, name), command, timeoutMs);
    if (answer.state !== 'nobody') return answer;
  }
  return null;
}

async function requireNoOther(directory: string, own: string, patienceMs: number): Promise<void> {
  const deadline = Date.now() + patienceMs;
  for (const name of socketsIn(directory).filter((each) => each !== own)) {
    const path = join(directory, name);
    for (;;) {
      const { state, text } = await askSocket(path, 'who', POLL_MS * 5);
      if (state === 'nobody') {
        rmSync(path, { force: true });
        break;
      }
      if (state === 'answered') {
        throw new InUseError(`${directory}: the instance of this data directory runs already (${text})`);
      }
      // Nobody answers, and yet it is open: workers of a killed instance that finish, or a process that hangs.
      if (Date.now() >= deadline) {
        throw new InUseError(`${directory}: processes of an instance still hold this data directory`);
      }
      await delay(POLL_MS);
    }
  }
}

function socketsIn(directory: string): string[] {
  try {
    return readdirSync(directory).filter((name) => name.endsWith(SUFFIX));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** One line in, one line out. */
function serve(socket: Socket, handle: CommandHandler): void {
  let text = '';
  let asked = false;
  socket.setEncoding('utf8');
  socket.setTimeout(COMMAND_MS, () => {
    if (!asked) socket.destroy();
  });
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk: string) => {
    text += chunk;
    if (asked || text.length > MAX_COMMAND_BYTES) socket.destroy();
    if (!text.endsWith('\n') || socket.destroyed) return;
    asked = true;
    const command = text.trimEnd();
    const answer = command === 'who' ? Promise.resolve(`process ${process.pid}`) : handle(command);
    answer
      .catch((error: unknown) => (error instanceof Error ? error.message : String(error)))
      .then((line) => socket.end(`${line.replaceAll('\n', '; ')}\n`))
      .catch(() => socket.destroy());
  });
}

function listen(server: Server, path: string): Promise<void> {
  return withSocketPath(
    path,
    (usable) =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen({ path: usable }, () => {
          server.off('error', reject);
          resolve();
        });
      }),
  );
}

/** Node keeps the descriptor of a listener in its handle and offers no other way to it. */
function descriptorOf(server: Server): number {
  const { _handle: handle } = server as unknown as { readonly _handle?: { readonly fd?: number } };
  if (handle?.fd === undefined || handle.fd < 0) throw new Error('the lock has no descriptor');
  return handle.fd;
}

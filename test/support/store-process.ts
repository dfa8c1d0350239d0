// Another process over an LMDB store: `store-process.ts <command> <folder>`. It answers on stdout, a line a fact.
//   commit     one change, then waits to be killed        commit-and-exit   one change, then ends
//   increment  counts a value up without end              fill              writes until the disk is full, then deletes

import { LmdbStore } from '../../appliance/storage/lmdb-store.ts';
import { counterOf, increment } from './store-counter.ts';

const CHUNK = Buffer.alloc(100_000, 1);

async function commit(store: LmdbStore): Promise<void> {
  await store.transact((transaction) => transaction.put('a/1', Buffer.from('acknowledged')));
  say('committed');
}

const COMMANDS: Readonly<Record<string, (store: LmdbStore) => Promise<void>>> = {
  async commit(store) {
    await commit(store);
    setInterval(() => undefined, 60_000);
  },
  async 'commit-and-exit'(store) {
    await commit(store);
    await store.close();
  },
  async increment(store) {
    for (;;) {
      await increment(store);
      say(String(counterOf(store)));
    }
  },
  async fill(store) {
    let written = 0;
    const write = () => store.transact((transaction) => transaction.put(`a/${String(written)}`, CHUNK));
    try {
      for (; written < 1_000; written += 1) await write();
    } catch (error) {
      say((error as { code: string }).code);
    }
    const failures = await Promise.allSettled([write(), write()]);
    say(failures.map(({ status }) => status).join(' '));
    say(String(store.epoch() === written && store.count('a/') === written));
    await store.transact((transaction) => transaction.delete('a/0'));
    await store.transact((transaction) => transaction.put('b/1', Buffer.from('small')));
    say(String(store.get('b/1')));
    await store.close();
  },
};

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

const [command = '', folder = ''] = process.argv.slice(2);
const run = COMMANDS[command];
if (run === undefined) throw new Error('unknown command');
await run(new LmdbStore(folder));

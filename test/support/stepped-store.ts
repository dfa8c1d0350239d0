// A byte store that says where a change stands, so that a test can end the process there: before it, before each of its
// writes, when it is complete and not committed, and when it is committed.

import type { ByteStore, ByteTransaction } from '../../appliance/storage/byte-store.ts';

export type Step = (label: string) => void;

export function steppedStore(bytes: ByteStore, step: Step): ByteStore {
  return {
    get: (path) => bytes.get(path),
    paths: (prefix) => bytes.paths(prefix),
    count: (prefix) => bytes.count(prefix),
    epoch: () => bytes.epoch(),
    close: () => bytes.close(),
    async transact(change) {
      step('before a change');
      const result = await bytes.transact((transaction) => {
        const made = change(steppedTransaction(transaction, step));
        step('before a commit');
        return made;
      });
      step('after a commit');
      return result;
    },
  };
}

function steppedTransaction(transaction: ByteTransaction, step: Step): ByteTransaction {
  return {
    get: (path) => transaction.get(path),
    paths: (prefix) => transaction.paths(prefix),
    count: (prefix) => transaction.count(prefix),
    put(path, value) {
      step(`before writing ${path}`);
      transaction.put(path, value);
    },
    delete(path) {
      step(`before deleting ${path}`);
      transaction.delete(path);
    },
  };
}

/** Steps counted from 1: this process is gone, without a chance to do anything more, at step number `at`. */
export function killingStep(at: number, say: Step): Step {
  let steps = 0;
  return (label) => {
    steps += 1;
    if (steps === at) {
      say(`killed ${label}`);
      process.kill(process.pid, 'SIGKILL');
    }
  };
}

// Schema 1 to 2: keys get tags, a policy, deletion protection, a deletion date and rotation; AccessKeys get an owner.

import type { ByteTransaction } from './byte-store.ts';

type Fields = Readonly<Record<string, unknown>>;

export function addKeyLife(records: ByteTransaction): void {
  rewrite(records, 'keys/', (key) => ({
    ...key,
    v: 2,
    tags: [],
    policy: null,
    deletionProtection: null,
    deleteAt: null,
    rotationInterval: null,
    rotatedAt: key['createdAt'],
  }));
  rewrite(records, 'accessKeys/', (accessKey) => ({ ...accessKey, v: 2, user: null }));
}

function rewrite(records: ByteTransaction, prefix: string, change: (record: Fields) => Fields): void {
  for (const path of records.paths(prefix)) {
    const bytes = records.get(path);
    if (bytes) records.put(path, Buffer.from(JSON.stringify(change(JSON.parse(bytes.toString()) as Fields))));
  }
}

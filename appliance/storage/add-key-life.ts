// Schema 1 to 2: keys get tags, a policy, deletion protection, a deletion date and rotation; AccessKeys get an owner.

import type { ByteTransaction } from './byte-store.ts';
import { rewriteRecords } from './rewrite-records.ts';

export function addKeyLife(records: ByteTransaction): void {
  rewriteRecords(records, 'keys/', (key) => ({
    ...key,
    v: 2,
    tags: [],
    policy: null,
    deletionProtection: null,
    deleteAt: null,
    rotationInterval: null,
    rotatedAt: key['createdAt'],
  }));
  rewriteRecords(records, 'accessKeys/', (accessKey) => ({ ...accessKey, v: 2, user: null }));
}

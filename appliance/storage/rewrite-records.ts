// What migrations do: every record under a path, one by one, as another one.

import type { ByteTransaction } from './byte-store.ts';

export type Fields = Readonly<Record<string, unknown>>;

export function rewriteRecords(
  records: ByteTransaction,
  prefix: string,
  change: (record: Fields) => Fields,
): void {
  for (const path of records.paths(prefix)) {
    const bytes = records.get(path);
    if (bytes) records.put(path, Buffer.from(JSON.stringify(change(JSON.parse(bytes.toString()) as Fields))));
  }
}

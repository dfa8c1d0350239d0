// Compiled access by Client Key id, kept until the epoch moves. Unknown ids are not remembered, so that a caller who
// makes them up fills nothing.

import { type ClientAccess, compileClientAccess } from './authorization.ts';
import type { Snapshot } from './ports/store.ts';

export interface ClientAccessLookup {
  find(clientKeyId: string): ClientAccess | undefined;
  /** Called when the epoch moved. */
  forget(): void;
}

export function createClientAccessLookup(records: Snapshot): ClientAccessLookup {
  const compiled = new Map<string, ClientAccess>();
  return {
    find(clientKeyId) {
      const known = compiled.get(clientKeyId);
      if (known) return known;
      const access = compileClientAccess(records, clientKeyId);
      if (access) compiled.set(clientKeyId, access);
      return access;
    },
    forget: () => compiled.clear(),
  };
}

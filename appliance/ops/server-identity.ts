// The TLS identity of the instance: made on first start, kept sealed in the store, its leaf renewed in good time and
// whenever the configured names change. Source: data-plane specification 2.2.

import { createAuthority, issueServerCertificate } from '../../certs-tool/index.ts';
import type { Clock } from '../core/ports/clock.ts';
import type { Store } from '../core/ports/store.ts';
import type { ServerIdentity } from '../core/server-identity.ts';
import type { Job } from './scheduler.ts';

const RECORD_ID = 'instance';
/** A leaf is replaced when it has less than this left. */
const RENEW_BEFORE_MS = 60 * 24 * 60 * 60 * 1000;

export interface ServerIdentityOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly names: readonly string[];
}

/** As of now; undefined before the first start has made it. */
export function storedServerIdentity(store: Store): ServerIdentity | undefined {
  store.refresh();
  return store.records.serverIdentity.get(RECORD_ID);
}

/** Renews the leaf when it is due, whoever serves with it. */
export function certificateRenewalJob(options: Omit<ServerIdentityOptions, 'clock'>): Job {
  return {
    name: 'certificate renewal',
    async run({ clock }) {
      await currentServerIdentity({ ...options, clock });
    },
  };
}

/** The identity to serve with now: the stored one, or one with a new leaf (and new authorities on first start). */
export async function currentServerIdentity({
  store,
  clock,
  names,
}: ServerIdentityOptions): Promise<ServerIdentity> {
  const stored = storedServerIdentity(store);
  const now = clock();
  if (stored && sameNames(stored.names, names) && now < stored.leafNotAfter - RENEW_BEFORE_MS) return stored;
  const { root, sub } =
    stored ?? (await createAuthority({ instanceId: store.instanceId, now: new Date(now) }));
  const leaf = await issueServerCertificate({ sub, names, now: new Date(now) });
  const identity: ServerIdentity = {
    root,
    sub,
    leaf: { certificatePem: leaf.certificatePem, privateKeyPem: leaf.privateKeyPem },
    names,
    leafNotAfter: leaf.notAfter.getTime(),
    instanceCreatedAt: stored?.instanceCreatedAt ?? now,
  };
  return store.transact((transaction) => {
    const latest = transaction.serverIdentity.get(RECORD_ID);
    // Another process was faster: its identity is the instance's.
    if (latest && latest.leafNotAfter !== stored?.leafNotAfter && sameNames(latest.names, names))
      return latest;
    transaction.serverIdentity.put(RECORD_ID, identity);
    return identity;
  });
}

/** Root then Sub, as clients are given it. */
export function caChainPem({ root, sub }: ServerIdentity): string {
  return root.certificatePem + sub.certificatePem;
}

/** What a listener presents: always leaf and Sub. */
export function listenerTls({ leaf, sub }: ServerIdentity): { key: string; cert: string } {
  return { key: leaf.privateKeyPem, cert: leaf.certificatePem + sub.certificatePem };
}

function sameNames(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((name, index) => name === right[index]);
}

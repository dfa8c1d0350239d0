// What a Client Key may do: its policies compiled into grants, each with the addresses it admits and the keys it
// covers. Compiled once per epoch, so every change acts on the next request. Anything dangling grants nothing.
// Sources: data-plane specification section 6 (AAP), control-plane specification 2.6.

import { createPublicKey, type KeyObject } from 'node:crypto';
import type { ClientKey, Policy, PolicyRole } from './access.ts';
import { type AddressList, addressList } from './address-list.ts';
import type { Snapshot } from './ports/store.ts';

interface Grant {
  /** Null admits every address. */
  readonly networks: AddressList | null;
  readonly roles: ReadonlySet<PolicyRole>;
  readonly keyIds: ReadonlySet<string>;
  /** Prefixes of key ids; `''` covers every key. */
  readonly keyIdPrefixes: readonly string[];
}

/** A live or expired Client Key with everything a request needs to know about it. */
export interface ClientAccess {
  readonly clientKey: ClientKey;
  readonly publicKey: KeyObject;
  readonly grants: readonly Grant[];
  /** The grants by peer address, as far as asked for: the native look-up costs more than the rest of the decision. */
  readonly admitted: Map<string, readonly Grant[]>;
}

/** Peer addresses remembered for a Client Key; they come from outside, so a full memory starts again. */
const MAX_ADMITTED = 1024;

export function compileClientAccess(records: Snapshot, clientKeyId: string): ClientAccess | undefined {
  const clientKey = records.clientKeys.get(clientKeyId);
  const accessPoint = clientKey && records.accessPoints.get(clientKey.accessPoint);
  if (!clientKey || !accessPoint) return undefined;
  const policies = accessPoint.policies
    .map((name) => records.policies.get(name))
    .filter((policy) => policy !== undefined);
  return {
    clientKey,
    publicKey: createPublicKey({ key: clientKey.publicKey, format: 'der', type: 'spki' }),
    grants: policies.map((policy) => compileGrant(records, policy)),
    admitted: new Map(),
  };
}

/** The grants that admit a peer address, IPv4-mapped IPv6 addresses taken as IPv4. Empty: the address is denied. */
export function grantsFor(access: ClientAccess, peerAddress: string): readonly Grant[] {
  const known = access.admitted.get(peerAddress);
  if (known) return known;
  const grants = access.grants.filter(({ networks }) => networks === null || networks.contains(peerAddress));
  if (access.admitted.size >= MAX_ADMITTED) access.admitted.clear();
  access.admitted.set(peerAddress, grants);
  return grants;
}

/** Whether any of the grants lets its holder use the key in the role. */
export function mayUseKey(grants: readonly Grant[], role: PolicyRole, keyId: string): boolean {
  return grants.some(
    (grant) =>
      grant.roles.has(role) &&
      (grant.keyIds.has(keyId) || grant.keyIdPrefixes.some((prefix) => keyId.startsWith(prefix))),
  );
}

function compileGrant(records: Snapshot, policy: Policy): Grant {
  const keyIds = new Set<string>();
  const keyIdPrefixes: string[] = [];
  for (const resource of policy.resources) {
    const { type, pattern } = splitResource(resource);
    const wildcard = pattern.endsWith('*');
    const text = wildcard ? pattern.slice(0, -1) : pattern;
    if (type === 'key' && wildcard) keyIdPrefixes.push(text);
    else if (type === 'key') keyIds.add(text);
    else if (type === 'alias') for (const keyId of aliasTargets(records, text, wildcard)) keyIds.add(keyId);
  }
  return { networks: compileNetworks(records, policy), roles: new Set(policy.roles), keyIds, keyIdPrefixes };
}

function splitResource(resource: string): { type: string; pattern: string } {
  const local = resource.slice(resource.lastIndexOf(':') + 1);
  const slash = local.indexOf('/');
  return { type: local.slice(0, slash).toLowerCase(), pattern: local.slice(slash + 1) };
}

function* aliasTargets(records: Snapshot, name: string, wildcard: boolean): Iterable<string> {
  const full = `alias/${name}`;
  if (wildcard) for (const alias of records.aliases.list({ prefix: full })) yield alias.keyId;
  else {
    const alias = records.aliases.get(full);
    if (alias) yield alias.keyId;
  }
}

/** Null without rules; a rule that is gone admits nobody. */
function compileNetworks(records: Snapshot, policy: Policy): AddressList | null {
  if (policy.networkRules.length === 0) return null;
  return addressList(policy.networkRules.flatMap((name) => records.networkRules.get(name)?.sources ?? []));
}

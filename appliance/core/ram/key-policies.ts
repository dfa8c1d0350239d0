// Policies of keys: who may do what with one key, beside the identity policies. A key without one has the default
// policy, which leaves everything to RAM. Source: control-plane specification 2.6.4.

import { KmsError } from '../../errors.ts';
import { invalidParameter } from '../fields.ts';
import { isKeyId } from '../ids.ts';
import type { Key } from '../key.ts';
import { ownKeyId } from '../key-reference.ts';
import type { Snapshot } from '../ports/store.ts';
import { parsePolicy } from './policy-document.ts';
import type { RamServiceOptions } from './ram-service.ts';

const POLICY_NAME = 'default';

export interface KeyPolicyRef {
  /** Id or ARN. */
  readonly key: string;
  /** Absent: `default`, the only one there is. */
  readonly policyName?: string | undefined;
}

export interface KeyPolicyService {
  /** The document as it was set. @throws Forbidden.KeyNotFound, Unsupported.Alias, InvalidParameter (name) */
  getKeyPolicy(ref: KeyPolicyRef): { readonly keyId: string; readonly document: string };
  /** @throws as getKeyPolicy; InvalidParameter (document) */
  setKeyPolicy(ref: KeyPolicyRef, document: string): Promise<Key>;
}

export function keyPolicyService({ store, account }: RamServiceOptions): KeyPolicyService {
  const find = (
    records: Pick<Snapshot, 'keys'>,
    { key: text, policyName = POLICY_NAME }: KeyPolicyRef,
  ): Key => {
    if (policyName !== POLICY_NAME) throw invalidParameter('PolicyName');
    const keyId = ownKeyId(text, account);
    const key = isKeyId(keyId) ? records.keys.get(keyId) : undefined;
    if (!key) throw new KmsError('Forbidden.KeyNotFound');
    return key;
  };
  return {
    getKeyPolicy(ref) {
      const { id, policy } = find(store.records, ref);
      return { keyId: id, document: policy ?? defaultKeyPolicy(account.accountId) };
    },
    setKeyPolicy: async (ref, document) => {
      parsePolicy(document, 'key');
      return store.transact((transaction) => {
        const key: Key = { ...find(transaction, ref), policy: document };
        transaction.keys.put(key.id, key);
        return key;
      });
    },
  };
}

function defaultKeyPolicy(accountId: string): string {
  return JSON.stringify({
    Version: '1',
    Statement: [
      {
        Sid: 'kms default key policy',
        Effect: 'Allow',
        Principal: { RAM: [`acs:ram::${accountId}:*`] },
        Action: ['kms:*'],
        Resource: ['*'],
      },
    ],
  });
}

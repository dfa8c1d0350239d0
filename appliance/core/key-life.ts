// Changes of one key: switched on and off, described, protected, scheduled for deletion and called back, given an
// interval of rotation. Each is one transaction on the key as it is then. Source: control-plane specification 2.1, 2.2.

import type { Edition } from './editions.ts';
import { invalidParameter, requireDescription } from './fields.ts';
import type { Account } from './ids.ts';
import { keyAt } from './imported-keys.ts';
import type { Key } from './key.ts';
import { calledBack, hasMaterial, scheduled } from './key-deletion.ts';
import { ownKeyId, requireKey } from './key-reference.ts';
import { nextState, requireState } from './key-state.ts';
import { requireRotation } from './key-versions.ts';
import type { Clock } from './ports/clock.ts';
import type { Store, Transaction } from './ports/store.ts';
import { rotationInterval } from './rotation.ts';

/**
 * Every key is named by its id or ARN; promises resolve with the changed key after the change is durable. All throw
 * KmsError Forbidden.KeyNotFound, Unsupported.Alias and the codes named.
 */
export interface KeyLife {
  /** @throws Rejected.StateModifiedFailed */
  enableKey(text: string): Promise<Key>;
  /** @throws Rejected.StateModifiedFailed */
  disableKey(text: string): Promise<Key>;
  /** @throws InvalidParameter, Rejected.PendingDeletion */
  updateKeyDescription(text: string, description: string): Promise<Key>;
  /** @throws InvalidParameter, Rejected.StateModifiedFailed, Rejected.UnsupportedOperation when it is protected */
  scheduleKeyDeletion(text: string, windowDays: number): Promise<Key>;
  /** @throws Rejected.StateModifiedFailed */
  cancelKeyDeletion(text: string): Promise<Key>;
  /** `reason` null: the protection ends. @throws InvalidParameter, Rejected.PendingDeletion */
  setKeyProtection(text: string, reason: string | null): Promise<Key>;
  /**
   * Without an interval it is the present one or, if rotation is off, the last: there must have been one.
   * @throws InvalidParameter, Rejected.UnsupportedOperation, Rejected.<State>
   */
  updateRotationPolicy(text: string, enabled: boolean, interval?: string): Promise<Key>;
}

export interface KeyLifeOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly account: Account;
  readonly edition: Edition;
}

export function createKeyLife({ store, clock, account, edition }: KeyLifeOptions): KeyLife {
  /**
   * `change` gets the key as it counts now and returns it when there is nothing to do. The state that a key has only by
   * the time of day is not stored: if the clock was wrong, it has the other one again.
   */
  const changeKey = async (
    text: string,
    change: (key: Key, transaction: Transaction) => Key,
  ): Promise<Key> => {
    const keyId = ownKeyId(text, account);
    return store.transact((transaction) => {
      const stored = requireKey(transaction, keyId);
      const key = keyAt(stored, clock());
      const changed = change(key, transaction);
      const state = changed.state === key.state ? stored.state : changed.state;
      if (changed !== key) transaction.keys.put(keyId, { ...changed, state });
      return changed;
    });
  };
  const changeState = (event: 'EnableKey' | 'DisableKey') => (text: string) =>
    changeKey(text, (key) => {
      const state = nextState(event, key.state, true);
      return state === key.state ? key : { ...key, state };
    });

  return {
    enableKey: changeState('EnableKey'),
    disableKey: changeState('DisableKey'),
    async updateKeyDescription(text, description) {
      requireDescription(description);
      return changeKey(text, (key) => {
        requireState('UpdateKeyDescription', key.state);
        return { ...key, description };
      });
    },
    scheduleKeyDeletion: (text, windowDays) => changeKey(text, (key) => scheduled(key, windowDays, clock())),
    cancelKeyDeletion: (text) =>
      changeKey(text, (key, transaction) => calledBack(key, hasMaterial(transaction, key))),
    async setKeyProtection(text, reason) {
      requireDescription(reason ?? '', 'DeletionProtectionDescription');
      return changeKey(text, (key) => {
        requireState('SetDeletionProtection', key.state);
        return { ...key, deletionProtection: reason };
      });
    },
    async updateRotationPolicy(text, enabled, interval) {
      const wanted = interval === undefined ? undefined : rotationInterval(interval);
      return changeKey(text, (key) => {
        requireRotation(key, edition);
        requireState('UpdateRotationPolicy', key.state);
        const last = key.rotationInterval ?? key.lastRotationInterval;
        if (!enabled) {
          return {
            ...key,
            rotationInterval: null,
            ...(last !== undefined && { lastRotationInterval: last }),
          };
        }
        const next = wanted ?? last;
        if (next === undefined) throw invalidParameter('RotationInterval');
        return { ...key, rotationInterval: next };
      });
    },
  };
}

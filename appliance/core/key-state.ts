// The state machine of a key: what each event does in each state, and which operations each state admits.
// A cell is the next state, or the code of the refusal. Source: control-plane specification 3.2.

import { type ErrorCode, KmsError } from '../errors.ts';
import type { KeyState } from './key.ts';

const SMF = 'Rejected.StateModifiedFailed';

/** Where the next state depends on whether the key has material. */
interface ByMaterial {
  readonly present: KeyState;
  readonly absent: KeyState;
}

/** Null: the event does not come to a key in that state. `Destroyed`: the key is gone, its id is not found any more. */
type Transition = KeyState | 'Destroyed' | typeof SMF | ByMaterial | null;

const TRANSITIONS = {
  EnableKey: { Enabled: 'Enabled', Disabled: 'Enabled', PendingImport: SMF, PendingDeletion: SMF },
  DisableKey: { Enabled: 'Disabled', Disabled: 'Disabled', PendingImport: SMF, PendingDeletion: SMF },
  ScheduleKeyDeletion: {
    Enabled: 'PendingDeletion',
    Disabled: 'PendingDeletion',
    PendingImport: 'PendingDeletion',
    PendingDeletion: SMF,
  },
  CancelKeyDeletion: {
    Enabled: SMF,
    Disabled: SMF,
    PendingImport: SMF,
    PendingDeletion: { present: 'Enabled', absent: 'PendingImport' },
  },
  /** Of the same material when the key had some; other material is InvalidKeyMaterial and no event. */
  ImportKeyMaterial: {
    Enabled: 'Enabled',
    Disabled: 'Disabled',
    PendingImport: 'Enabled',
    PendingDeletion: SMF,
  },
  MaterialExpires: {
    Enabled: 'PendingImport',
    Disabled: 'PendingImport',
    PendingImport: null,
    PendingDeletion: 'PendingDeletion',
  },
  WindowEnds: { Enabled: null, Disabled: null, PendingImport: null, PendingDeletion: 'Destroyed' },
} as const satisfies Record<string, Record<KeyState, Transition>>;

const ALWAYS = { Enabled: null, Disabled: null, PendingImport: null, PendingDeletion: null } as const;
const UNTIL_DELETION = { ...ALWAYS, PendingDeletion: 'Rejected.PendingDeletion' } as const;
const WHEN_ENABLED = {
  Enabled: null,
  Disabled: 'Rejected.Disabled',
  PendingImport: 'Rejected.PendingImport',
  PendingDeletion: 'Rejected.PendingDeletion',
} as const;

const OPERATIONS = {
  /** Every cryptographic call of both planes, public keys included. */
  Use: WHEN_ENABLED,
  CreateKeyVersion: WHEN_ENABLED,
  UpdateRotationPolicy: WHEN_ENABLED,
  CreateAlias: { ...ALWAYS, PendingDeletion: SMF },
  /** Of the key that the alias is to mean. */
  UpdateAlias: UNTIL_DELETION,
  UpdateKeyDescription: UNTIL_DELETION,
  SetDeletionProtection: UNTIL_DELETION,
  ChangeTags: UNTIL_DELETION,
  GetParametersForImport: ALWAYS,
} as const satisfies Record<string, Record<KeyState, ErrorCode | null>>;

export type KeyEvent = keyof typeof TRANSITIONS;
export type KeyOperation = keyof typeof OPERATIONS;

export const KEY_STATES: readonly KeyState[] = ['Enabled', 'Disabled', 'PendingImport', 'PendingDeletion'];

/** The state after the event. @throws KmsError Rejected.StateModifiedFailed; Error when no key is left in any state */
export function nextState(event: KeyEvent, state: KeyState, hasMaterial: boolean): KeyState {
  const cell = transition(event, state, hasMaterial);
  if (cell === SMF) throw new KmsError(cell);
  if (cell === null || cell === 'Destroyed')
    throw new Error(`${event} does not come to a key that is ${state}`);
  return cell;
}

/** The cell itself, resolved for a key with or without material; null where the event does not come. */
export function transition(
  event: KeyEvent,
  state: KeyState,
  hasMaterial: boolean,
): Exclude<Transition, ByMaterial> {
  const cell: Transition = TRANSITIONS[event][state];
  if (cell === null || typeof cell === 'string') return cell;
  return hasMaterial ? cell.present : cell.absent;
}

/** The code of the refusal; null when the state admits the operation. */
export function refusalOf(operation: KeyOperation, state: KeyState): ErrorCode | null {
  return OPERATIONS[operation][state];
}

/** @throws KmsError the cell's refusal */
export function requireState(operation: KeyOperation, state: KeyState): void {
  const refusal = refusalOf(operation, state);
  if (refusal !== null) throw new KmsError(refusal);
}

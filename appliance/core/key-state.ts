// The state machine of a key: what each event does in each state, and which operations each state admits.
// A cell is the next state, or the code of the refusal. Source: control-plane specification 3.2.

import { type ErrorCode, KmsError } from '../errors.ts';
import type { KeyState } from './key.ts';

const SMF = 'Rejected.StateModifiedFailed';

const TRANSITIONS = {
  EnableKey: { Enabled: 'Enabled', Disabled: 'Enabled', PendingImport: SMF, PendingDeletion: SMF },
  DisableKey: { Enabled: 'Disabled', Disabled: 'Disabled', PendingImport: SMF, PendingDeletion: SMF },
} as const satisfies Record<string, Record<KeyState, KeyState | ErrorCode>>;

const OPERATIONS = {
  CreateAlias: { Enabled: null, Disabled: null, PendingImport: null, PendingDeletion: SMF },
} as const satisfies Record<string, Record<KeyState, ErrorCode | null>>;

export type KeyEvent = keyof typeof TRANSITIONS;
export type KeyOperation = keyof typeof OPERATIONS;

/** The state after the event. @throws KmsError the cell's refusal */
export function nextState(event: KeyEvent, state: KeyState): KeyState {
  const cell = TRANSITIONS[event][state];
  if (cell === SMF) throw new KmsError(cell);
  return cell;
}

/** @throws KmsError the cell's refusal */
export function requireState(operation: KeyOperation, state: KeyState): void {
  const refusal = OPERATIONS[operation][state];
  if (refusal !== null) throw new KmsError(refusal);
}

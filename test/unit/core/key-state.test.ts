// The table of control-plane specification 3.2, cell by cell, as it stands there.

import { describe, expect, test } from 'vitest';
import {
  KEY_STATES,
  type KeyEvent,
  type KeyOperation,
  nextState,
  refusalOf,
  requireState,
  transition,
} from '../../../appliance/core/key-state.ts';

const SMF = 'Rejected.StateModifiedFailed';
const DISABLED = 'Rejected.Disabled';
const IMPORT = 'Rejected.PendingImport';
const DELETION = 'Rejected.PendingDeletion';

/** In the order Enabled, Disabled, PendingImport, PendingDeletion; of keys with material. */
const EVENTS: Readonly<Record<KeyEvent, readonly unknown[]>> = {
  EnableKey: ['Enabled', 'Enabled', SMF, SMF],
  DisableKey: ['Disabled', 'Disabled', SMF, SMF],
  ScheduleKeyDeletion: ['PendingDeletion', 'PendingDeletion', 'PendingDeletion', SMF],
  CancelKeyDeletion: [SMF, SMF, SMF, 'Enabled'],
  ImportKeyMaterial: ['Enabled', 'Disabled', 'Enabled', SMF],
  MaterialExpires: ['PendingImport', 'PendingImport', null, 'PendingDeletion'],
  WindowEnds: [null, null, null, 'Destroyed'],
};

const OPERATIONS: Readonly<Record<KeyOperation, readonly unknown[]>> = {
  Use: [null, DISABLED, IMPORT, DELETION],
  CreateKeyVersion: [null, DISABLED, IMPORT, DELETION],
  UpdateRotationPolicy: [null, DISABLED, IMPORT, DELETION],
  CreateAlias: [null, null, null, SMF],
  UpdateAlias: [null, null, null, DELETION],
  UpdateKeyDescription: [null, null, null, DELETION],
  SetDeletionProtection: [null, null, null, DELETION],
  ChangeTags: [null, null, null, DELETION],
  GetParametersForImport: [null, null, null, null],
};

const eventCells = Object.entries(EVENTS).flatMap(([event, cells]) =>
  KEY_STATES.map((state, index) => [event as KeyEvent, state, cells[index]] as const),
);
const operationCells = Object.entries(OPERATIONS).flatMap(([operation, cells]) =>
  KEY_STATES.map((state, index) => [operation as KeyOperation, state, cells[index]] as const),
);

describe('the states of a key', () => {
  test('are listed in the order of the table', () => {
    expect(KEY_STATES).toEqual(['Enabled', 'Disabled', 'PendingImport', 'PendingDeletion']);
  });

  test.each(eventCells)('%s of a key that is %s leads to %s', (event, state, expected) => {
    expect(transition(event, state, true)).toBe(expected);
    const next = () => nextState(event, state, true);
    if (expected === SMF) expect(next).toThrow(expect.objectContaining({ code: SMF }));
    else if (expected === null || expected === 'Destroyed') expect(next).toThrow(/does not come|leaves no/);
    else expect(next()).toBe(expected);
  });

  test.each(eventCells)(
    '%s of a key without material that is %s differs only when it is called back',
    (event, state) => {
      const calledBack = event === 'CancelKeyDeletion' && state === 'PendingDeletion';
      expect(transition(event, state, false)).toBe(
        calledBack ? 'PendingImport' : transition(event, state, true),
      );
    },
  );

  test.each(operationCells)('%s of a key that is %s is refused with %s', (operation, state, expected) => {
    expect(refusalOf(operation, state)).toBe(expected);
    const required = () => requireState(operation, state);
    if (expected === null) expect(required).not.toThrow();
    else expect(required).toThrow(expect.objectContaining({ code: expected }));
  });
});

// The table of control-plane specification 3.2, cell by cell.

import { describe, expect, test } from 'vitest';
import type { KeyState } from '../../../appliance/core/key.ts';
import { type KeyEvent, nextState, requireState } from '../../../appliance/core/key-state.ts';

const SMF = 'Rejected.StateModifiedFailed';
const EVENTS: readonly (readonly [KeyEvent, KeyState, KeyState | typeof SMF])[] = [
  ['EnableKey', 'Enabled', 'Enabled'],
  ['EnableKey', 'Disabled', 'Enabled'],
  ['EnableKey', 'PendingImport', SMF],
  ['EnableKey', 'PendingDeletion', SMF],
  ['DisableKey', 'Enabled', 'Disabled'],
  ['DisableKey', 'Disabled', 'Disabled'],
  ['DisableKey', 'PendingImport', SMF],
  ['DisableKey', 'PendingDeletion', SMF],
];

describe('the states of a key', () => {
  test.each(EVENTS)('%s of a key that is %s gives %s', (event, state, expected) => {
    if (expected === SMF) {
      expect(() => nextState(event, state, true)).toThrow(expect.objectContaining({ code: SMF }));
    } else expect(nextState(event, state, true)).toBe(expected);
  });

  test.each(['Enabled', 'Disabled', 'PendingImport'] as const)(
    'CreateAlias is allowed on a key that is %s',
    (state) => {
      expect(() => requireState('CreateAlias', state)).not.toThrow();
    },
  );

  test('CreateAlias on a key pending deletion is refused', () => {
    expect(() => requireState('CreateAlias', 'PendingDeletion')).toThrow(
      expect.objectContaining({ code: SMF }),
    );
  });
});

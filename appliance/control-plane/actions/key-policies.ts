// Actions on the policies of keys. Source: control-plane specification 2.6.4.

import { z } from 'zod';
import { type Action, defineAction } from '../action.ts';
import { name, optionalName, requiredText } from '../parameter-types.ts';
import { onKey } from '../permissions.ts';
import { done } from './answers.ts';

const byKeyId = z.object({ KeyId: name, PolicyName: optionalName });

export const KEY_POLICY_ACTIONS: readonly Action[] = [
  defineAction({
    name: 'GetKeyPolicy',
    write: false,
    access: onKey,
    resource: 'KeyId',
    parameters: byKeyId,
    run({ KeyId, PolicyName }, { ram }) {
      const { keyId, document } = ram.getKeyPolicy({ key: KeyId, policyName: PolicyName });
      return { body: { Policy: document }, resource: keyId };
    },
  }),
  defineAction({
    name: 'SetKeyPolicy',
    write: true,
    access: onKey,
    resource: 'KeyId',
    parameters: byKeyId.extend({ Policy: requiredText }),
    async run({ KeyId, PolicyName, Policy }, { ram }) {
      const key = await ram.setKeyPolicy({ key: KeyId, policyName: PolicyName }, Policy);
      return done(key.id);
    },
  }),
];

// Actions that change a key: its state, its description, its deletion and the protection from it.
// Source: control-plane specification 2.1.

import { z } from 'zod';
import { invalidParameter } from '../../core/fields.ts';
import { arn } from '../../core/ids.ts';
import { type Action, defineAction, type Services } from '../action.ts';
import {
  name,
  optionalName,
  optionalText,
  presentText,
  requiredBoolean,
  requiredInteger,
} from '../parameter-types.ts';
import { onKey, type Permission } from '../permissions.ts';
import { done } from './answers.ts';
import { requireOwnInstance } from './instances.ts';

const byKeyId = z.object({ KeyId: name });

export const KEY_LIFE_ACTIONS: readonly Action[] = [
  defineAction({
    name: 'EnableKey',
    write: true,
    access: onKey,
    resource: 'KeyId',
    parameters: byKeyId,
    run: async ({ KeyId }, { keys }) => done((await keys.enableKey(KeyId)).id),
  }),
  defineAction({
    name: 'DisableKey',
    write: true,
    access: onKey,
    resource: 'KeyId',
    parameters: byKeyId,
    run: async ({ KeyId }, { keys }) => done((await keys.disableKey(KeyId)).id),
  }),
  defineAction({
    name: 'UpdateKeyDescription',
    write: true,
    access: onKey,
    resource: 'KeyId',
    parameters: z.object({ KeyId: name, Description: presentText }),
    run: async ({ KeyId, Description }, { keys }) =>
      done((await keys.updateKeyDescription(KeyId, Description)).id),
  }),
  defineAction({
    name: 'ScheduleKeyDeletion',
    write: true,
    access: onKey,
    resource: 'KeyId',
    parameters: z.object({ KeyId: name, PendingWindowInDays: requiredInteger }),
    run: async ({ KeyId, PendingWindowInDays }, { keys }) =>
      done((await keys.scheduleKeyDeletion(KeyId, PendingWindowInDays)).id),
  }),
  defineAction({
    name: 'CancelKeyDeletion',
    write: true,
    access: onKey,
    resource: 'KeyId',
    parameters: byKeyId,
    run: async ({ KeyId }, { keys }) => done((await keys.cancelKeyDeletion(KeyId)).id),
  }),
  defineAction({
    name: 'SetDeletionProtection',
    write: true,
    access: (input, services) => targetPermissions(protectedTarget(input, services), services),
    resource: 'KeyId',
    parameters: z.object({
      ProtectedResourceArn: optionalName,
      KeyId: optionalName,
      KmsInstanceId: optionalName,
      EnableDeletionProtection: requiredBoolean,
      DeletionProtectionDescription: optionalText,
    }),
    async run(input, services) {
      const target = protectedTarget(input, services);
      const reason = input.EnableDeletionProtection ? (input.DeletionProtectionDescription ?? '') : null;
      if (target.kind === 'key') return done((await services.keys.setKeyProtection(target.id, reason)).id);
      requireOwnInstance(services, target.id);
      await services.keys.setInstanceProtection(reason);
      return done(target.id);
    },
  }),
];

interface ProtectedTarget {
  readonly kind: 'key' | 'instance';
  readonly id: string;
}

interface TargetParameters {
  readonly ProtectedResourceArn?: string | undefined;
  readonly KeyId?: string | undefined;
  readonly KmsInstanceId?: string | undefined;
}

/** The one thing that is named. @throws KmsError InvalidParameter for none, several, or an ARN of another kind */
function protectedTarget(input: TargetParameters, { account }: Services): ProtectedTarget {
  const { ProtectedResourceArn: resourceArn, KeyId: keyId, KmsInstanceId: instanceId } = input;
  const [target, ...more] = [
    ...(resourceArn === undefined ? [] : [targetOfArn(resourceArn, arn(account, 'keystore/'))]),
    ...(keyId === undefined ? [] : [{ kind: 'key', id: keyId } as const]),
    ...(instanceId === undefined ? [] : [{ kind: 'instance', id: instanceId } as const]),
  ];
  if (target === undefined || more.length > 0) throw invalidParameter('ProtectedResourceArn');
  return target;
}

function targetOfArn(text: string, instancePrefix: string): ProtectedTarget {
  if (text.startsWith(instancePrefix)) return { kind: 'instance', id: text.slice(instancePrefix.length) };
  if (/^acs:kms:[^:]*:[^:]*:(?:key|alias)\//.test(text)) return { kind: 'key', id: text };
  throw invalidParameter('ProtectedResourceArn');
}

function targetPermissions({ kind, id }: ProtectedTarget, services: Services): readonly Permission[] {
  return kind === 'key' ? onKey({ KeyId: id }, services) : [{ resource: `keystore/${id}` }];
}

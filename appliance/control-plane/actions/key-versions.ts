// Actions on the versions of a key and their rotation. Source: control-plane specification 2.2.

import { z } from 'zod';
import { isoSeconds } from '../../core/ids.ts';
import type { KeyVersion } from '../../core/key.ts';
import { type Action, defineAction } from '../action.ts';
import { name, optionalName, paging, requiredBoolean } from '../parameter-types.ts';
import { onKey } from '../permissions.ts';
import { done, pageAnswer, pageRequest } from './answers.ts';

export const KEY_VERSION_ACTIONS: readonly Action[] = [
  defineAction({
    name: 'CreateKeyVersion',
    write: true,
    access: onKey,
    resource: 'KeyId',
    parameters: z.object({ KeyId: name }),
    async run({ KeyId }, { keys }) {
      const version = await keys.createKeyVersion(KeyId);
      return { body: { KeyVersion: versionFields(version) }, resource: version.keyId };
    },
  }),
  defineAction({
    name: 'DescribeKeyVersion',
    write: false,
    access: onKey,
    resource: 'KeyId',
    parameters: z.object({ KeyId: name, KeyVersionId: name }),
    run({ KeyId, KeyVersionId }, { keys }) {
      const version = keys.describeKeyVersion(KeyId, KeyVersionId);
      return { body: { KeyVersion: versionFields(version) }, resource: version.keyId };
    },
  }),
  defineAction({
    name: 'ListKeyVersions',
    write: false,
    access: onKey,
    resource: 'KeyId',
    parameters: z.object({ KeyId: name, ...paging(10, 0, 101) }),
    run(input, { keys }) {
      const { id } = keys.resolveKeyRef(input.KeyId);
      const page = keys.listKeyVersions(id, pageRequest(input));
      return { ...pageAnswer('KeyVersions', 'KeyVersion', page, versionFields), resource: id };
    },
  }),
  defineAction({
    name: 'UpdateRotationPolicy',
    write: true,
    access: onKey,
    resource: 'KeyId',
    parameters: z.object({
      KeyId: name,
      EnableAutomaticRotation: requiredBoolean,
      RotationInterval: optionalName,
    }),
    async run({ KeyId, EnableAutomaticRotation, RotationInterval }, { keys }) {
      const key = await keys.updateRotationPolicy(KeyId, EnableAutomaticRotation, RotationInterval);
      return done(key.id);
    },
  }),
];

function versionFields({ id, keyId, createdAt }: KeyVersion) {
  return { KeyId: keyId, KeyVersionId: id, CreationDate: isoSeconds(createdAt) };
}

// Actions on the versions of a key. Source: control-plane specification 2.2.

import { z } from 'zod';
import { isoSeconds } from '../../core/ids.ts';
import type { KeyVersion } from '../../core/key.ts';
import { type Action, defineAction } from '../action.ts';
import { name, paging } from '../parameter-types.ts';
import { onKey } from '../permissions.ts';
import { pageAnswer, pageRequest } from './answers.ts';

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
];

function versionFields({ id, keyId, createdAt }: KeyVersion) {
  return { KeyId: keyId, KeyVersionId: id, CreationDate: isoSeconds(createdAt) };
}

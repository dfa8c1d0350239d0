// Actions on AccessKeys. Without UserName they are the caller's own: the owner's when the owner calls, so a user can
// never make itself a key of the owner. Source: RAM API 2015-05-01, *AccessKey*.

import { z } from 'zod';
import type { AccessKey } from '../../core/access.ts';
import { isoSeconds } from '../../core/ids.ts';
import type { Action } from '../action.ts';
import type { Caller } from '../authenticate.ts';
import { name, optionalName } from '../parameter-types.ts';
import type { Access } from '../permissions.ts';
import { done } from './answers.ts';
import { defineRamAction } from './ram-answers.ts';

interface OfUser {
  readonly UserName?: string | undefined;
}

const ofUser = z.object({ UserName: optionalName });
const byId = ofUser.extend({ UserAccessKeyId: name });

export const RAM_ACCESS_KEY_ACTIONS: readonly Action[] = [
  defineRamAction({
    name: 'CreateAccessKey',
    write: true,
    access: onHolder(),
    resource: 'UserName',
    parameters: ofUser,
    async run(input, { ram }, caller) {
      const accessKey = await ram.createAccessKey(holder(input, caller));
      const fields = { ...accessKeyFields(accessKey), AccessKeySecret: accessKey.secret };
      return { body: { AccessKey: fields }, resource: accessKey.id };
    },
  }),
  defineRamAction({
    name: 'ListAccessKeys',
    write: false,
    access: onHolder(),
    resource: 'UserName',
    parameters: ofUser,
    run(input, { ram }, caller) {
      const accessKeys = ram.listAccessKeys(holder(input, caller));
      return { body: { AccessKeys: { AccessKey: accessKeys.map(accessKeyFields) } }, resource: '' };
    },
  }),
  defineRamAction({
    name: 'GetAccessKeyLastUsed',
    write: false,
    access: onHolder(),
    resource: 'UserAccessKeyId',
    parameters: byId,
    run(input, { ram, requests }, caller) {
      const { id } = ram.getAccessKey(holder(input, caller), input.UserAccessKeyId);
      const time = requests.lastUsed(id);
      return {
        body: { AccessKeyLastUsed: { LastUsedDate: time === null ? '' : isoSeconds(time) } },
        resource: id,
      };
    },
  }),
  defineRamAction({
    name: 'UpdateAccessKey',
    write: true,
    access: onHolder(),
    resource: 'UserAccessKeyId',
    parameters: byId.extend({ Status: name }),
    async run(input, { ram }, caller) {
      await ram.updateAccessKey(holder(input, caller), input.UserAccessKeyId, input.Status);
      return done(input.UserAccessKeyId);
    },
  }),
  defineRamAction({
    name: 'DeleteAccessKey',
    write: true,
    access: onHolder(),
    resource: 'UserAccessKeyId',
    parameters: byId,
    async run(input, { ram }, caller) {
      await ram.deleteAccessKey(holder(input, caller), input.UserAccessKeyId);
      return done(input.UserAccessKeyId);
    },
  }),
];

function holder({ UserName }: OfUser, caller: Caller): string | null {
  return UserName ?? caller.user;
}

/** The owner is asked for no permission, so its own keys need no name here. */
function onHolder(): Access<OfUser> {
  return (input, _services, caller) => [{ resource: `user/${holder(input, caller) ?? '*'}` }];
}

function accessKeyFields({ id, status, createdAt }: AccessKey) {
  return { AccessKeyId: id, Status: status, CreateDate: isoSeconds(createdAt) };
}

// Actions on RAM users. Source: RAM API 2015-05-01, CreateUser, GetUser, ListUsers, DeleteUser.

import { z } from 'zod';
import { isoSeconds } from '../../core/ids.ts';
import type { RamUser } from '../../core/ram/records.ts';
import type { Action, Answer } from '../action.ts';
import { name, optionalText } from '../parameter-types.ts';
import { onAll, onOne } from '../permissions.ts';
import { done } from './answers.ts';
import { defineRamAction, markedAnswer, markedPageRequest, marking } from './ram-answers.ts';

const CONTAINER = 'user';
const byUserName = z.object({ UserName: name });

export const RAM_USER_ACTIONS: readonly Action[] = [
  defineRamAction({
    name: 'CreateUser',
    write: true,
    access: onOne(CONTAINER, 'UserName'),
    resource: 'UserName',
    parameters: z.object({
      UserName: name,
      DisplayName: optionalText,
      MobilePhone: optionalText,
      Email: optionalText,
      Comments: optionalText,
    }),
    async run(input, { ram }) {
      const user = await ram.createUser({
        name: input.UserName,
        displayName: input.DisplayName,
        mobilePhone: input.MobilePhone,
        email: input.Email,
        comments: input.Comments,
      });
      return userAnswer(user);
    },
  }),
  defineRamAction({
    name: 'GetUser',
    write: false,
    access: onOne(CONTAINER, 'UserName'),
    resource: 'UserName',
    parameters: byUserName,
    run: ({ UserName }, { ram }) => userAnswer(ram.getUser(UserName)),
  }),
  defineRamAction({
    name: 'ListUsers',
    write: false,
    access: onAll(`${CONTAINER}/*`),
    resource: null,
    parameters: z.object(marking),
    run: (input, { ram }) =>
      markedAnswer('Users', 'User', ram.listUsers(markedPageRequest(input)), userFields),
  }),
  defineRamAction({
    name: 'DeleteUser',
    write: true,
    access: onOne(CONTAINER, 'UserName'),
    resource: 'UserName',
    parameters: byUserName,
    async run({ UserName }, { ram }) {
      await ram.deleteUser(UserName);
      return done(UserName);
    },
  }),
];

function userAnswer(user: RamUser): Answer {
  return { body: { User: userFields(user) }, resource: user.name };
}

function userFields(user: RamUser) {
  return {
    UserId: user.id,
    UserName: user.name,
    DisplayName: user.displayName,
    MobilePhone: user.mobilePhone,
    Email: user.email,
    Comments: user.comments,
    CreateDate: isoSeconds(user.createdAt),
    UpdateDate: isoSeconds(user.updatedAt),
  };
}

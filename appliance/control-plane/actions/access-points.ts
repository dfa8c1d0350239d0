// Actions on application access points. Policies is compact JSON text: Terraform cuts it apart by hand.
// Source: control-plane specification 2.6.3.

import { z } from 'zod';
import type { AccessPoint } from '../../core/access.ts';
import { arn } from '../../core/ids.ts';
import { type Action, type Answer, defineAction, type Services } from '../action.ts';
import {
  name,
  optionalName,
  optionalStringArray,
  optionalText,
  paging,
  stringArray,
} from '../parameter-types.ts';
import { onAll, onOne } from '../permissions.ts';
import { done, pageAnswer, pageRequest } from './answers.ts';

const CONTAINER = 'applicationaccesspoint';
const byName = z.object({ Name: name });

export const ACCESS_POINT_ACTIONS: readonly Action[] = [
  defineAction({
    name: 'CreateApplicationAccessPoint',
    write: true,
    access: onAll(CONTAINER),
    resource: 'Name',
    parameters: z.object({
      Name: name,
      Policies: stringArray,
      AuthenticationMethod: optionalName,
      Description: optionalText,
    }),
    async run(input, services) {
      const point = await services.access.createAccessPoint({
        name: input.Name,
        policies: input.Policies,
        authenticationMethod: input.AuthenticationMethod,
        description: input.Description,
      });
      return accessPointAnswer(point, services);
    },
  }),
  defineAction({
    name: 'DescribeApplicationAccessPoint',
    write: false,
    access: onOne(CONTAINER, 'Name'),
    resource: 'Name',
    parameters: byName,
    run: ({ Name }, services) => accessPointAnswer(services.access.describeAccessPoint(Name), services),
  }),
  defineAction({
    name: 'UpdateApplicationAccessPoint',
    write: true,
    access: onOne(CONTAINER, 'Name'),
    resource: 'Name',
    parameters: z.object({ Name: name, Policies: optionalStringArray, Description: optionalText }),
    async run({ Name, Policies, Description }, { access }) {
      await access.updateAccessPoint(Name, { policies: Policies, description: Description });
      return done(Name);
    },
  }),
  defineAction({
    name: 'DeleteApplicationAccessPoint',
    write: true,
    access: onOne(CONTAINER, 'Name'),
    resource: 'Name',
    parameters: byName,
    async run({ Name }, { access }) {
      await access.deleteAccessPoint(Name);
      return done(Name);
    },
  }),
  defineAction({
    name: 'ListApplicationAccessPoints',
    write: false,
    access: onAll(CONTAINER),
    resource: null,
    parameters: z.object(paging(20)),
    run(input, { access }) {
      const page = access.listAccessPoints(pageRequest(input));
      return pageAnswer('ApplicationAccessPoints', 'ApplicationAccessPoint', page, (point) => ({
        Name: point.name,
        AuthenticationMethod: point.authenticationMethod,
      }));
    },
  }),
];

function accessPointAnswer(point: AccessPoint, { account }: Services): Answer {
  const body = {
    Arn: arn(account, `${CONTAINER}/${point.name}`),
    Name: point.name,
    AuthenticationMethod: point.authenticationMethod,
    Policies: JSON.stringify(point.policies),
    Description: point.description,
  };
  return { body, resource: point.name };
}

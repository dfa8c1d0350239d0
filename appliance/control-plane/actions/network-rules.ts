// Actions on network rules. Lists go out as compact JSON text: Terraform cuts it apart by hand.
// Source: control-plane specification 2.6.1.

import { z } from 'zod';
import type { NetworkRule } from '../../core/access.ts';
import { arn } from '../../core/ids.ts';
import { type Action, type Answer, defineAction, type Services } from '../action.ts';
import { name, optionalAddressList, optionalText, paging } from '../parameter-types.ts';
import { onAll, onOne } from '../permissions.ts';
import { done, pageAnswer, pageRequest } from './answers.ts';

const CONTAINER = 'network';
const byName = z.object({ Name: name });

export const NETWORK_RULE_ACTIONS: readonly Action[] = [
  defineAction({
    name: 'CreateNetworkRule',
    write: true,
    access: onAll(CONTAINER),
    resource: 'Name',
    parameters: z.object({
      Name: name,
      Type: name,
      SourcePrivateIp: optionalAddressList,
      Description: optionalText,
    }),
    async run({ Name, Type, SourcePrivateIp, Description }, services) {
      const request = { name: Name, type: Type, sources: SourcePrivateIp, description: Description };
      return ruleAnswer(await services.access.createNetworkRule(request), services);
    },
  }),
  defineAction({
    name: 'DescribeNetworkRule',
    write: false,
    access: onOne(CONTAINER, 'Name'),
    resource: 'Name',
    parameters: byName,
    run: ({ Name }, services) => ruleAnswer(services.access.describeNetworkRule(Name), services),
  }),
  defineAction({
    name: 'UpdateNetworkRule',
    write: true,
    access: onOne(CONTAINER, 'Name'),
    resource: 'Name',
    parameters: z.object({ Name: name, SourcePrivateIp: optionalAddressList, Description: optionalText }),
    async run({ Name, SourcePrivateIp, Description }, { access }) {
      await access.updateNetworkRule(Name, { sources: SourcePrivateIp, description: Description });
      return done(Name);
    },
  }),
  defineAction({
    name: 'DeleteNetworkRule',
    write: true,
    access: onOne(CONTAINER, 'Name'),
    resource: 'Name',
    parameters: byName,
    async run({ Name }, { access }) {
      await access.deleteNetworkRule(Name);
      return done(Name);
    },
  }),
  defineAction({
    name: 'ListNetworkRules',
    write: false,
    access: onAll(CONTAINER),
    resource: null,
    parameters: z.object(paging(20)),
    run: (input, { access }) =>
      pageAnswer('NetworkRules', 'NetworkRule', access.listNetworkRules(pageRequest(input)), (rule) => ({
        Name: rule.name,
        Type: rule.type,
      })),
  }),
];

function ruleAnswer(rule: NetworkRule, { account }: Services): Answer {
  const body = {
    Arn: arn(account, `${CONTAINER}/${rule.name}`),
    Name: rule.name,
    Type: rule.type,
    SourcePrivateIp: JSON.stringify(rule.sources),
    Description: rule.description,
  };
  return { body, resource: rule.name };
}

// Actions on network rules. Lists go out as compact JSON text: Terraform cuts it apart by hand.
// Source: control-plane specification 2.6.1.

import type { NetworkRule } from '../../core/access.ts';
import { arn } from '../../core/ids.ts';
import type { Answer, Services } from '../action.ts';
import { done, pageAnswer, pageRequest } from './answers.ts';

interface NetworkRuleFields {
  readonly Name: string;
  readonly SourcePrivateIp?: readonly string[] | undefined;
  readonly Description?: string | undefined;
}

export async function createNetworkRule(
  { Name, Type, SourcePrivateIp, Description }: NetworkRuleFields & { readonly Type: string },
  services: Services,
): Promise<Answer> {
  const request = { name: Name, type: Type, sources: SourcePrivateIp, description: Description };
  return ruleAnswer(await services.access.createNetworkRule(request), services);
}

export function describeNetworkRule({ Name }: { readonly Name: string }, services: Services): Answer {
  return ruleAnswer(services.access.describeNetworkRule(Name), services);
}

export async function updateNetworkRule(
  { Name, SourcePrivateIp, Description }: NetworkRuleFields,
  { access }: Services,
): Promise<Answer> {
  await access.updateNetworkRule(Name, { sources: SourcePrivateIp, description: Description });
  return done(Name);
}

export async function deleteNetworkRule(
  { Name }: { readonly Name: string },
  { access }: Services,
): Promise<Answer> {
  await access.deleteNetworkRule(Name);
  return done(Name);
}

export function listNetworkRules(
  input: { readonly PageNumber: number; readonly PageSize: number },
  { access }: Services,
): Answer {
  const page = access.listNetworkRules(pageRequest(input));
  return pageAnswer('NetworkRules', 'NetworkRule', page, ({ name, type }) => ({ Name: name, Type: type }));
}

function ruleAnswer(rule: NetworkRule, { account }: Services): Answer {
  const body = {
    Arn: arn(account, `network/${rule.name}`),
    Name: rule.name,
    Type: rule.type,
    SourcePrivateIp: JSON.stringify(rule.sources),
    Description: rule.description,
  };
  return { body, resource: rule.name };
}

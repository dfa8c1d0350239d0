// Actions on application access points. Policies is compact JSON text: Terraform cuts it apart by hand.
// Source: control-plane specification 2.6.3.

import type { AccessPoint } from '../../core/access.ts';
import { arn } from '../../core/ids.ts';
import type { Answer, Services } from '../action.ts';
import { done, pageAnswer, pageRequest } from './answers.ts';

interface CreateAccessPointInput {
  readonly Name: string;
  readonly Policies: readonly string[];
  readonly AuthenticationMethod?: string | undefined;
  readonly Description?: string | undefined;
}

interface UpdateAccessPointInput {
  readonly Name: string;
  readonly Policies?: readonly string[] | undefined;
  readonly Description?: string | undefined;
}

export async function createApplicationAccessPoint(
  input: CreateAccessPointInput,
  services: Services,
): Promise<Answer> {
  const point = await services.access.createAccessPoint({
    name: input.Name,
    policies: input.Policies,
    authenticationMethod: input.AuthenticationMethod,
    description: input.Description,
  });
  return accessPointAnswer(point, services);
}

export function describeApplicationAccessPoint(
  { Name }: { readonly Name: string },
  services: Services,
): Answer {
  return accessPointAnswer(services.access.describeAccessPoint(Name), services);
}

export async function updateApplicationAccessPoint(
  { Name, Policies, Description }: UpdateAccessPointInput,
  { access }: Services,
): Promise<Answer> {
  await access.updateAccessPoint(Name, { policies: Policies, description: Description });
  return done(Name);
}

export async function deleteApplicationAccessPoint(
  { Name }: { readonly Name: string },
  { access }: Services,
): Promise<Answer> {
  await access.deleteAccessPoint(Name);
  return done(Name);
}

export function listApplicationAccessPoints(
  input: { readonly PageNumber: number; readonly PageSize: number },
  { access }: Services,
): Answer {
  const page = access.listAccessPoints(pageRequest(input));
  return pageAnswer('ApplicationAccessPoints', 'ApplicationAccessPoint', page, (point) => ({
    Name: point.name,
    AuthenticationMethod: point.authenticationMethod,
  }));
}

function accessPointAnswer(point: AccessPoint, { account }: Services): Answer {
  const body = {
    Arn: arn(account, `applicationaccesspoint/${point.name}`),
    Name: point.name,
    AuthenticationMethod: point.authenticationMethod,
    Policies: JSON.stringify(point.policies),
    Description: point.description,
  };
  return { body, resource: point.name };
}

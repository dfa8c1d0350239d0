// RAM users of a control plane under test, made over its own API, each with a client that signs as the user.

import type { ControlPlaneFixture } from './control-plane.ts';
import { RAM_VERSION, type RpcBody, type RpcClient } from './rpc-client.ts';

export interface Grant {
  readonly Effect?: 'Allow' | 'Deny';
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: object;
}

export function policyText(...grants: readonly Grant[]): string {
  const Statement = grants.map((grant) => ({ Effect: 'Allow', Resource: '*', ...grant }));
  return JSON.stringify({ Version: '1', Statement });
}

/** Calls RAM as the owner and returns the answer, which must be a success. */
export async function ram(
  plane: ControlPlaneFixture,
  action: string,
  parameters: Record<string, string> = {},
): Promise<RpcBody> {
  const { status, body } = await plane.client.call(action, parameters, { version: RAM_VERSION });
  if (status !== 200) throw new Error(`${action}: ${body.Code} ${body.Message}`);
  return body;
}

/** A new user with these permissions. */
export async function ramUser(
  plane: ControlPlaneFixture,
  UserName: string,
  ...grants: readonly Grant[]
): Promise<RpcClient> {
  await ram(plane, 'CreateUser', { UserName });
  if (grants.length > 0) {
    await ram(plane, 'CreatePolicy', { PolicyName: UserName, PolicyDocument: policyText(...grants) });
    await ram(plane, 'AttachPolicyToUser', { UserName, PolicyName: UserName, PolicyType: 'Custom' });
  }
  const { AccessKey } = await ram(plane, 'CreateAccessKey', { UserName });
  return plane.clientOf(AccessKey.AccessKeyId, AccessKey.AccessKeySecret);
}

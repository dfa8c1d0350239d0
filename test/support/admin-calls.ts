// Calls of the control plane as tests make them: what is expected to be answered, and what is expected to be refused.

import { expect } from 'vitest';
import type { ControlPlaneFixture } from './control-plane.ts';
import type { RpcBody } from './rpc-client.ts';

export type Texts = Readonly<Record<string, string>>;
/** An answer with members of any shape, for assertions that compare it as a whole. */
export type AdminBody = RpcBody & Readonly<Record<string, unknown>>;

export interface AdminCalls {
  /** The body of a success. */
  answer(action: string, parameters?: Texts): Promise<AdminBody>;
  /** Status and code of a refusal. */
  refusal(action: string, parameters?: Texts): Promise<[number, string]>;
  /** The id of a new key. */
  createKey(parameters?: Texts): Promise<string>;
}

export function adminCalls(plane: () => ControlPlaneFixture): AdminCalls {
  const answer = async (action: string, parameters: Texts = {}): Promise<AdminBody> => {
    const { status, body } = await plane().client.call(action, parameters);
    expect({ action, status, code: body.Code }).toEqual({ action, status: 200, code: undefined });
    for (const name of ['Code', 'Message', 'Success']) expect(body).not.toHaveProperty(name);
    expect(JSON.stringify(body)).not.toContain('null');
    return body as AdminBody;
  };
  return {
    answer,
    async refusal(action, parameters = {}) {
      const { status, body } = await plane().client.call(action, parameters);
      expect(Object.keys(body).sort()).toEqual(['Code', 'HostId', 'Message', 'Recommend', 'RequestId']);
      expect(Object.values(body).every((value) => typeof value === 'string')).toBe(true);
      return [status, body.Code];
    },
    createKey: async (parameters = {}) => (await answer('CreateKey', parameters)).KeyMetadata.KeyId,
  };
}

// Makes the members of a cluster share one domain key: the only step for a new cluster, a new member and a member whose
// token was emptied. The key travels from token to token, wrapped under the receiving token's own RSA key; the cluster
// relays it and compares check values. A member with another domain key is never touched.

import { HSM_CALLS, type HsmCall } from './hsm-calls.ts';
import { HsmError, type HsmErrorCode, toHsmError } from './hsm-error.ts';
import type { NodeClient } from './node-client.ts';
import { OPERATIONS } from './node-protocol.ts';

export type SyncOutcome = 'had-it' | 'created' | 'received' | 'foreign' | 'unreachable' | 'failed';

export interface SyncReport {
  /** Hex; to be kept by the owner of the cluster and given to openHsmCluster from then on. */
  readonly domainCheckValue: string;
  readonly members: readonly {
    readonly name: string;
    readonly outcome: SyncOutcome;
    readonly error: HsmErrorCode | null;
  }[];
}

interface Seen {
  readonly member: NodeClient;
  /** Undefined when the member or its token is not there. */
  readonly checkValue: string | null | undefined;
}

export class DomainSync {
  readonly #members: readonly NodeClient[];
  readonly #expected: string | null;

  constructor(members: readonly NodeClient[], expected: string | null) {
    this.#members = members;
    this.#expected = expected;
  }

  /**
   * @throws HsmError UNAVAILABLE when no member is there; DOMAIN_KEY_MISSING when none has the domain key and it may not
   * be created; DOMAIN_KEY_MISMATCH when members have different ones and it is not known which is the cluster's.
   */
  async run(create: boolean): Promise<SyncReport> {
    await Promise.all(this.#members.map(({ firstAttempt }) => firstAttempt));
    const seen = await Promise.all(this.#members.map(look));
    const { holder, checkValue, created } = await this.#holder(seen, create);
    const members = await Promise.all(
      seen.map(async (row) => {
        const { name } = row.member;
        if (row.member === holder)
          return { name, outcome: created ? 'created' : 'had-it', error: null } as const;
        return { name, ...(await this.#bring(row, holder, checkValue)) };
      }),
    );
    return { domainCheckValue: checkValue, members };
  }

  async #holder(
    seen: readonly Seen[],
    create: boolean,
  ): Promise<{ readonly holder: NodeClient; readonly checkValue: string; readonly created: boolean }> {
    const present = seen.filter(({ checkValue }) => checkValue !== undefined);
    if (present.length === 0) throw new HsmError('UNAVAILABLE', 'No HSM member is there.');
    const found = new Set(present.map(({ checkValue }) => checkValue).filter((value) => value !== null));
    if (this.#expected === null && found.size > 1) {
      throw new HsmError('DOMAIN_KEY_MISMATCH', 'The members have different domain keys.');
    }
    const checkValue = this.#expected ?? [...found][0] ?? null;
    const holder = present.find((row) => row.checkValue !== null && row.checkValue === checkValue)?.member;
    if (holder !== undefined && checkValue !== null) {
      return { holder, checkValue, created: false };
    }
    const [first] = present;
    if (!create || this.#expected !== null || first === undefined) {
      throw new HsmError('DOMAIN_KEY_MISSING', 'No member has the domain key of the cluster.');
    }
    const made = await ask(first.member, HSM_CALLS.domainCreate());
    await first.member.refresh();
    return { holder: first.member, checkValue: made.toString('hex'), created: true };
  }

  async #bring(
    { member, checkValue: has }: Seen,
    holder: NodeClient,
    checkValue: string,
  ): Promise<{ readonly outcome: SyncOutcome; readonly error: HsmErrorCode | null }> {
    if (has === undefined) return { outcome: 'unreachable', error: 'UNAVAILABLE' };
    if (has === checkValue) return { outcome: 'had-it', error: null };
    if (has !== null) return { outcome: 'foreign', error: 'DOMAIN_KEY_MISMATCH' };
    try {
      const offer = await ask(member, HSM_CALLS.domainOffer());
      const { wrapped } = await ask(holder, HSM_CALLS.domainHandOver(offer));
      await ask(member, HSM_CALLS.domainAccept(wrapped, Buffer.from(checkValue, 'hex')));
      await member.refresh();
      return { outcome: 'received', error: null };
    } catch (error) {
      return { outcome: 'failed', error: toHsmError(error).code };
    }
  }
}

async function look(member: NodeClient): Promise<Seen> {
  try {
    return { member, checkValue: (await member.refresh()).token?.checkValue };
  } catch {
    return { member, checkValue: undefined };
  }
}

async function ask<T>(member: NodeClient, call: HsmCall<T>): Promise<T> {
  const { deadlineMs } = OPERATIONS[call.operation];
  return call.read(await member.call({ ...call, deadlineMs }));
}

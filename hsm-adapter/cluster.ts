// The HSM cluster: one Hsm out of 1 to N members that share a domain key. Each operation goes to the member that would do
// it soonest; what a member cannot do now is tried on another within the deadline, because every operation can be
// repeated (keys live in blobs, not in tokens). The number of operations under way is bounded: beyond it, BUSY.
// Invariant: keys are made and used only on members whose domain key is the cluster's.

import { DomainSync, type SyncReport } from './domain-sync.ts';
import type { Endpoint } from './endpoint.ts';
import type { Hsm, HsmCapabilities } from './hsm.ts';
import { HSM_CALLS, type HsmCall } from './hsm-calls.ts';
import { HSM_ERRORS, HsmError, type HsmErrorCode, toHsmError } from './hsm-error.ts';
import { HSM_KEY_SPECS, type HsmKeySpec, kindOf } from './key-specs.ts';
import { commonSupport, GENERATING, type OperationSupport } from './mechanisms.ts';
import { type MemberStatus, memberStatus, usesDomainKey } from './member-status.ts';
import { NodeClient } from './node-client.ts';
import { OPERATIONS } from './node-protocol.ts';
import { chooseMember } from './routing.ts';
import { verifySignature } from './verify-signature.ts';

export interface HsmMember {
  /** Unique in the cluster, for status and logs. */
  readonly name: string;
  readonly endpoint: Endpoint;
}

export interface HsmClusterOptions {
  readonly members: readonly HsmMember[];
  /** Check value of the cluster's domain key (hex), as `synchronise` returned it; null before its first time. */
  readonly domainCheckValue: string | null;
  /** Operations under way at once; beyond it BUSY. */
  readonly maxInFlight?: number;
  /** Milliseconds that never go backwards. */
  readonly monotonic?: () => number;
  readonly random?: () => number;
  readonly pingMs?: number;
  readonly stallMs?: number;
}

export interface HsmClusterStatus {
  readonly domainCheckValue: string | null;
  readonly members: readonly MemberStatus[];
  readonly inFlight: number;
}

export interface HsmCluster extends Hsm {
  status(): HsmClusterStatus;
  /** Resolves when every member was reached or failed to be once; members are then tried again in the background. */
  firstContact(): Promise<void>;
  /**
   * Gives the domain key to every connected member without one. With `create` the first member makes it when no member
   * has one: only for a cluster that has no keys yet.
   */
  synchronise(options?: { readonly create?: boolean }): Promise<SyncReport>;
  close(): void;
}

const MAX_IN_FLIGHT = 2_048;
const PING_MS = 300;
const STALL_MS = 1_500;
const STATUS_MS = 5_000;
const MAX_ATTEMPTS = 6;
const ROUND_PAUSE_MS = 25;

/** Errors after which the same members may answer differently in a moment. */
const PASSING: ReadonlySet<HsmErrorCode> = new Set(['UNAVAILABLE', 'PROTOCOL']);

export function openHsmCluster(options: HsmClusterOptions): HsmCluster {
  return new Cluster(options);
}

interface Attempts {
  readonly tried: Set<NodeClient>;
  readonly endsAt: number;
  count: number;
  last: HsmError | null;
}

class Cluster implements HsmCluster {
  readonly #members: readonly NodeClient[];
  readonly #monotonic: () => number;
  readonly #maxInFlight: number;
  #checkValue: string | null;
  #inFlight = 0;
  #turn = 0;

  constructor(options: HsmClusterOptions) {
    const { monotonic = () => performance.now(), random = Math.random } = options;
    const { pingMs = PING_MS, stallMs = STALL_MS } = options;
    this.#monotonic = monotonic;
    this.#maxInFlight = options.maxInFlight ?? MAX_IN_FLIGHT;
    this.#checkValue = options.domainCheckValue;
    this.#members = options.members.map(({ name, endpoint }) => {
      return new NodeClient({ name, endpoint, monotonic, random, pingMs, stallMs, statusMs: STATUS_MS });
    });
  }

  capabilities(): HsmCapabilities {
    const operations = commonSupport(this.#usable().map(supportOf));
    const generates = (spec: HsmKeySpec): boolean => {
      const row = operations.find(({ operation }) => operation === GENERATING[kindOf(spec).type]);
      return row !== undefined && row.where !== 'missing';
    };
    return { specs: (Object.keys(HSM_KEY_SPECS) as HsmKeySpec[]).filter(generates), operations };
  }

  status(): HsmClusterStatus {
    return {
      domainCheckValue: this.#checkValue,
      members: this.#members.map((member) => memberStatus(member, this.#checkValue)),
      inFlight: this.#inFlight,
    };
  }

  async firstContact(): Promise<void> {
    await Promise.all(this.#members.map(({ firstAttempt }) => firstAttempt));
  }

  async synchronise(options: { readonly create?: boolean } = {}): Promise<SyncReport> {
    const report = await new DomainSync(this.#members, this.#checkValue).run(options.create === true);
    this.#checkValue = report.domainCheckValue;
    return report;
  }

  generate: Hsm['generate'] = (spec) => this.#run(HSM_CALLS.generate(spec));
  importKey: Hsm['importKey'] = (spec, material) => this.#run(HSM_CALLS.importKey(spec, material));
  importWrapped: Hsm['importWrapped'] = (material) => this.#run(HSM_CALLS.importWrapped(material));
  encrypt: Hsm['encrypt'] = (key, cipher, input) => this.#run(HSM_CALLS.encrypt(key, cipher, input));
  decrypt: Hsm['decrypt'] = (key, cipher, input) => this.#run(HSM_CALLS.decrypt(key, cipher, input));
  agree: Hsm['agree'] = (key, point) => this.#run(HSM_CALLS.agree(key, point));
  random: Hsm['random'] = (bytes) => this.#run(HSM_CALLS.random(bytes));

  sign: Hsm['sign'] = ({ blob, publicKey }, name, digest) => {
    return this.#run(HSM_CALLS.sign({ blob, publicKey }, name, digest), (member, signature) => {
      if (!member.distrusted || publicKey === null) return;
      if (!verifySignature(publicKey, name, { digest, signature })) {
        throw new HsmError('UNAVAILABLE', 'The member made a signature that does not verify.');
      }
      member.vouch();
    });
  };

  close(): void {
    for (const member of this.#members) member.close();
  }

  /** `check` may refuse an answer by throwing. */
  async #run<T>(call: HsmCall<T>, check?: (member: NodeClient, answer: T) => void): Promise<T> {
    if (this.#inFlight >= this.#maxInFlight) throw new HsmError('BUSY', 'Too many operations under way.');
    this.#inFlight += 1;
    try {
      return await this.#attempt(call, check);
    } finally {
      this.#inFlight -= 1;
    }
  }

  async #attempt<T>(call: HsmCall<T>, check?: (member: NodeClient, answer: T) => void): Promise<T> {
    const endsAt = this.#monotonic() + OPERATIONS[call.operation].deadlineMs;
    const attempts: Attempts = { tried: new Set(), endsAt, count: 0, last: null };
    for (;;) {
      const member = await this.#next(attempts);
      const deadlineMs = Math.ceil(endsAt - this.#monotonic());
      if (deadlineMs <= 0) throw new HsmError('TIMEOUT', 'The HSM did not answer in time.');
      let answered = false;
      try {
        const fields = await member.call({ ...call, deadlineMs });
        answered = true;
        const answer = call.read(fields);
        check?.(member, answer);
        return answer;
      } catch (thrown) {
        const error = toHsmError(thrown);
        if (answered) member.blame(error);
        if (!HSM_ERRORS[error.code].elsewhere) throw error;
        attempts.tried.add(member);
        attempts.last = error;
      }
    }
  }

  /** @throws the last error, or UNAVAILABLE, when nobody is left to ask. */
  async #next(attempts: Attempts): Promise<NodeClient> {
    attempts.count += 1;
    const { tried, last, count } = attempts;
    const untried = this.#choose((member) => !tried.has(member));
    if (untried !== undefined && count <= MAX_ATTEMPTS) return untried;
    const again =
      last !== null && PASSING.has(last.code) && count <= MAX_ATTEMPTS && this.#usable().length > 0;
    if (!again) throw last ?? this.#nobody();
    // A node that lost one of its processes has others, or will have.
    await new Promise((resolve) => setTimeout(resolve, ROUND_PAUSE_MS));
    tried.clear();
    const member = this.#choose(() => true);
    if (member === undefined) throw last;
    return member;
  }

  #choose(filter: (member: NodeClient) => boolean): NodeClient | undefined {
    this.#turn = (this.#turn + 1) % 0x1_0000;
    return chooseMember(this.#usable().filter(filter), this.#turn);
  }

  #usable(): readonly NodeClient[] {
    return this.#members.filter((member) => member.ready && usesDomainKey(member.status, this.#checkValue));
  }

  #nobody(): HsmError {
    if (!this.#members.some(({ ready }) => ready))
      return new HsmError('UNAVAILABLE', 'No HSM member is there.');
    return new HsmError(
      'DOMAIN_KEY_MISSING',
      'No HSM member has the domain key of the cluster: synchronise it.',
    );
  }
}

function supportOf(member: NodeClient): readonly OperationSupport[] {
  return (member.status?.token?.support ?? []) as readonly OperationSupport[];
}

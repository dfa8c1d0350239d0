// The connection of an instance to its HSM cluster: the Hsm that everything works with, whichever cluster is behind it
// now. Without one every operation is UNAVAILABLE at once. Administrators connect, disconnect and synchronise it while
// the instance runs; a start waits for it. Invariant: the check value of the domain key is on disk before any key is made
// under it, and a domain key is made only for an instance without a store, when all members are there.

import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import {
  type Hsm,
  type HsmCluster,
  HsmError,
  type HsmMember,
  openHsmCluster,
} from '../../hsm-adapter/index.ts';
import type { HsmConfig } from '../config-hsm.ts';
import type { Clock } from '../core/ports/clock.ts';
import type {
  HsmAdministration,
  HsmConnectRequest,
  HsmDescription,
  HsmSyncRow,
} from '../core/ports/hsm-administration.ts';
import { KmsError } from '../errors.ts';
import type { Logger } from '../ops/logger.ts';
import { Turns } from '../ops/turns.ts';
import { administrationError } from './administration-errors.ts';
import { keptAfter, requireTlsMembers } from './connect-request.ts';
import { type ConnectionSettings, clusterMembers, connectionSettings } from './connection-settings.ts';
import { describeConnection } from './describe.ts';
import { isUsable, type StateAndReason, stateOfConnection } from './hsm-state.ts';
import { type KeptSettings, readKept, writeKept } from './kept-settings.ts';
import { type Proof, requireProof, requireUsable } from './proof.ts';
import { RetiringClusters } from './retiring-clusters.ts';
import { StateNews } from './state-news.ts';

export interface HsmConnectionOptions {
  readonly dataDir: string;
  readonly config: HsmConfig;
  /** For the PKCS#11 modules of members on this machine. */
  readonly environment: Readonly<NodeJS.ProcessEnv>;
  readonly logger: Logger;
  readonly clock: Clock;
}

export interface ReadyOptions {
  /** Whether the cluster's domain key may be made: for an instance that has no store yet. */
  readonly create: boolean;
  readonly signal: AbortSignal;
  /** Told whenever what is known has changed. */
  readonly waiting: (description: HsmDescription) => Promise<void>;
}

const POLL_MS = 250;
/** While a member may not have the domain key: every attempt is a line in its peer's log. */
const WITHHELD_MS = 5_000;
const FIRST_CONTACT_MS = 1_000;
const WATCH_MS = 1_000;

export class HsmConnection implements Hsm, HsmAdministration {
  readonly #options: HsmConnectionOptions;
  #kept: KeptSettings;
  #settings: ConnectionSettings | null = null;
  #cluster: HsmCluster | null = null;
  /** Why there is no cluster although there should be one, or why its domain key could not be found. */
  #problem = '';
  readonly #turns = new Turns();
  #watch: NodeJS.Timeout | undefined;
  #prove: Proof | null = null;
  readonly #retiring = new RetiringClusters();
  readonly #news: StateNews;
  #closed = false;

  /** @throws HsmSettingsError when what is kept cannot be read */
  constructor(options: HsmConnectionOptions) {
    this.#options = options;
    this.#news = new StateNews(options.logger, options.clock);
    this.#kept = readKept(options.dataDir);
    this.#open();
  }

  capabilities: Hsm['capabilities'] = () => this.#cluster?.capabilities() ?? { specs: [], operations: [] };
  generate: Hsm['generate'] = async (spec) => this.#hsm.generate(spec);
  importKey: Hsm['importKey'] = async (spec, material) => this.#hsm.importKey(spec, material);
  importWrapped: Hsm['importWrapped'] = async (material) => this.#hsm.importWrapped(material);
  encrypt: Hsm['encrypt'] = async (key, cipher, input) => this.#hsm.encrypt(key, cipher, input);
  decrypt: Hsm['decrypt'] = async (key, cipher, input) => this.#hsm.decrypt(key, cipher, input);
  sign: Hsm['sign'] = async (key, signature, digest) => this.#hsm.sign(key, signature, digest);
  agree: Hsm['agree'] = async (key, point) => this.#hsm.agree(key, point);
  random: Hsm['random'] = async (bytes) => this.#hsm.random(bytes);

  get #hsm(): Hsm {
    if (this.#cluster === null)
      throw new HsmError('UNAVAILABLE', 'The instance is not connected to its HSM cluster.');
    return this.#cluster;
  }

  /**
   * Resolves when the cluster can be used. Takes over what `kms hsm connect --data-dir` writes meanwhile. Rejects when
   * the signal aborts.
   */
  async ready({ create, signal, waiting }: ReadyOptions): Promise<void> {
    let told = '';
    for (;;) {
      this.#reload();
      // One member that does not answer must not hold up the others.
      await Promise.race([this.#cluster?.firstContact(), pause(FIRST_CONTACT_MS, undefined, { signal })]);
      if (this.#cluster !== null && this.#kept.domainCheckValue === null) await this.#findDomainKey(create);
      const description = this.describe();
      if (description.state === 'Connected') break;
      const news = `${description.state}: ${description.reason}`;
      if (news !== told) await waiting(description);
      told = news;
      const withheld = this.#cluster?.status().members.some(isUsable) === true;
      await pause(withheld ? WITHHELD_MS : POLL_MS, undefined, { signal });
    }
    clearInterval(this.#watch);
    this.#watch = setInterval(() => this.#tellChanges(), WATCH_MS).unref();
  }

  describe(): HsmDescription {
    const status = this.#cluster?.status() ?? null;
    return describeConnection({
      ...this.#state(),
      members: this.#settings?.members ?? [],
      status,
      domainCheckValue: this.#kept.domainCheckValue,
      capabilities: this.capabilities(),
    });
  }

  connect(request: HsmConnectRequest): Promise<void> {
    return this.#inTurn(async () => {
      requireTlsMembers(request);
      const kept = keptAfter(request, this.#options.config, this.#kept);
      const settings = connectionSettings(this.#options.config, kept);
      if (settings === null) throw new KmsError('MissingParameter', 'The parameter Members is required.');
      const cluster = this.#openCluster(settings, kept);
      try {
        await cluster.firstContact();
        const areNew = request.members !== undefined && this.#prove !== null;
        if (areNew || this.#state().state === 'Connected') requireUsable(cluster);
        if (this.#prove !== null) await requireProof(cluster, this.#membersOf(settings), this.#prove);
        await this.#keep(kept);
      } catch (error) {
        cluster.close();
        throw error;
      }
      this.#change(settings, cluster);
    });
  }

  /** From now on no cluster is connected whose members do not prove themselves. Opening the store was a proof. */
  proveWith(prove: Proof): void {
    this.#prove = prove;
  }

  disconnect(): Promise<void> {
    return this.#inTurn(async () => {
      await this.#keep({ ...this.#kept, credentials: null, connect: false });
      this.#change(this.#settings, null);
    });
  }

  synchronise(): Promise<readonly HsmSyncRow[]> {
    return this.#inTurn(async () => {
      if (this.#cluster === null) throw new KmsError('ServiceUnavailableTemporary');
      const { members, domainCheckValue } = await this.#cluster.synchronise();
      if (domainCheckValue !== this.#kept.domainCheckValue)
        await this.#keep({ ...this.#kept, domainCheckValue });
      this.#options.logger.info({ members }, 'HSM cluster synchronised');
      return members.map(({ name, outcome, error }) => ({ name, outcome, error: error ?? '' }));
    });
  }

  close(): void {
    this.#closed = true;
    clearInterval(this.#watch);
    this.#retiring.close();
    this.#cluster?.close();
  }

  #state(): StateAndReason {
    const status = this.#cluster?.status() ?? null;
    return stateOfConnection({ connect: this.#kept.connect, status, problem: this.#problem });
  }

  /** A cluster for what is kept; what keeps it from being opened becomes the state. */
  #open(): void {
    this.#problem = '';
    this.#settings = null;
    try {
      this.#settings = connectionSettings(this.#options.config, this.#kept);
      if (this.#settings === null || !this.#kept.connect) return;
      this.#cluster = this.#openCluster(this.#settings, this.#kept);
    } catch (error) {
      this.#problem = error instanceof Error ? error.message : 'the settings cannot be used';
    }
  }

  /** @throws HsmSettingsError */
  #openCluster(settings: ConnectionSettings, { domainCheckValue }: KeptSettings): HsmCluster {
    return openHsmCluster({ members: this.#membersOf(settings), domainCheckValue });
  }

  /** @throws HsmSettingsError */
  #membersOf(settings: ConnectionSettings): HsmMember[] {
    return clusterMembers(settings, this.#options);
  }

  /** The cluster that was there before ends what is under way, unless none follows it. */
  #change(settings: ConnectionSettings | null, cluster: HsmCluster | null): void {
    if (this.#closed) {
      cluster?.close();
      return;
    }
    const before = this.#cluster;
    if (before !== null && cluster !== null) this.#retiring.add(before);
    else before?.close();
    this.#settings = settings;
    this.#cluster = cluster;
    this.#problem = '';
    this.#tellChanges();
  }

  async #keep(kept: KeptSettings): Promise<void> {
    await writeKept(this.#options.dataDir, kept);
    this.#kept = kept;
    this.#keptChanged();
  }

  /** Tells that other processes must take over what is kept. */
  onKept(listener: () => void): void {
    this.#keptChanged = listener;
  }

  /** Takes over what another process keeps, and no request notices. What cannot be used changes nothing. */
  async takeOver(): Promise<void> {
    try {
      await this.#inTurn(() => this.#changeOver());
    } catch (error) {
      this.#options.logger.error({ err: error }, 'what is kept of the HSM cluster cannot be taken over');
    }
  }

  async #changeOver(): Promise<void> {
    const kept = this.#keptAnew() ?? (this.#waitsForPin() ? this.#kept : null);
    if (kept === null) return;
    const settings = connectionSettings(this.#options.config, kept);
    const cluster = settings === null || !kept.connect ? null : this.#openCluster(settings, kept);
    await cluster?.firstContact();
    this.#kept = kept;
    this.#change(settings, cluster);
  }

  /**
   * What is kept, when it or a file that the configuration names differs from what is used; also when that could not be
   * used: a file may have been put right.
   */
  #keptAnew(): KeptSettings | null {
    const kept = readKept(this.#options.dataDir);
    const isNew = !isDeepStrictEqual(kept, this.#kept) || this.#filesDiffer(kept);
    const isUnusable = this.#cluster === null && this.#problem !== '';
    return isNew || isUnusable ? kept : null;
  }

  /** Whether a node on this machine is to be started again: it does not look at its PIN file a second time. */
  #waitsForPin(): boolean {
    return this.#cluster?.status().members.some(({ state }) => state === 'pin-rejected') === true;
  }

  #filesDiffer(kept: KeptSettings): boolean {
    try {
      return !isDeepStrictEqual(connectionSettings(this.#options.config, kept), this.#settings);
    } catch {
      // Whoever takes them over meets the error.
      return true;
    }
  }

  /** While nothing is served yet. */
  #reload(): void {
    const kept = this.#keptAnew();
    if (kept === null) return;
    this.#kept = kept;
    this.#cluster?.close();
    this.#cluster = null;
    this.#open();
  }

  async #findDomainKey(create: boolean): Promise<void> {
    const cluster = this.#cluster;
    if (cluster === null) return;
    const { members } = cluster.status();
    if (create && members.some(({ token }) => token === null)) {
      this.#problem = 'the domain key is made when all members are there';
      return;
    }
    try {
      const { domainCheckValue, members: outcomes } = await cluster.synchronise({ create });
      const without = outcomes.filter(({ error }) => error !== null);
      if (create && without.length > 0) {
        const list = without.map(({ name, error }) => `${name} (${error})`).join(', ');
        this.#problem = `members have not received the domain key: ${list}`;
        return;
      }
      await this.#keep({ ...this.#kept, domainCheckValue });
      this.#options.logger.info(
        { domainCheckValue, members: outcomes },
        'the HSM cluster has its domain key',
      );
      this.#problem = '';
    } catch (error) {
      this.#problem = error instanceof Error ? error.message : 'no domain key';
    }
  }

  #inTurn<T>(change: () => Promise<T>): Promise<T> {
    return this.#turns.take(change).catch((error: unknown) => {
      throw administrationError(error);
    });
  }

  #keptChanged = (): void => undefined;
  #tellChanges(): void {
    if (!this.#closed) this.#news.tell(this.describe());
  }
}

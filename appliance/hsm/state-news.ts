// Tells the log when the state of the connection or of one of its members has changed, and once a day of certificates
// that end soon: those of all members were often issued on one day, and end on one.

import type { Clock } from '../core/ports/clock.ts';
import type { HsmDescription, HsmMemberDescription } from '../core/ports/hsm-administration.ts';
import type { Logger } from '../ops/logger.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const SOON_MS = 60 * DAY_MS;

export class StateNews {
  readonly #logger: Logger;
  readonly #clock: Clock;
  #told = '';
  /** When the end of a member's certificates was last told. */
  readonly #warned = new Map<string, number>();

  constructor(logger: Logger, clock: Clock) {
    this.#logger = logger;
    this.#clock = clock;
  }

  tell(description: HsmDescription): void {
    this.#tellState(description);
    for (const member of description.members) this.#tellEnd(member);
  }

  #tellEnd({ name, certificateEnd: end }: HsmMemberDescription): void {
    const now = this.#clock();
    if (end === '' || Date.parse(end) - now > SOON_MS) return;
    if (now - (this.#warned.get(name) ?? 0) < DAY_MS) return;
    this.#warned.set(name, now);
    this.#logger.warn({ member: name, end }, 'the certificates for an HSM member end soon: renew them');
  }

  #tellState({ state, reason, members }: HsmDescription): void {
    const states = Object.fromEntries(members.map((member) => [member.name, member.state]));
    const news = JSON.stringify([state, states]);
    if (news === this.#told) return;
    this.#told = news;
    const level = state === 'Connected' ? 'info' : 'warn';
    this.#logger[level]({ state, reason, members: states }, 'HSM cluster');
  }
}

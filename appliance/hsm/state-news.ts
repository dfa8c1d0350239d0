// Tells the log when the state of the connection or of one of its members has changed.

import type { HsmDescription } from '../core/ports/hsm-administration.ts';
import type { Logger } from '../ops/logger.ts';

export class StateNews {
  readonly #logger: Logger;
  #told = '';

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  tell({ state, reason, members }: HsmDescription): void {
    const states = Object.fromEntries(members.map((member) => [member.name, member.state]));
    const news = JSON.stringify([state, states]);
    if (news === this.#told) return;
    this.#told = news;
    const level = state === 'Connected' ? 'info' : 'warn';
    this.#logger[level]({ state, reason, members: states }, 'HSM cluster');
  }
}

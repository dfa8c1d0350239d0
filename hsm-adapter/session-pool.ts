// The sessions of one token process: an anchor, which logs in and owns every unwrapped key, and one work session for
// operations. After any error the work session is closed and opened again, because tokens leave half-begun operations
// behind; the anchor is never used for operations and never closed. Source: HSM specification, sections A, B and J.

import { TokenLost, translate } from './errors.ts';
import type { HsmErrorCode } from './hsm-error.ts';
import type { Handle, Pkcs11Module } from './pkcs11-module.ts';

export class SessionPool {
  readonly module: Pkcs11Module;
  /** Objects made in it live as long as the process. */
  readonly anchor: Handle;
  readonly #slot: Handle;
  #work: Handle;

  /** @throws the module's errors; PinRejected when the token refuses the PIN. */
  constructor(module: Pkcs11Module, slot: Handle, pin: string) {
    this.module = module;
    this.#slot = slot;
    this.anchor = module.openSession(slot);
    try {
      module.login(this.anchor, pin);
    } catch (error) {
      throw translate(error, 'UNAVAILABLE', () => this.healthy());
    }
    this.#work = module.openSession(slot);
  }

  /**
   * Runs calls in the work session. `meaning` is what an ambiguous error of a healthy token stands for here; `healthy`
   * asks it more than whether its session lives.
   * @throws HsmError; TokenLost when the process had better end.
   */
  run<T>(meaning: HsmErrorCode, calls: (session: Handle) => T, healthy: () => boolean = () => true): T {
    try {
      return calls(this.#work);
    } catch (error) {
      this.#reopen();
      throw translate(error, meaning, () => this.healthy() && healthy());
    }
  }

  healthy(): boolean {
    try {
      this.module.sessionInfo(this.anchor);
      return true;
    } catch {
      return false;
    }
  }

  #reopen(): void {
    try {
      this.module.closeSession(this.#work);
      this.#work = this.module.openSession(this.#slot);
    } catch (cause) {
      throw new TokenLost('The work session could not be opened again.', { cause });
    }
  }
}

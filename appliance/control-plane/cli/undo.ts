// Steps that belong together: when one fails, what the earlier ones made is taken back, last first. A step that was
// refused made nothing; one whose answer never came may have, so it is taken back as well.

import { ServiceError } from './failures.ts';
import type { Terminal } from './terminal.ts';

export interface Undoing {
  /** Does it; `undo` is kept for the case that this or a later step fails. */
  readonly step: <T>(what: string, act: () => Promise<T>, undo: () => Promise<unknown>) => Promise<T>;
}

/** @throws what the failed step threw, after the rest was taken back */
export async function allOrNothing<T>(
  terminal: Terminal,
  work: (undoing: Undoing) => Promise<T>,
): Promise<T> {
  const undos: { what: string; undo: () => Promise<unknown> }[] = [];
  try {
    return await work({
      async step(what, act, undo) {
        terminal.progress(`${what} …`);
        try {
          const result = await act();
          undos.push({ what, undo });
          return result;
        } catch (error) {
          if (!isRefusal(error)) undos.push({ what, undo });
          throw error;
        }
      },
    });
  } catch (error) {
    for (const { what, undo } of undos.reverse()) {
      terminal.progress(`taking back: ${what} …`);
      await undo().catch((failure: unknown) => {
        if (isAbsence(failure)) return;
        const why = failure instanceof Error ? failure.message : 'unknown failure';
        terminal.note(`kms: could not be taken back: ${what} (${why})`);
      });
    }
    terminal.progress('');
    throw error;
  }
}

function isRefusal(error: unknown): boolean {
  return error instanceof ServiceError && error.status < 500;
}

function isAbsence(error: unknown): boolean {
  return error instanceof ServiceError && error.status === 404;
}

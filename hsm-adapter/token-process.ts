// The process that holds a token: opens it, then answers requests from its supervisor on an inherited socket, one at a
// time, with synchronous PKCS#11 calls. It has no other connection. It ends when the token is lost, when the token
// refuses the PIN, and when its supervisor is gone; its supervisor kills it when it hangs.

import { Socket } from 'node:net';
import { Admission } from './admission.ts';
import { PinRejected, TokenLost } from './errors.ts';
import { inShares, serveFrames } from './frame-channel.ts';
import type { NodeLogger } from './node-logger.ts';
import { openToken, type TokenConfiguration } from './token.ts';
import { createTokenService } from './token-service.ts';

/** The inherited socket to the parent process, for token processes and for `hsm-node serve --parent`. */
export const PARENT_FD = 3;

export const EXIT = { ok: 0, failed: 1, pinRejected: 3, tokenLost: 4 } as const;

export interface TokenProcessOptions extends TokenConfiguration {
  readonly maxKeys: number;
  /** To whom the domain key is handed over, as Admission takes it. */
  readonly admit: string | undefined;
}

export async function runTokenProcess(options: TokenProcessOptions, log: NodeLogger): Promise<void> {
  try {
    const { maxKeys, admit } = options;
    const service = createTokenService(await openToken(options), {
      maxKeys,
      admission: new Admission(admit, log),
    });
    const socket = new Socket({ fd: PARENT_FD, readable: true, writable: true });
    serveFrames(
      socket,
      inShares(
        (request) => {
          try {
            return service(request);
          } catch (error) {
            if (error instanceof TokenLost) endSoon(log, error);
            throw error;
          }
        },
        () => performance.now(),
      ),
      () => process.exit(EXIT.ok),
    );
  } catch (error) {
    log.error({ err: error }, 'the token could not be opened');
    process.exit(error instanceof PinRejected ? EXIT.pinRejected : EXIT.failed);
  }
}

/** Lets the answer leave first. */
function endSoon(log: NodeLogger, error: TokenLost): void {
  log.error({ err: error }, 'the token was lost');
  setTimeout(() => process.exit(EXIT.tokenLost), 20);
}

// A token, opened: found by label or serial (never by slot number, which moves), logged in once, its mechanisms read and
// the ways to work chosen. The PIN comes from a file that only its owner can read, and is tried exactly once.

import { PinRejected } from './errors.ts';
import { HsmError } from './hsm-error.ts';
import { MechanismNumbers } from './mechanism-numbers.ts';
import { chooseWays, type OperationName, type OperationSupport, type WayName } from './mechanisms.ts';
import { type Handle, loadPkcs11Module, type Pkcs11Module, type TokenInfo } from './pkcs11-module.ts';
import { RefusedPins } from './refused-pins.ts';
import { readSecretFile } from './secret-file.ts';
import { SessionPool } from './session-pool.ts';
import { vendorOf } from './vendors/table.ts';

export interface TokenConfiguration {
  readonly module: string;
  /** The token's label or serial number. */
  readonly token: string;
  readonly pinFile: string;
  /** Directory that remembers refused PINs; without one only this process does. */
  readonly refusedPins?: string | undefined;
}

export interface Token {
  readonly info: TokenInfo;
  readonly vendor: string;
  readonly support: readonly OperationSupport[];
  /** As the token lists them. */
  readonly mechanisms: ReadonlySet<number>;
  readonly sessions: SessionPool;
  /** @throws HsmError MECHANISM_MISSING when the token cannot do it in any way. */
  way(operation: OperationName): WayName;
}

/** @throws PinRejected, HsmError; the library's own errors */
export async function openToken(configuration: TokenConfiguration): Promise<Token> {
  const { module: path, token, pinFile, refusedPins } = configuration;
  const refused = refusedPins === undefined ? null : new RefusedPins(refusedPins);
  if (refused?.includes(configuration) === true) throw new PinRejected();
  const pin = readSecretFile(pinFile);
  const module = await loadPkcs11Module(path);
  const { slot, info } = findToken(module, token);
  const sessions = logIn(
    () => new SessionPool(module, slot, pin),
    () => refused?.add(configuration),
  );
  const vendor = vendorOf(info.manufacturer);
  module.useNumbers(new MechanismNumbers(vendor.numbers));
  const mechanisms = module.mechanisms(slot);
  const support = chooseWays(mechanisms, vendor.refused);
  const ways = new Map(support.map(({ operation, way }) => [operation, way]));
  return {
    info,
    vendor: vendor.name,
    support,
    mechanisms,
    sessions,
    way(operation) {
      const way = ways.get(operation) ?? null;
      if (way === null) throw new HsmError('MECHANISM_MISSING', `The token cannot do ${operation}.`);
      return way;
    },
  };
}

function logIn(open: () => SessionPool, onRefused: () => void): SessionPool {
  try {
    return open();
  } catch (error) {
    if (error instanceof PinRejected) onRefused();
    throw error;
  }
}

function findToken(module: Pkcs11Module, wanted: string): { slot: Handle; info: TokenInfo } {
  const tokens = module.slots().map((slot) => ({ slot, info: module.tokenInfo(slot) }));
  const found = tokens.filter(({ info }) => info.label === wanted || info.serial === wanted);
  const [only] = found;
  if (only === undefined) throw new HsmError('UNAVAILABLE', 'No slot holds the token.');
  if (found.length > 1) throw new HsmError('UNAVAILABLE', 'Several tokens have that label: name the serial.');
  return only;
}

import { describe, expect, test } from 'vitest';
import { NonceCache } from '../../../appliance/control-plane/nonce-cache.ts';

const HALF_HOUR = 30 * 60 * 1000;

describe('the nonce cache', () => {
  test('refuses a nonce until it is old enough, then takes it again', () => {
    const nonces = new NonceCache({ maxAgeMs: HALF_HOUR, maxEntries: 10 });
    nonces.use('AK', 'n', 0);
    expect(() => nonces.use('AK', 'n', HALF_HOUR)).toThrow(
      expect.objectContaining({ code: 'SignatureNonceUsed' }),
    );
    expect(() => nonces.use('AK', 'n', HALF_HOUR + 1)).not.toThrow();
  });

  test('keeps the nonces of different AccessKeys apart', () => {
    const nonces = new NonceCache({ maxAgeMs: HALF_HOUR, maxEntries: 10 });
    nonces.use('AK', 'n', 0);
    expect(() => nonces.use('AK2', 'n', 0)).not.toThrow();
  });

  test('refuses with Throttling when it is full and forgets nothing that is fresh', () => {
    const nonces = new NonceCache({ maxAgeMs: HALF_HOUR, maxEntries: 2 });
    nonces.use('AK', 'a', 0);
    nonces.use('AK', 'b', 10);
    expect(() => nonces.use('AK', 'c', 20)).toThrow(expect.objectContaining({ code: 'Throttling' }));
    expect(() => nonces.use('AK', 'a', 20)).toThrow(expect.objectContaining({ code: 'SignatureNonceUsed' }));
    expect(() => nonces.use('AK', 'c', HALF_HOUR + 1)).not.toThrow();
    expect(() => nonces.use('AK', 'b', HALF_HOUR + 1)).toThrow(
      expect.objectContaining({ code: 'SignatureNonceUsed' }),
    );
  });
});

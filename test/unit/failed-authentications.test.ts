import { describe, expect, test } from 'vitest';
import { createFailedAuthentications } from '../../appliance/control-plane/failed-authentications.ts';

const MINUTE = 60_000;
const THROTTLING: unknown = expect.objectContaining({ code: 'Throttling' });

describe('failed authentications', () => {
  const fail = (perMinute: number, times: number, address: string) => {
    const failures = createFailedAuthentications(perMinute);
    for (let count = 0; count < times; count += 1) failures.note(address, 0);
    return failures;
  };

  test('are counted by address until the minute is over', () => {
    const failures = fail(3, 2, '10.0.0.1');
    expect(() => failures.requireRoom('10.0.0.1', 1)).not.toThrow();
    failures.note('10.0.0.1', 2);
    expect(() => failures.requireRoom('10.0.0.1', MINUTE - 1)).toThrow(THROTTLING);
    expect(() => failures.requireRoom('10.0.0.2', 3)).not.toThrow();
    expect(() => failures.requireRoom('10.0.0.1', MINUTE)).not.toThrow();
  });

  test('of a host with many IPv6 addresses are counted together', () => {
    const failures = fail(1, 1, '2001:db8:0:1::1');
    expect(() => failures.requireRoom('2001:db8:0:1:ffff:1:2:3', 1)).toThrow(THROTTLING);
    expect(() => failures.requireRoom('2001:db8:0:2::1', 1)).not.toThrow();
    expect(() => fail(1, 1, '::1').requireRoom('::2', 1)).toThrow(THROTTLING);
  });

  test('are kept for a bounded number of addresses', () => {
    const failures = fail(1, 1, '10.255.255.255');
    for (let host = 0; host < 10_000; host += 1) failures.note(`10.0.${host >> 8}.${host & 255}`, 1);
    expect(() => failures.requireRoom('10.0.39.15', 2)).toThrow(THROTTLING);
    expect(() => failures.requireRoom('10.255.255.255', 2)).not.toThrow();
  });

  test('have no limit when the limit is 0', () => {
    expect(() => fail(0, 1000, '10.0.0.1').requireRoom('10.0.0.1', 1)).not.toThrow();
  });
});

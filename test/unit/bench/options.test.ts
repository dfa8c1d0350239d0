// The bench's command line: what it runs by default, and what it refuses.

import { describe, expect, it } from 'vitest';
import { parseOptions } from '../../../bench/options.ts';

describe('the options of the bench', () => {
  it('are five rounds of three seconds of the main scenarios at 64 connections by default', () => {
    expect(parseOptions([])).toMatchObject({
      mode: 'run',
      run: {
        scenarios: ['encrypt', 'decrypt', 'sign-p256', 'sign-rsa2048'],
        connections: [64],
        seconds: 3,
        rounds: 5,
      },
    });
  });

  it('are shorter with --short, where nothing else is said', () => {
    expect(parseOptions(['--short', '--rounds', '4'])).toMatchObject({ run: { seconds: 1, rounds: 4 } });
  });

  it('take several scenarios and numbers of connections', () => {
    const options = parseOptions(['--scenario', 'mixed,encrypt-4k', '--connections', '1,256']);
    expect(options).toMatchObject({ run: { scenarios: ['mixed', 'encrypt-4k'], connections: [1, 256] } });
  });

  it('give the instance settings, and measure the audit log on its own', () => {
    const options = parseOptions([
      '--audit',
      '--setting',
      'KMS_AUDIT_DURABILITY=write',
      '--setting',
      'KMS_X=a=b',
    ]);
    expect(options).toMatchObject({
      mode: 'audit',
      run: { settings: { KMS_AUDIT_DURABILITY: 'write', KMS_X: 'a=b' } },
    });
  });

  it('measure half the maximum rate, OpenBao and against a baseline beside the scenarios when asked', () => {
    const args = ['--rate', 'half', '--openbao', '/usr/bin/bao', '--baseline', 'b.json'];
    expect(parseOptions(args)).toMatchObject({
      mode: 'run',
      run: { halfRate: true, openBao: '/usr/bin/bao', baseline: 'b.json', writeBaseline: null },
    });
    expect(parseOptions([])).toMatchObject({ run: { halfRate: false, openBao: null, baseline: null } });
  });

  it('choose processes, growth or a soak instead, one of them', () => {
    expect(parseOptions(['--processes', '1,all'])).toMatchObject({ mode: 'processes', counts: ['1', 'all'] });
    expect(parseOptions(['--growth', 'keys,size'])).toMatchObject({ mode: 'growth', axes: ['keys', 'size'] });
    expect(parseOptions(['--soak', '1000000'])).toMatchObject({ mode: 'soak', requests: 1_000_000 });
    expect(() => parseOptions(['--audit', '--soak', '1000000'])).toThrow('exclude');
  });

  it('draw a result of growth into docs unless told', () => {
    expect(parseOptions(['--plots', 'g.json'])).toEqual({ mode: 'plots', growth: 'g.json', folder: 'docs' });
    expect(() => parseOptions(['--plots'])).toThrow();
  });

  it('compare two files and no other number', () => {
    expect(parseOptions(['--compare', 'a.json', 'b.json'])).toEqual({
      mode: 'compare',
      before: 'a.json',
      after: 'b.json',
    });
    expect(() => parseOptions(['--compare', 'a.json'])).toThrow();
  });

  it('are the scenarios that raw PKCS#11 has a counterpart for in the standard edition', () => {
    expect(parseOptions(['--edition', 'standard'])).toMatchObject({
      run: { edition: 'standard', scenarios: ['encrypt', 'sign-p256'] },
    });
    expect(() => parseOptions(['--edition', 'standard', '--scenario', 'mixed'])).toThrow();
  });

  it.each([
    ['--edition', 'gold'],
    ['--scenario', 'nothing'],
    ['--scenario', 'constructor'],
    ['--connections', '0'],
    ['--connections', '64,many'],
    ['--seconds', '1e3'],
    ['--rounds', '-1'],
    ['--setting', 'PATH=x'],
    ['--setting', 'KMS_X'],
    ['--rate', 'full'],
    ['--processes', '0'],
    ['--growth', 'toString'],
    ['--soak', '10'],
    ['--unknown', '1'],
  ])('refuse %s %s', (name, value) => {
    expect(() => parseOptions([name, value])).toThrow();
  });
});

// Key bytes are lent, wiped and never printed.

import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { KeyMaterial } from '../../../appliance/keystore/key-material.ts';

describe('KeyMaterial', () => {
  it('lends its bytes', () => {
    expect(new KeyMaterial(Buffer.of(1, 2, 3)).use((bytes) => bytes.length)).toBe(3);
  });

  it('wipes the bytes when destroyed and lends them no more', () => {
    const bytes = Buffer.of(1, 2, 3);
    const material = new KeyMaterial(bytes);
    material.destroy();
    expect(bytes).toEqual(Buffer.alloc(3));
    expect(() => material.use(() => 0)).toThrow();
  });

  it('prints as [KeyMaterial] and never as its bytes', () => {
    const material = new KeyMaterial(Buffer.from('secret'));
    expect(inspect({ material }, { depth: null, showHidden: true })).toContain('[KeyMaterial]');
    expect(inspect({ material }, { depth: null, showHidden: true })).not.toMatch(/secret|73 65/);
    expect(JSON.stringify({ material })).toBe('{"material":"[KeyMaterial]"}');
    expect(String(material)).toBe('[KeyMaterial]');
  });
});

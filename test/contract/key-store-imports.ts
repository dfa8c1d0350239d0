// The contract of key stores, part imports: what was wrapped outside works inside as the very same key, and whatever is
// wrong with its wrapping ends in the one refusal. The wrapping side is independent of the product (wrapping-side.ts).

import { describe, expect, it } from 'vitest';
import { expectRefusal, newTarget, targetPerWay } from '../support/import-targets.ts';
import { expectSameKey } from '../support/imported-keys.ts';
import { changed } from '../support/present.ts';
import { sourceKey, waysOf, wrap } from '../support/wrapping-side.ts';
import type { ContractBench } from './key-store-bench.ts';

export function importContract({ subject, opened }: ContractBench): void {
  const cases = subject.specs.flatMap(({ name }) =>
    waysOf(name).map((algorithm) => [name, algorithm] as const),
  );
  let target: ReturnType<typeof targetPerWay> | undefined;
  const targetOf: ReturnType<typeof targetPerWay> = (...way) => {
    target ??= targetPerWay(opened().store);
    return target(...way);
  };

  describe.each(cases)('an import of %s by %s', (spec, algorithm) => {
    const forms = algorithm.startsWith('SM2') ? (['raw', 'der'] as const) : (['raw'] as const);

    it.each(forms)('works inside as it does outside (%s)', async (form) => {
      const source = sourceKey(spec);
      const { spki, importing } = await targetOf(spec, algorithm);
      const { version, fingerprint } = await importing(wrap(spki, algorithm, source.material, form));
      await expectSameKey(opened().store, version, source);
      expect(fingerprint).toHaveLength(32);
      expect(version.blob.includes(source.material.subarray(-16))).toBe(false);
    });

    it('has one fingerprint, and other material another', async () => {
      const [source, other] = [sourceKey(spec), sourceKey(spec)];
      const { spki, importing } = await targetOf(spec, algorithm);
      const once = await importing(wrap(spki, algorithm, source.material));
      const again = await importing(wrap(spki, algorithm, source.material));
      const different = await importing(wrap(spki, algorithm, other.material));
      expect(again.fingerprint).toEqual(once.fingerprint);
      expect(different.fingerprint).not.toEqual(once.fingerprint);
    });

    it('truncated, extended, altered, empty or wrapped for another is refused', async () => {
      const { spki, importing } = await targetOf(spec, algorithm);
      const wrapped = wrap(spki, algorithm, sourceKey(spec).material);
      const other = await newTarget(opened().store, spec, algorithm);
      const bad = [
        wrapped.subarray(0, -1),
        wrapped.subarray(1),
        wrapped.subarray(0, 10),
        Buffer.concat([wrapped, Buffer.alloc(1)]),
        Buffer.concat([wrapped, wrapped]),
        changed(wrapped, 0),
        changed(wrapped, 70),
        Buffer.of(0x30),
        Buffer.alloc(256, 0xff),
        wrap(other.spki, algorithm, sourceKey(spec).material),
      ];
      for (const each of bad) await expectRefusal(importing(each));
    });
  });
}

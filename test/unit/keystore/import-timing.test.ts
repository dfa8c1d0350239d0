// The time of a refused import does not tell what was wrong with its padding (bench/import-timing.ts says what is
// measured). The bounds are wide: eight deviations, for samples that a busy machine makes uneven; a decoder that stops
// early or throws on bad padding is far beyond them, as the control is.

import { expect, test } from 'vitest';
import { CONTROL, measure } from '../../../bench/import-timing.ts';
import { SLOW } from '../../support/software-keys.ts';

test('valid and invalid PKCS#1 padding take times that cannot be told apart, and the measure sees what can', () => {
  const separations = measure(SLOW ? 3000 : 300);
  for (const { name, chance, deviation } of separations) {
    const distance = Math.abs(chance - 0.5) / deviation;
    if (name === CONTROL) expect(distance).toBeGreaterThan(12);
    else expect({ name, isLike: distance < 8, chance }).toEqual({ name, isLike: true, chance });
  }
}, 120_000);

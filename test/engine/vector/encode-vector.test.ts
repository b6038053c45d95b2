import { describe, expect, it } from 'vitest';

import { encodeVector } from '../../../app/engine/vector/encode-vector.ts';
import { randomUnit } from '../../factories/identities.ts';
import { createRandom } from '../../factories/library.ts';

describe('encoding a vector', () => {
  it.each([
    [127, new Int8Array(64)],
    [32_767, new Int16Array(64)],
  ])('rounds to whole numbers up to %d and says how much it took away', (most, codes) => {
    const random = createRandom(most);
    for (let round = 0; round < 50; round++) {
      const vector = randomUnit(random, 64);
      const { scale, error } = encodeVector(vector, codes, most);
      const lost = Math.sqrt(vector.reduce((sum, value, i) => sum + (value - codes[i]! * scale) ** 2, 0));
      expect(error).toBeCloseTo(lost, 9);
      expect(error).toBeLessThanOrEqual((scale / 2) * 8 * (1 + 1e-6));
      expect(Math.max(...Array.from(codes, Math.abs))).toBe(most);
    }
  });

  it('gives zeros for zeros', () => {
    const codes = new Int8Array(4).fill(9);
    expect(encodeVector(new Float32Array(4), codes, 127)).toEqual({ scale: 0, error: 0 });
    expect([...codes]).toEqual([0, 0, 0, 0]);
  });
});

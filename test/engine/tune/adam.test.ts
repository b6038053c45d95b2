import { describe, expect, it } from 'vitest';

import { createAdam } from '../../../app/engine/tune/adam.ts';

const usual = { beta1: 0.9, beta2: 0.999, decay: 0 };

describe('Adam', () => {
  it('goes one rate against the sign of the slope at first, however steep it is', () => {
    const weights = Float32Array.of(1, 1, 1);
    createAdam(weights.slice(), usual)(weights, Float32Array.of(5, -0.001, 0), 0.1);
    expect([...weights]).toEqual([expect.closeTo(0.9, 5), expect.closeTo(1.1, 4), 1]);
  });

  it('remembers slopes as algorithm 1 says', () => {
    const weights = Float32Array.of(0);
    const adam = createAdam(weights.slice(), usual);
    adam(weights, Float32Array.of(1), 0.1);
    adam(weights, Float32Array.of(-2), 0.1);
    const mean = (0.9 * 0.1 + 0.1 * -2) / (1 - 0.9 ** 2);
    const squares = (0.999 * 0.001 + 0.001 * 4) / (1 - 0.999 ** 2);
    expect(weights[0]).toBeCloseTo(-0.1 - (0.1 * mean) / Math.sqrt(squares), 5);
  });

  it('decays towards where the weights began', () => {
    const weights = Float32Array.of(3);
    createAdam(Float32Array.of(1), { ...usual, decay: 0.5 })(weights, Float32Array.of(0), 0.1);
    expect(weights[0]).toBeCloseTo(3 - 0.05 * 2, 6);
  });
});

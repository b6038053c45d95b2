import { expect, it } from 'vitest';

import { permute } from '../../../../app/engine/model/networks/permute.ts';

it('puts dimensions into another order and back', () => {
  const weight = { dims: [2, 3, 4], values: Float32Array.from({ length: 24 }, (_, i) => i) };
  const turned = permute(weight, [2, 0, 1]);
  expect(turned.dims).toEqual([4, 2, 3]);
  // Element (3, 1, 2) of the result is element (1, 2, 3) of the input.
  expect(turned.values[(3 * 2 + 1) * 3 + 2]).toBe((1 * 3 + 2) * 4 + 3);
  expect(permute(turned, [1, 2, 0])).toEqual(weight);
});

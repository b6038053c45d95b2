import { expect, it } from 'vitest';

import { thinned } from '../../../renderer/plots/plot-table.ts';

it('thins a list evenly and keeps both ends', () => {
  expect(thinned([1, 2, 3], 5)).toEqual([1, 2, 3]);
  expect(
    thinned(
      Array.from({ length: 101 }, (_, i) => i),
      5,
    ),
  ).toEqual([0, 25, 50, 75, 100]);
});

import { describe, expect, it } from 'vitest';

import { sortInSlices } from '../../../app/engine/scan/sort-in-slices.ts';
import { createRandom } from '../../factories/library.ts';

describe('sortInSlices', () => {
  it('sorts like Array.sort, duplicates included', async () => {
    const random = createRandom(3);
    for (const length of [0, 1, 2, 4096, 4097, 50_000]) {
      const names = Array.from({ length }, () => `IMG_${Math.floor(random() * length)}`);
      expect(await sortInSlices([...names])).toEqual([...names].sort());
    }
  });

  it('lets other work through while it sorts', async () => {
    const names = Array.from({ length: 200_000 }, (_, i) => `IMG_${(i * 7919) % 200_000}.jpg`);
    let turns = 0;
    const timer = setInterval(() => turns++, 0);
    await sortInSlices(names);
    clearInterval(timer);
    expect(turns).toBeGreaterThan(10);
  });
});

import { join } from 'node:path';

import type { LfwPair, LfwPhoto } from '../../app/engine/evaluate/lfw-pairs.ts';
import { countPairs, type PairCounts } from '../../app/engine/evaluate/pair-counts.ts';
import { squaredDistance } from '../../app/engine/vector/distance.ts';
import type { KnownFaces } from './embed-folders.ts';

/** The distances of a fold's pairs. A photo without a face is judged wrongly whatever the threshold. */
export function countFold(fold: readonly LfwPair[], { paths, vectors, dimensions }: KnownFaces): PairCounts {
  const rowOf = new Map(paths.map((path, row) => [path, row]));
  const distances = (same: boolean): number[] =>
    fold
      .filter((pair) => pair.same === same)
      .map(({ photos: [one, other] }) => {
        const [i, j] = [rowOf.get(pathOf(one)), rowOf.get(pathOf(other))];
        if (i === undefined || j === undefined) return same ? Infinity : 0;
        return Math.sqrt(squaredDistance(vectors, i, vectors, j, dimensions));
      });
  return countPairs(distances(true), distances(false));
}

/** Where LFW keeps a photo, below its folder. */
export function pathOf({ name, number }: LfwPhoto): string {
  return join(name, `${name}_${String(number).padStart(4, '0')}.jpg`);
}

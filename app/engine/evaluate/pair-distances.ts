import { Failure } from '../../contract/errors.ts';
import type { EvaluationFaces } from '../db/evaluation-faces.ts';
import { squaredDistance } from '../vector/distance.ts';
import { createBlockTally } from './block-counts.ts';
import type { JudgedPhoto } from './central-faces.ts';
import type { LfwPair, LfwPhoto } from './lfw-pairs.ts';
import { countPairs, joinCounts } from './pair-counts.ts';
import type { CountedPairs } from './pair-tally.ts';

/**
 * The distances of LFW pairs, counted a fold at a time; Infinity where a photo has no face or was not read.
 * `undetected` counts such photos.
 * @throws {Failure} `not-found` when no photo of the pairs is there
 */
export function pairDistances(
  faces: EvaluationFaces,
  judged: readonly JudgedPhoto[],
  folds: readonly LfwPair[][],
  version: string,
): CountedPairs & { readonly undetected: number } {
  const byStem = new Map(judged.map((photo) => [photo.path.replace(/\.[^./]+$/, ''), photo]));
  const wanted = new Set(folds.flat().flatMap((pair) => pair.photos.map(stem)));
  if (![...wanted].some((photo) => byStem.has(photo))) {
    throw new Failure(
      'not-found',
      'none of the photos of the pairs is in the folder: Name/Name_0001.jpg is looked for',
    );
  }
  const vectors = new Map<string, Float32Array>();
  for (const photo of wanted) {
    const face = byStem.get(photo)?.face;
    if (face) vectors.set(photo, faces.vector(face.id, version));
  }
  const distance = ({ photos: [one, other] }: LfwPair): number => {
    const a = vectors.get(stem(one));
    const b = vectors.get(stem(other));
    return a && b ? Math.sqrt(squaredDistance(a, 0, b, 0, a.length)) : Infinity;
  };
  const counted = folds.map((pairs) => {
    const of = (same: boolean): number[] => pairs.filter((pair) => pair.same === same).map(distance);
    return countPairs(of(true), of(false));
  });
  return {
    folds: counted,
    all: counted.reduce(joinCounts),
    blocks: countByPeople(folds.flat(), distance),
    undetected: wanted.size - vectors.size,
  };
}

function countByPeople(pairs: readonly LfwPair[], distance: (pair: LfwPair) => number): CountedPairs['blocks'] {
  const people = new Map<string, number>();
  for (const { name } of pairs.flatMap(({ photos }) => photos)) if (!people.has(name)) people.set(name, people.size);
  const tally = createBlockTally(people.size);
  for (const pair of pairs) {
    const [one = 0, other = 0] = pair.photos.map(({ name }) => people.get(name));
    tally.add(distance(pair), one, other);
  }
  return tally;
}

/** `Anna_Smith/Anna_Smith_0003` */
function stem({ name, number }: LfwPhoto): string {
  return `${name}/${name}_${String(number).padStart(4, '0')}`;
}

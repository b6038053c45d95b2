import { Failure } from '../../contract/errors.ts';
import type { EvaluationFaces } from '../db/evaluation-faces.ts';
import { squaredDistance } from '../vector/distance.ts';
import type { JudgedPhoto } from './central-faces.ts';
import type { LfwPair, LfwPhoto } from './lfw-pairs.ts';
import { countPairs, type PairCounts } from './pair-counts.ts';

/**
 * The distances of LFW pairs, a fold at a time; Infinity where a photo has no face or was not read.
 * `undetected` counts such photos.
 * @throws {Failure} `not-found` when no photo of the pairs is there
 */
export function pairDistances(
  faces: EvaluationFaces,
  judged: readonly JudgedPhoto[],
  folds: readonly LfwPair[][],
  version: string,
): { readonly folds: PairCounts[]; readonly undetected: number } {
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
  return {
    folds: folds.map((pairs) => {
      const of = (same: boolean): number[] => pairs.filter((pair) => pair.same === same).map(distance);
      return countPairs(of(true), of(false));
    }),
    undetected: wanted.size - vectors.size,
  };
}

/** `Anna_Smith/Anna_Smith_0003` */
function stem({ name, number }: LfwPhoto): string {
  return `${name}/${name}_${String(number).padStart(4, '0')}`;
}

import type { EvaluationFaces } from '../db/evaluation-faces.ts';
import { allPairs } from './all-pairs.ts';
import type { FolderPhoto } from './folder-photos.ts';
import { createPairTally, type CountedPairs } from './pair-tally.ts';

export interface Vectors {
  readonly faces: EvaluationFaces;
  readonly version: string;
  readonly dimensions: number;
}

/**
 * Every pair of photos by the distance of their faces, or with `acrossAges` those of a young photo and one that is not.
 * A pair with a photo where no face was found lies at an infinite distance. `rest` is called between blocks of pairs.
 */
export async function folderPairs(
  photos: readonly FolderPhoto[],
  { faces, version, dimensions }: Vectors,
  rest: () => Promise<void>,
  acrossAges = false,
): Promise<CountedPairs> {
  const found = photos.filter(({ face }) => face !== null);
  const vectors = new Float32Array(found.length * dimensions);
  for (const [i, { face }] of found.entries()) if (face) vectors.set(faces.vector(face.id, version), i * dimensions);
  const tally = createPairTally(new Set(photos.map(({ person }) => person)).size);
  const take = (distance: number, one: FolderPhoto | undefined, other: FolderPhoto | undefined): void => {
    if (one && other && (!acrossAges || one.young !== other.young)) tally.add(distance, one.person, other.person);
  };
  await allPairs(vectors, dimensions, (distance, i, j) => take(distance, found[i], found[j]), rest);
  const unseen = photos.filter(({ face }) => face === null);
  for (const [i, photo] of unseen.entries()) {
    for (const other of [...found, ...unseen.slice(i + 1)]) take(Infinity, photo, other);
    await rest();
  }
  return tally.counts();
}

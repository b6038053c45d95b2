import type { EvaluationFaces } from '../db/evaluation-faces.ts';
import { allPairs } from './all-pairs.ts';
import type { FolderPhoto } from './folder-photos.ts';
import { createPairTally, type CountedPairs } from './pair-tally.ts';

export interface Vectors {
  readonly faces: EvaluationFaces;
  readonly version: string;
}

/** One of what is compared: a photo, or several taken together. */
export interface Compared {
  readonly person: number;
  readonly young: boolean;
  /** L2 norm 1; null where no face was found. */
  readonly vector: Float32Array | null;
}

/** The photos with the vectors of their faces. */
export function withVectors(photos: readonly FolderPhoto[], { faces, version }: Vectors): Compared[] {
  return photos.map(({ person, young, face }) => ({ person, young, vector: face && faces.vector(face.id, version) }));
}

/**
 * Every pair by distance, or with `acrossAges` those of a young one and one that is not. A pair with one where no face
 * was found lies at an infinite distance. `rest` is called between blocks of pairs.
 */
export async function folderPairs(
  compared: readonly Compared[],
  dimensions: number,
  rest: () => Promise<void>,
  acrossAges = false,
): Promise<CountedPairs> {
  const found = compared.filter(({ vector }) => vector !== null);
  const vectors = new Float32Array(found.length * dimensions);
  for (const [i, { vector }] of found.entries()) if (vector) vectors.set(vector, i * dimensions);
  const tally = createPairTally(new Set(compared.map(({ person }) => person)).size);
  const take = (distance: number, one: Compared | undefined, other: Compared | undefined): void => {
    if (one && other && (!acrossAges || one.young !== other.young)) tally.add(distance, one.person, other.person);
  };
  await allPairs(vectors, dimensions, (distance, i, j) => take(distance, found[i], found[j]), rest);
  const unseen = compared.filter(({ vector }) => vector === null);
  for (const [i, one] of unseen.entries()) {
    for (const other of [...found, ...unseen.slice(i + 1)]) take(Infinity, one, other);
    await rest();
  }
  return tally.counts();
}

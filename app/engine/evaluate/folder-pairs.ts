import type { EvaluationFaces } from '../db/evaluation-faces.ts';
import { allPairs } from './all-pairs.ts';
import type { FolderPhoto } from './folder-photos.ts';
import { joinCounts, type PairCounts } from './pair-counts.ts';

export interface FolderPairs {
  /** People are dealt to folds in turn; a fold holds the pairs among its people. */
  readonly folds: readonly PairCounts[];
  readonly all: PairCounts;
}

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

/** Folds of the LFW protocol; fewer where there are fewer than two people for each. */
const mostFolds = 10;

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
): Promise<FolderPairs> {
  const found = compared.filter(({ vector }) => vector !== null);
  const vectors = new Float32Array(found.length * dimensions);
  for (const [i, { vector }] of found.entries()) if (vector) vectors.set(vector, i * dimensions);
  const people = Int32Array.from(found, ({ person }) => person);
  const isCompared = (i: number, j: number): boolean => !acrossAges || found[i]?.young !== found[j]?.young;
  const folds = Math.max(1, Math.min(mostFolds, Math.floor(new Set(compared.map(({ person }) => person)).size / 2)));
  const counts = await allPairs({ vectors, dimensions, people }, folds, rest, isCompared);
  const undetected = (some: readonly Compared[]): PairCounts => undetectedPairs(some, acrossAges);
  return {
    folds: counts.folds.map((pairs, fold) =>
      joinCounts(pairs, undetected(compared.filter(({ person }) => person % folds === fold))),
    ),
    all: [counts.between, ...counts.folds, undetected(compared)].reduce(joinCounts),
  };
}

function undetectedPairs(compared: readonly Compared[], acrossAges: boolean): PairCounts {
  const every = countPairs(compared, acrossAges);
  const seen = countPairs(
    compared.filter(({ vector }) => vector !== null),
    acrossAges,
  );
  return {
    distances: Float64Array.of(Infinity),
    same: Float64Array.of(every.same - seen.same),
    different: Float64Array.of(every.different - seen.different),
  };
}

/** How many pairs there are of one person and of two. */
function countPairs(compared: readonly Compared[], acrossAges: boolean): { same: number; different: number } {
  const pairsAmong = (some: readonly Compared[]): number => {
    const young = some.filter(({ young }) => young).length;
    return acrossAges ? young * (some.length - young) : (some.length * (some.length - 1)) / 2;
  };
  const own = Map.groupBy(compared, ({ person }) => person);
  const same = Array.from(own.values(), pairsAmong).reduce((sum, pairs) => sum + pairs, 0);
  return { same, different: pairsAmong(compared) - same };
}

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
  readonly dimensions: number;
}

/** Folds of the LFW protocol; fewer where there are fewer than two people for each. */
const mostFolds = 10;

/**
 * Every pair of photos by the distance of their faces, or with `acrossAges` those of a young photo and one that is not.
 * A pair with a photo where no face was found lies at an infinite distance. `rest` is called between blocks of pairs.
 */
export async function folderPairs(
  photos: readonly FolderPhoto[],
  { faces, version, dimensions }: Vectors,
  rest: () => Promise<void>,
  acrossAges = false,
): Promise<FolderPairs> {
  const found = photos.filter(({ face }) => face !== null);
  const vectors = new Float32Array(found.length * dimensions);
  for (const [i, { face }] of found.entries()) if (face) vectors.set(faces.vector(face.id, version), i * dimensions);
  const people = Int32Array.from(found, ({ person }) => person);
  const compared = (i: number, j: number): boolean => !acrossAges || found[i]?.young !== found[j]?.young;
  const folds = Math.max(1, Math.min(mostFolds, Math.floor(new Set(photos.map(({ person }) => person)).size / 2)));
  const counts = await allPairs({ vectors, dimensions, people }, folds, rest, compared);
  const undetected = (some: readonly FolderPhoto[]): PairCounts => undetectedPairs(some, acrossAges);
  return {
    folds: counts.folds.map((pairs, fold) =>
      joinCounts(pairs, undetected(photos.filter(({ person }) => person % folds === fold))),
    ),
    all: [counts.between, ...counts.folds, undetected(photos)].reduce(joinCounts),
  };
}

function undetectedPairs(photos: readonly FolderPhoto[], acrossAges: boolean): PairCounts {
  const every = countPairs(photos, acrossAges);
  const seen = countPairs(
    photos.filter(({ face }) => face !== null),
    acrossAges,
  );
  return {
    distances: Float64Array.of(Infinity),
    same: Float64Array.of(every.same - seen.same),
    different: Float64Array.of(every.different - seen.different),
  };
}

/** How many pairs there are of one person and of two. */
function countPairs(photos: readonly FolderPhoto[], acrossAges: boolean): { same: number; different: number } {
  const pairsAmong = (some: readonly FolderPhoto[]): number => {
    const young = some.filter((photo) => photo.young).length;
    return acrossAges ? young * (some.length - young) : (some.length * (some.length - 1)) / 2;
  };
  const own = Map.groupBy(photos, ({ person }) => person);
  const same = Array.from(own.values(), pairsAmong).reduce((sum, pairs) => sum + pairs, 0);
  return { same, different: pairsAmong(photos) - same };
}

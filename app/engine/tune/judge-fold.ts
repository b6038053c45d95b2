import type { TensorFlow } from '../model/engines/tfjs/backend.ts';
import type { FoldGroups, FoldPairs } from './choose-strength.ts';
import { clusteredFaces, type ClusteredFace } from './clustered-faces.ts';
import type { Judged } from './gate.ts';
import { groupAlone, movedDistance, nearRows, type GroupingDistances } from './group-alone.ts';
import { between, type Head } from './head.ts';
import { judgePairs } from './judge-pairs.ts';
import { personIds, poolPairs, rescaled, type JudgedPairs } from './judged-pairs.ts';
import { projectFaces } from './project-faces.ts';
import { part } from './split.ts';
import { lone, type TrainingFaces } from './training-faces.ts';

/** What one division of the faces shows of the head before, and of several strengths of the change. */
export interface JudgedFold extends FoldPairs, FoldGroups {
  /** The distances to group by at a strength, by its place. */
  readonly distances: readonly GroupingDistances[];
}

export interface FoldInput {
  readonly faces: TrainingFaces;
  readonly parts: Uint8Array;
  readonly from: Head;
  /** Trained on the faces that are not held out. */
  readonly head: Head;
  readonly strengths: readonly number[];
  /** The distances that the library groups by with `from`. */
  readonly distances: GroupingDistances;
}

export function judgeFold(tf: typeof TensorFlow, input: FoldInput): JudgedFold {
  const { faces, parts, from, strengths } = input;
  const compare = (head: Head, presumed?: number): JudgedPairs =>
    judgePairs(tf, projectFaces(tf, head, faces.vectors), faces, parts, presumed);
  const candidates = strengths.map((strength) => between(from, input.head, strength));
  const before = compare(from);
  const compared = candidates.map((head) => compare(head, before.presumed));
  const distances = compared.map(({ bulk }) => {
    const move = (distance: number): number => movedDistance(distance, before.bulk, bulk);
    return { eps: move(input.distances.eps), acceptance: move(input.distances.acceptance) };
  });
  const known = new Map<number, readonly ClusteredFace[]>();
  const clustered: JudgedFold['clustered'] = (place = -1) => {
    const found = known.get(place) ?? groupHeldOut(tf, input, candidates[place] ?? from, distances[place]);
    known.set(place, found);
    return found;
  };
  return { before, after: compared.map((pairs) => rescaled(pairs, before.bulk)), distances, clustered };
}

/**
 * How right the groups of the held-out faces with a person are, where all are grouped, as the library does: the chains
 * that make groups wrong come of many faces, and a third of them shows few.
 */
function groupHeldOut(
  tf: typeof TensorFlow,
  { faces, parts, distances }: FoldInput,
  head: Head,
  wanted: GroupingDistances = distances,
): readonly ClusteredFace[] {
  const vectors = projectFaces(tf, head, faces.vectors);
  const near = nearRows(tf, vectors, faces.dimensions, wanted.eps);
  const groups = groupAlone(vectors, faces.dimensions, near, wanted);
  return clusteredFaces(personIds(faces.people), groups).filter(
    (_, row) => parts[row] !== part.training && faces.people[row] !== lone,
  );
}

/** All folds as one, each at the strength that `placeOf` gives for its place, or as it was before. */
export function poolFolds(folds: readonly JudgedFold[], placeOf: (fold: number) => number | undefined): Judged {
  return {
    pairs: poolPairs(folds.map((fold, at) => fold.after[placeOf(at) ?? -1] ?? fold.before)),
    clustered: folds.flatMap((fold, at) => fold.clustered(placeOf(at))),
  };
}

import type { TensorFlow } from '../model/engines/tfjs/backend.ts';
import type { FoldPairs } from './choose-strength.ts';
import { clusteredFaces, type ClusteredFace } from './clustered-faces.ts';
import type { Judged } from './gate.ts';
import { groupAlone, movedDistance, nearRows, type GroupingDistances } from './group-alone.ts';
import { between, type Head } from './head.ts';
import { judgePairs, personIds, poolPairs, rescaled, type JudgedPairs } from './judged-pairs.ts';
import { projectFaces } from './project-faces.ts';
import { part } from './split.ts';
import { lone, pickFaces, type TrainingFaces } from './training-faces.ts';

/** What one division of the faces shows of the head before, and of several strengths of the change. */
export interface JudgedFold extends FoldPairs {
  /** The distances to group by at a strength, by its place. */
  readonly distances: readonly GroupingDistances[];
  /** How right the groups of the held-out faces are at a strength, or before. */
  readonly clustered: (place: number | undefined) => readonly ClusteredFace[];
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
  const compare = (head: Head): JudgedPairs => judgePairs(tf, projectFaces(tf, head, faces.vectors), faces, parts);
  const candidates = strengths.map((strength) => between(from, input.head, strength));
  const before = compare(from);
  const compared = candidates.map(compare);
  const distances = compared.map(({ bulk }) => {
    const move = (distance: number): number => movedDistance(distance, before.bulk, bulk);
    return { eps: move(input.distances.eps), acceptance: move(input.distances.acceptance) };
  });

  // Strangers are grouped too, because the library has them: a head that draws them in makes its groups worse.
  const held = [...parts.keys()].filter((row) => parts[row] !== part.training);
  const own = pickFaces(faces, held).vectors;
  const owner = personIds(faces.people);
  const people = Int32Array.from(held, (row) => owner[row] ?? 0);
  const isSomebody = held.map((row) => faces.people[row] !== lone);
  const clustered: JudgedFold['clustered'] = (place = -1) => {
    const vectors = projectFaces(tf, candidates[place] ?? from, own);
    const wanted = distances[place] ?? input.distances;
    const near = nearRows(vectors, faces.dimensions, wanted.eps);
    const groups = groupAlone(vectors, faces.dimensions, near, wanted);
    return clusteredFaces(people, groups).filter((_, at) => isSomebody[at]);
  };
  return { before, after: compared.map((pairs) => rescaled(pairs, before.bulk)), distances, clustered };
}

/** All folds as one, each at the strength that `placeOf` gives for its place, or as it was before. */
export function poolFolds(folds: readonly JudgedFold[], placeOf: (fold: number) => number | undefined): Judged {
  return {
    pairs: poolPairs(folds.map((fold, at) => fold.after[placeOf(at) ?? -1] ?? fold.before)),
    clustered: folds.flatMap((fold, at) => fold.clustered(placeOf(at))),
  };
}

import { setImmediate } from 'node:timers/promises';

import { Failure } from '../../contract/errors.ts';
import type { TensorFlow } from '../model/engines/tfjs/backend.ts';
import { countFaces } from './acceptance-rates.ts';
import { judgeGroups, judgeHead, type GateResult, type GateSettings, type Judged } from './gate.ts';
import { groupAlone, movedDistance, nearRows, type GroupingDistances } from './group-alone.ts';
import { weakened, type Head } from './head.ts';
import { judgePairs, personIds } from './judged-pairs.ts';
import { projectFaces } from './project-faces.ts';
import { seededRandom } from './seeded-random.ts';
import { part, splitFaces, type SplitShares } from './split.ts';
import { lone, pickFaces, type TrainingFaces } from './training-faces.ts';
import { trainWatched, type Remedies, type WatchedTraining } from './train-watched.ts';
import type { TrainingSettings, TrainingStep } from './train-head.ts';
import type { WatchSettings } from './watch.ts';

export interface LearningSettings {
  readonly training: TrainingSettings;
  readonly watch: WatchSettings;
  readonly remedies: Remedies;
  readonly split: SplitShares;
  readonly gate: GateSettings;
  /** Shares of the head's change that are judged, the largest first: the first that passes the gate is taken. */
  readonly strengths: readonly number[];
}

export interface Learning {
  readonly faces: TrainingFaces;
  readonly settings: LearningSettings;
  /** The adopted head, or the identity: it is trained on, and what comes out is compared with it. */
  readonly from: Head;
  /** The distances that the library groups by with `from`. */
  readonly distances: GroupingDistances;
  readonly seed: number;
  readonly onStep?: (step: TrainingStep) => void;
  /** Resolves when the run may go on: at once, or after a pause. */
  readonly proceed?: () => Promise<void>;
  readonly signal: AbortSignal;
}

export interface Learnt {
  /** Null where nothing is to be adopted. */
  readonly head: Head | null;
  /** Share of the change that passed; 0 where none did. */
  readonly strength: number;
  /** What the library is to group by with the head. */
  readonly distances: GroupingDistances;
  readonly result: GateResult;
  readonly training: Omit<WatchedTraining, 'head'>;
}

/**
 * Trains a head on a part of the faces and judges it on the others. Each strength that is tried is one more chance of
 * taking a head by luck, so the risk is shared out among them (Bonferroni).
 * @throws {Failure} `cancelled`
 */
export async function learnHead(tf: typeof TensorFlow, learning: Learning): Promise<Learnt> {
  const { faces, settings, from, signal } = learning;
  const random = seededRandom(learning.seed);
  const parts = splitFaces(faces, settings.split, random);
  const trained = pickFaces(
    faces,
    rowsOf(parts, (which) => which === part.training),
  );
  const { head, ...training } = await trainWatched(tf, trained, { ...learning, random });
  const owner = personIds(faces.people);
  const counts = countFaces(faces, owner, parts);
  const gate = { ...settings.gate, risk: settings.gate.risk / settings.strengths.length };

  const judge = async (candidate: Head, distances: (pairs: Judged['pairs']) => GroupingDistances): Promise<Judged> => {
    await setImmediate();
    if (signal.aborted) throw new Failure('cancelled', 'cancelled');
    const vectors = projectFaces(tf, candidate, faces.vectors);
    const pairs = judgePairs(tf, vectors, faces, parts);
    const held = rowsOf(parts, (which, row) => which !== part.training && faces.people[row] !== lone);
    const { vectors: own } = pickFaces({ ...faces, vectors }, held);
    const wanted = distances(pairs);
    const groups = groupAlone(own, faces.dimensions, nearRows(own, faces.dimensions, wanted.eps), wanted);
    return {
      pairs,
      ...judgeGroups(
        Int32Array.from(held, (row) => owner[row] ?? 0),
        groups,
      ),
    };
  };
  const before = await judge(from, () => learning.distances);
  const unchanged = { head: null, strength: 0, distances: learning.distances, training };
  let last: GateResult | undefined;
  for (const strength of settings.strengths) {
    const candidate = between(from, head, strength);
    let moved = learning.distances;
    const after = await judge(candidate, ({ bulk }) => {
      const move = (distance: number): number => movedDistance(distance, before.pairs.bulk, bulk);
      moved = { eps: move(learning.distances.eps), acceptance: move(learning.distances.acceptance) };
      return moved;
    });
    const result = judgeHead(before, after, counts, gate, seededRandom(learning.seed));
    if (result.verdict === 'better') return { head: candidate, strength, distances: moved, result, training };
    last ??= result;
    if (result.verdict === 'too-little-data') break;
  }
  if (!last) throw new Error('at least one strength is tried');
  return { ...unchanged, result: last };
}

/** From one head a share of the way to another. */
function between(from: Head, to: Head, strength: number): Head {
  const start = weakened(from, 1 - strength);
  return { dimensions: to.dimensions, weights: to.weights.map((w, i) => strength * w + (start.weights[i] ?? 0)) };
}

function rowsOf(parts: Uint8Array, choose: (which: number, row: number) => boolean): number[] {
  return [...parts.keys()].filter((row) => choose(parts[row] ?? 0, row));
}

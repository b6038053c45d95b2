import { setImmediate } from 'node:timers/promises';

import { Failure } from '../../contract/errors.ts';
import type { TensorFlow } from '../model/engines/tfjs/backend.ts';
import { changedPairs, type ChangedPair } from './changed-pairs.ts';
import { chooseByGroups, chooseStrength, isHopeless } from './choose-strength.ts';
import { judgeHead, measuredFar, notSure, secondaryFar, tooFew, type GateResult, type GateSettings } from './gate.ts';
import type { GroupingDistances } from './group-alone.ts';
import { between, isIdentity, meanHead, type Head } from './head.ts';
import { judgeFold, poolFolds, type JudgedFold } from './judge-fold.ts';
import type { MisnamedSettings } from './misnamed-faces.ts';
import { sampleRows } from './sample-rows.ts';
import { seededRandom } from '../seeded-random.ts';
import { judgedPeople, part, splitFaces, type SplitShares } from './split.ts';
import { pickFaces, type TrainingFaces } from './training-faces.ts';
import { trainWatched, type Remedies, type WatchedTraining } from './train-watched.ts';
import type { TrainingSettings, TrainingStep } from './train-head.ts';
import { usableFaces } from './usable-faces.ts';
import type { WatchSettings } from './watch.ts';
import { whitenedHead } from './whitened-head.ts';

/** Pairs of each kind that are told, at most: a page of them. */
const toldOfEach = 24;

export interface LearningSettings {
  readonly training: TrainingSettings;
  readonly watch: WatchSettings;
  readonly remedies: Remedies;
  readonly split: SplitShares;
  readonly gate: GateSettings;
  /** How far the covariance within people is drawn towards the identity for the first head, 0 to 1. */
  readonly shrinkage: number;
  /** Shares of the head's change that are measured; which is taken is chosen on other faces than it is judged on. */
  readonly strengths: readonly number[];
  /** Faces that heads are judged by, at most. */
  readonly judgedFaces: number;
  readonly misnamed: MisnamedSettings;
}

/** A step of one of the trainings: one for each fold. */
export interface LearningStep extends TrainingStep {
  readonly round: number;
  readonly rounds: number;
}

export interface Learning {
  readonly faces: TrainingFaces;
  readonly settings: LearningSettings;
  /** The adopted head, or the identity: it is trained on, and what comes out is compared with it. */
  readonly from: Head;
  /** The distances that the library groups by with `from`. */
  readonly distances: GroupingDistances;
  readonly seed: number;
  readonly onStep?: (step: LearningStep) => void;
  /** What went wrong and is remedied, in words, when it is. */
  readonly onRemedy?: (words: string) => void;
  /** Resolves when the run may go on: at once, or after a pause. */
  readonly proceed?: () => Promise<void>;
  readonly signal: AbortSignal;
}

export interface Learnt {
  /** Null where nothing is to be adopted. Else the mean of the folds' heads, which together have learnt from all faces. */
  readonly head: Head | null;
  /** Share of the change that passed; 0 where none did. */
  readonly strength: number;
  /** What the library is to group by with the head. */
  readonly distances: GroupingDistances;
  readonly result: GateResult;
  /** Held-out pairs that are judged otherwise after the heads of the folds, the clearest first; none without a head. */
  readonly changed: readonly ChangedPair[];
  /** Of the last fold; no steps where nothing was trained. */
  readonly training: Omit<WatchedTraining, 'head'>;
  /** Faces whose vectors were no unit vectors (NaN, zeros), which nothing was learnt from. */
  readonly leftOut: number;
  /** Named faces that lie nearer to another named person, which nothing was learnt from. */
  readonly misnamed: number;
}

/**
 * Learns a head and judges it by cross-fitting: in turn a share of the faces is held out, a head is trained on the
 * others, and the held-out faces are compared; so each was once a face that the head had not seen, and the judgement
 * rests on all. The strength for each share is chosen on the other shares, so that one candidate is judged and nothing
 * is chosen by what judges it. If it passes, the mean of the folds' heads is taken: together they have seen all, and it
 * does as well for the named and better for others than one head that is trained on everything (bench/results/tune.md).
 *
 * Where `from` was itself trained on faces that are held out now, it is measured too well, and the new head, which has
 * to be better, has the harder task.
 * @throws {Failure} `cancelled`
 */
export async function learnHead(tf: typeof TensorFlow, learning: Learning): Promise<Learnt> {
  const { settings, distances } = learning;
  const { faces, rows, leftOut, misnamed } = usableFaces(tf, learning.faces, settings.misnamed);
  const random = seededRandom(learning.seed);
  const nothing = { head: null, strength: 0, distances, changed: [], leftOut, misnamed };
  const people = judgedPeople(faces).length;
  if (people < settings.gate.leastPeople) {
    const training = { settings: settings.training, steps: [], remedied: [] };
    return { ...nothing, result: undecided(people, settings.gate), training };
  }

  const sample = sampleRows(faces, settings.judgedFaces, seededRandom(learning.seed));
  const { folds, heads, training, isFlat } = await judgeInTurns(tf, faces, sample, learning, random);
  const before = poolFolds(folds, () => undefined);
  const choose = chooser(measuredFar(before.pairs, settings.gate), settings);
  const places = placesFor(folds, choose);
  const after = poolFolds(folds, (fold) => places[fold]);
  await turn(learning);
  const judged = judgeHead(before, after, settings.gate, seededRandom(learning.seed));
  const place = choose(folds);
  const strength = settings.strengths[place ?? -1];
  const refused = isFlat ? flatWords : judged.verdict === 'better' && strength === undefined ? notSure : undefined;
  const result = refused === undefined ? judged : { ...judged, verdict: 'no-better' as const, reason: refused };
  if (result.verdict !== 'better' || place === undefined || strength === undefined)
    return { ...nothing, result, training };

  const changed = changedPairs(before.pairs, after.pairs, secondaryFar(before.pairs, settings.gate), toldOfEach);
  const rowOf = (judgedRow: number): number => rows[sample[judgedRow] ?? 0] ?? 0;
  return {
    head: between(learning.from, meanHead(heads), strength),
    strength,
    distances: meanDistances(folds.flatMap((fold) => fold.distances[place] ?? [])),
    result,
    changed: changed.map((pair) => ({ ...pair, row: rowOf(pair.row), other: rowOf(pair.other) })),
    training,
    leftOut,
    misnamed,
  };
}

const flatWords =
  'The training came to nothing: no attempt made the loss fall. If many names are on the wrong faces, correct them first.';

interface JudgedInTurns {
  readonly folds: readonly JudgedFold[];
  /** By fold. */
  readonly heads: readonly Head[];
  readonly training: Learnt['training'];
  /** No attempt made the loss fall. */
  readonly isFlat: boolean;
}

/** Trains and measures fold by fold; after the first, further ones only if it promises anything. */
async function judgeInTurns(
  tf: typeof TensorFlow,
  faces: TrainingFaces,
  sample: readonly number[],
  learning: Learning,
  random: () => number,
): Promise<JudgedInTurns> {
  const { settings, from, distances } = learning;
  const judgedFaces = pickFaces(faces, sample);
  const folds: JudgedFold[] = [];
  const heads: Head[] = [];
  let training: Learnt['training'] = { settings: settings.training, steps: [], remedied: [] };
  for (const parts of splitFaces(faces, settings.split, random)) {
    const rows = [...parts.keys()].filter((row) => parts[row] === part.training);
    const round = { round: folds.length + 1, training: training.settings };
    const { head, ...rest } = await trainOnce(tf, pickFaces(faces, rows), learning, round, random);
    training = { ...rest, remedied: [...training.remedied, ...rest.remedied] };
    await turn(learning);
    const judgedParts = Uint8Array.from(sample, (row) => parts[row] ?? part.training);
    const { strengths } = settings;
    const fold = judgeFold(tf, { faces: judgedFaces, parts: judgedParts, from, head, strengths, distances });
    folds.push(fold);
    heads.push(head);
    if (folds.length > 1) continue;
    if (rest.trouble === 'flat') return { folds, heads, training, isFlat: true };
    const far = measuredFar(fold.before, settings.gate);
    const promises =
      far === null ? chooseByGroups(folds, settings.strengths.length) !== undefined : !isHopeless(folds, far);
    if (!promises) break;
  }
  return { folds, heads, training, isFlat: false };
}

type Choose = (folds: readonly JudgedFold[]) => number | undefined;

/** Strengths are chosen by the measure that decides: a false accept rate, or the groups where it is null. */
function chooser(far: number | null, { strengths, gate }: LearningSettings): Choose {
  return (folds) =>
    far === null ? chooseByGroups(folds, strengths.length) : chooseStrength(folds, far, gate.tolerance);
}

/** The place of the strength for each fold, by what the other folds show; the weakest where there are none. */
function placesFor(folds: readonly JudgedFold[], choose: Choose): (number | undefined)[] {
  const [first] = folds;
  if (folds.length === 1 && first) return [first.after.length - 1];
  return folds.map((fold) => choose(folds.filter((other) => other !== fold)));
}

async function trainOnce(
  tf: typeof TensorFlow,
  faces: TrainingFaces,
  { settings, from, onStep, onRemedy, proceed, signal }: Learning,
  { round, training }: { readonly round: number; readonly training: TrainingSettings },
  random: () => number,
): Promise<WatchedTraining> {
  return trainWatched(tf, faces, {
    // What one training had to be remedied with, the next begins with.
    settings: { ...settings, training },
    from: isIdentity(from) ? whitenedHead(tf, faces, settings.shrinkage) : from,
    random,
    onStep: (step) => onStep?.({ ...step, round, rounds: settings.split.folds }),
    ...(proceed && { proceed }),
    ...(onRemedy && { onRemedy }),
    signal,
  });
}

/** Lets others have a turn, and ends here if the run was cancelled. */
async function turn({ proceed, signal }: Learning): Promise<void> {
  await setImmediate();
  await proceed?.();
  if (signal.aborted) throw new Failure('cancelled', 'cancelled');
}

function undecided(people: number, { fars, leastPeople }: GateSettings): GateResult {
  const rates = { known: NaN, unseen: NaN, everybody: NaN };
  return {
    verdict: 'too-little-data',
    reason: tooFew(people, leastPeople),
    far: fars[0] ?? null,
    before: rates,
    after: rates,
    f1: { before: NaN, after: NaN },
    leastGain: 0,
  };
}

function meanDistances(all: readonly GroupingDistances[]): GroupingDistances {
  const mean = (of: (one: GroupingDistances) => number): number =>
    all.reduce((sum, one) => sum + of(one), 0) / all.length;
  return { eps: mean(({ eps }) => eps), acceptance: mean(({ acceptance }) => acceptance) };
}

import { clusterMeasures } from '../../app/engine/evaluate/cluster-measures.ts';
import type { TensorFlow } from '../../app/engine/model/engines/tfjs/backend.ts';
import { settings } from '../../app/engine/settings.ts';
import { groupAlone, type GroupingDistances } from '../../app/engine/tune/group-alone.ts';
import { identityHead } from '../../app/engine/tune/head.ts';
import { learnHead, type Learnt } from '../../app/engine/tune/learn-head.ts';
import { projectFaces } from '../../app/engine/tune/project-faces.ts';
import type { KnownFaces } from '../../scripts/calibration/embed-folders.ts';
import { compareAll } from './compare-all.ts';
import type { Seen, SeenLibrary } from './seen-library.ts';
import type { SimulatedUser } from './simulated-user.ts';

export const fars = [1e-3, 1e-4] as const;

/** Whose pairs are compared: photos held out of labelled people, people never labelled, everybody. */
export const groups = ['heldOut', 'never', 'everybody'] as const;

/** Of one library: shares of the pairs of one person accepted, by group and then by rate. */
export interface Measured {
  readonly tars: readonly (readonly number[])[];
  /** 1 − B-cubed F1 of the whole library, grouped anew by nothing but its distances. */
  readonly error: number;
  /** The same of what its user sees, who has labelled. */
  readonly seen: number;
  /** The mean of that over distances up to 1 % away: it hangs less on which faces lie just at the distance. */
  readonly seenAround: number;
}

/** One run, as it is kept in a file. */
export interface Outcome {
  readonly seed: number;
  readonly adopted: boolean;
  readonly strength: number;
  readonly reason: string;
  readonly margin: number;
  /** What the gate saw: the primary measure, and what it gains at least. */
  readonly gate: { readonly before: number; readonly after: number; readonly leastGain: number };
  /** See `Seen.asked`. */
  readonly asked: number;
  /** Seconds of CPU of training and gate. */
  readonly cpu: number;
  readonly before: Measured;
  readonly after: Measured;
}

/** Lets a simulated user's library learn, and measures it before and after on what the learning never saw. */
export async function learnAs(
  tf: typeof TensorFlow,
  known: KnownFaces,
  library: SeenLibrary,
  distances: GroupingDistances,
  user: SimulatedUser,
  seed: number,
): Promise<Outcome> {
  const started = process.cpuUsage();
  const learnt = await learnHead(tf, {
    faces: user.faces,
    settings: settings.tune,
    from: identityHead(known.dimensions),
    distances,
    seed,
    signal: new AbortController().signal,
  });
  const spent = process.cpuUsage(started);
  const seenBefore = await see(library, user, distances, null, null);
  const before = measure(tf, known, known.vectors, user, distances, seenBefore);
  if (!learnt.head) return { ...described(learnt), seed, cpu: secondsOf(spent), before, after: before, asked: 0 };
  const { head, distances: moved } = learnt;
  const seenAfter = await see(library, user, moved, head.weights, seenBefore.shown);
  const after = measure(tf, known, projectFaces(tf, head, known.vectors), user, moved, seenAfter);
  return { ...described(learnt), seed, cpu: secondsOf(spent), before, after, asked: seenAfter.asked };
}

interface SeenAround extends Seen {
  readonly around: number;
}

/** What the user sees at these distances, and how right it is on the average of those around them. */
async function see(
  library: SeenLibrary,
  { labels }: SimulatedUser,
  { eps, acceptance }: GroupingDistances,
  weights: Float32Array | null,
  before: Int32Array | null,
): Promise<SeenAround> {
  const at = (scale: number): Promise<Seen> =>
    library.see(labels, { eps: scale * eps, acceptance: scale * acceptance }, weights, before);
  const seen = await at(1);
  const errors = [seen.error];
  for (const scale of [0.99, 0.995, 1.005, 1.01]) errors.push((await at(scale)).error);
  return { ...seen, around: errors.reduce((sum, error) => sum + error, 0) / errors.length };
}

const secondsOf = ({ user, system }: NodeJS.CpuUsage): number => (user + system) / 1e6;

function described({
  head,
  strength,
  result,
  training,
}: Learnt): Omit<Outcome, 'seed' | 'cpu' | 'before' | 'after' | 'asked'> {
  return {
    adopted: head !== null,
    strength,
    reason: result.reason,
    margin: training.settings.margin,
    gate: { before: result.before.known, after: result.after.known, leastGain: result.leastGain },
  };
}

function measure(
  tf: typeof TensorFlow,
  known: KnownFaces,
  vectors: Float32Array,
  { heldOut, never }: SimulatedUser,
  distances: GroupingDistances,
  seen: SeenAround,
): Measured {
  const sets = [heldOut, never, [...known.people.keys()]];
  const { tars, near } = compareAll(tf, vectors, known.people, sets, fars, distances.eps);
  const found = groupAlone(vectors, known.dimensions, near, distances);
  return {
    tars: tars.map((tar) => fars.map((far) => tar.get(far) ?? NaN)),
    error: 1 - clusterMeasures(Int32Array.from(known.people), found).bcubed.f1,
    seen: seen.error,
    seenAround: seen.around,
  };
}

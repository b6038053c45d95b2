import { clusterMeasures } from '../evaluate/cluster-measures.ts';

/** What a setting of a method came to. */
export interface Trial {
  readonly setting: string;
  /** The setting's numbers, as shares of the pack's pair threshold; none where it has no neighbours. */
  readonly at: readonly number[];
  /** 1 − B-cubed F1. */
  readonly error: number;
  /** Over all pairs of faces. */
  readonly precision: number;
  readonly recall: number;
}

/** Judges groups (−1: alone) by whose faces they are. */
export function judge(
  setting: string,
  at: readonly number[],
  people: readonly number[],
  groups: ArrayLike<number>,
): Trial {
  const own = Int32Array.from(groups, (group, i) => (group < 0 ? -1 - i : group));
  const { bcubed, pairwise } = clusterMeasures(Int32Array.from(people), own);
  return { setting, at, error: 1 - bcubed.f1, precision: pairwise.precision, recall: pairwise.recall };
}

/** The trial with the least error among those that are precise enough; the most precise one where none is. */
export function bestTrial(trials: readonly Trial[], precision: number): Trial {
  const precise = trials.filter((trial) => trial.precision >= precision);
  const [best] =
    precise.length > 0
      ? precise.toSorted((a, b) => a.error - b.error)
      : trials.toSorted((a, b) => b.precision - a.precision);
  if (!best) throw new Error('nothing was tried');
  return best;
}

/** Each setting's mean over several sets of faces on which the same settings were tried. */
export function meanTrials(sets: readonly (readonly Trial[])[]): Trial[] {
  return (sets[0] ?? []).map(({ setting, at }, i) => {
    const over = (read: (trial: Trial) => number): number => mean(sets.flatMap((set) => set.slice(i, i + 1).map(read)));
    return {
      setting,
      at,
      error: over(({ error }) => error),
      precision: over(({ precision }) => precision),
      recall: over(({ recall }) => recall),
    };
  });
}

/** Difference of two settings, as a share of the pair threshold, from which they say nothing of one another. */
const unrelated = 0.06;

/**
 * Each trial as the weighted mean of it and its neighbours, which count the less the further they are. On one set of faces
 * a setting may do well by luck, or miss the precision by two groups; that those around it do well too is what holds for
 * other people.
 */
export function smoothTrials(trials: readonly Trial[]): Trial[] {
  return trials.map((trial) => {
    const weights = trials.map((other) => (other === trial ? 1 : kinship(trial.at, other.at)));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const over = (read: (trial: Trial) => number): number =>
      trials.reduce((sum, other, i) => sum + read(other) * (weights[i] ?? 0), 0) / total;
    return {
      ...trial,
      error: over(({ error }) => error),
      precision: over(({ precision }) => precision),
      recall: over(({ recall }) => recall),
    };
  });
}

/** 1 for the same numbers, falling to 0 on a straight line in each. */
function kinship(one: readonly number[], other: readonly number[]): number {
  if (one.length === 0 || one.length !== other.length) return 0;
  return one.reduce((product, value, i) => product * Math.max(0, 1 - Math.abs(value - (other[i] ?? 0)) / unrelated), 1);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

import { clusterMeasures } from '../evaluate/cluster-measures.ts';

/** What a setting of a method came to. */
export interface Trial {
  readonly setting: string;
  /** 1 − B-cubed F1. */
  readonly error: number;
  /** Over all pairs of faces. */
  readonly precision: number;
  readonly recall: number;
}

/** Judges groups (−1: alone) by whose faces they are. */
export function judge(setting: string, people: readonly number[], groups: ArrayLike<number>): Trial {
  const own = Int32Array.from(groups, (group, i) => (group < 0 ? -1 - i : group));
  const { bcubed, pairwise } = clusterMeasures(Int32Array.from(people), own);
  return { setting, error: 1 - bcubed.f1, precision: pairwise.precision, recall: pairwise.recall };
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
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  return (sets[0] ?? []).map(({ setting }, i) => {
    const over = (read: (trial: Trial) => number): number => mean(sets.flatMap((set) => set.slice(i, i + 1).map(read)));
    return {
      setting,
      error: over(({ error }) => error),
      precision: over(({ precision }) => precision),
      recall: over(({ recall }) => recall),
    };
  });
}

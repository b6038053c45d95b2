import type { TrainingPoint } from '../../contract/tuning.ts';
import { settings } from '../settings.ts';
import type { LearningStep } from './learn-head.ts';
import type { TuneProgress } from './tune-service.ts';

/**
 * Tells how a training goes, a few times a second, and keeps enough of its points for a plot. The rounds of a training
 * follow one another; one that is begun again takes the place of what it was before.
 * @param steps of each round
 */
export function createProgress(
  steps: number,
  tell: (progress: TuneProgress) => void,
): {
  readonly take: (step: LearningStep) => void;
  /** Is told with the next step. */
  readonly remedy: (words: string) => void;
  readonly points: () => readonly TrainingPoint[];
} {
  let points: TrainingPoint[] = [];
  let untold: TrainingPoint[] = [];
  let untoldRemedies: string[] = [];
  let told = -Infinity;
  return {
    take: ({ round, rounds, step, loss, active }) => {
      const at = (round - 1) * steps + step;
      const every = Math.ceil((rounds * steps) / settings.learning.points);
      if ((points.at(-1)?.step ?? -1) >= at) points = upTo(points, at);
      if (at % every === 0) {
        points.push({ step: at, loss, active });
        untold.push({ step: at, loss, active });
      }
      const isLast = step === steps - 1;
      if (!isLast && performance.now() - told < settings.learning.progressMs) return;
      told = performance.now();
      const state = isLast ? 'judging' : 'training';
      tell({ state, step: at + 1, steps: rounds * steps, points: untold, remedies: untoldRemedies });
      untold = [];
      untoldRemedies = [];
    },
    remedy: (words) => {
      untoldRemedies.push(words);
      told = -Infinity;
    },
    points: () => points,
  };
}

/** The points before a step. */
export function upTo(points: readonly TrainingPoint[], step: number): TrainingPoint[] {
  return points.filter((point) => point.step < step);
}

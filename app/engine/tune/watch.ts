import type { TrainingStep } from './train-head.ts';

/** What can go wrong with a training. */
export type Trouble = 'flat' | 'collapse' | 'no-triplets' | 'not-a-number';

export interface WatchSettings {
  /** Steps over which the loss is averaged, and after which it has to have fallen. */
  readonly window: number;
  /** Share of the first window's loss by which a later one has to be below. */
  readonly fall: number;
  /** Share of the first distance between faces below which all faces have become one. */
  readonly collapse: number;
  /** Share of active pairs below which there is nothing to learn from. */
  readonly active: number;
}

/**
 * Follows a training: gives what is wrong with it, or undefined while all is well. Looked at after each window;
 * NaN and a collapse at once.
 */
export function createWatch(settings: WatchSettings): (step: TrainingStep) => Trouble | undefined {
  const losses: number[] = [];
  const actives: number[] = [];
  let firstSpread: number | undefined;
  let firstLoss: number | undefined;
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  return ({ loss, active, spread }) => {
    if (!Number.isFinite(loss) || !Number.isFinite(spread)) return 'not-a-number';
    firstSpread ??= spread;
    if (spread < settings.collapse * firstSpread) return 'collapse';
    losses.push(loss);
    actives.push(active);
    if (losses.length < settings.window) return undefined;
    const [meanLoss, meanActive] = [mean(losses), mean(actives)];
    losses.length = 0;
    actives.length = 0;
    if (firstLoss === undefined) {
      firstLoss = meanLoss;
      return meanActive < settings.active ? 'no-triplets' : undefined;
    }
    return meanLoss > (1 - settings.fall) * firstLoss && meanActive >= settings.active ? 'flat' : undefined;
  };
}

import { Failure } from '../../contract/errors.ts';
import type { TensorFlow } from '../model/engines/tfjs/backend.ts';
import type { Head } from './head.ts';
import { trainHead, type TrainingSettings, type TrainingStep } from './train-head.ts';
import type { TrainingFaces } from './training-faces.ts';
import { createWatch, type Trouble, type WatchSettings } from './watch.ts';

/** What is changed when a training goes wrong. */
export interface Remedies {
  /** Factor by which the margin is widened where hardly a triplet costs anything, and its limit. */
  readonly widen: number;
  readonly widestMargin: number;
  /** Rate and factor of the batch's people where the loss does not fall or everything falls together. */
  readonly lowerRate: number;
  readonly largerBatch: number;
  /** Times that a training is begun again. */
  readonly attempts: number;
}

/** What went wrong and what was done about it. */
export interface Remedied {
  readonly trouble: Trouble;
  readonly step: number;
  /** In words, for the user. */
  readonly words: string;
}

export interface WatchedTraining {
  readonly head: Head;
  /** The settings of the attempt that was kept. */
  readonly settings: TrainingSettings;
  readonly steps: readonly TrainingStep[];
  readonly remedied: readonly Remedied[];
  /** What was still wrong in the attempt that was kept. */
  readonly trouble?: Trouble;
}

export interface WatchOptions {
  readonly settings: {
    readonly training: TrainingSettings;
    readonly watch: WatchSettings;
    readonly remedies: Remedies;
  };
  readonly from: Head;
  readonly random: () => number;
  readonly onStep?: (step: TrainingStep) => void;
  /** What went wrong and is remedied, in words, when it is. */
  readonly onRemedy?: (words: string) => void;
  readonly proceed?: () => Promise<void>;
  readonly signal: AbortSignal;
}

/**
 * Trains a head, and begins again with other settings where that goes wrong (FaceNet's settings for a loss that does
 * not fall: a lower rate, a larger batch, semi-hard triplets).
 * @throws {Failure} `cancelled`; `internal` where no attempt gives numbers
 */
export async function trainWatched(
  tf: typeof TensorFlow,
  faces: TrainingFaces,
  { settings: { training, watch, remedies }, from, random, onStep, onRemedy, proceed, signal }: WatchOptions,
): Promise<WatchedTraining> {
  const remedied: Remedied[] = [];
  let settings = training;
  for (let attempt = 0; ; attempt++) {
    const steps: TrainingStep[] = [];
    const look = createWatch(watch);
    let trouble: Trouble | undefined;
    const isLast = attempt >= remedies.attempts;
    const head = await trainHead(tf, faces, settings, from, random, async (step) => {
      if (signal.aborted) throw new Failure('cancelled', 'cancelled');
      await proceed?.();
      const found = look(step);
      trouble = (step.step + 1) % watch.window === 0 ? found : (found ?? trouble);
      steps.push(step);
      onStep?.(step);
      // The last attempt has half of its steps to recover in.
      const mayRecover = isLast && trouble !== 'not-a-number' && 2 * step.step < settings.steps;
      return trouble === undefined || mayRecover;
    });
    const remedy = trouble && remedyFor(trouble, settings, remedies);
    if (!trouble || !remedy || isLast) {
      if (head.weights.every(Number.isFinite)) return { head, settings, steps, remedied, ...(trouble && { trouble }) };
      throw new Failure('internal', 'The training gave no numbers. Try again; if it happens again, report it.');
    }
    remedied.push({ trouble, step: steps.length, words: remedy.words });
    onRemedy?.(remedy.words);
    settings = remedy.settings;
  }
}

function remedyFor(
  trouble: Trouble,
  settings: TrainingSettings,
  { widen, widestMargin, lowerRate, largerBatch }: Remedies,
): { readonly settings: TrainingSettings; readonly words: string } | undefined {
  const calmer: TrainingSettings = {
    ...settings,
    rate: Math.min(settings.rate, lowerRate),
    people: Math.ceil(settings.people * largerBatch),
    mining: 'semi-hard',
  };
  switch (trouble) {
    case 'no-triplets': {
      // Rounded, because it is told.
      const margin = Math.min(widestMargin, Math.round(100 * settings.margin * widen) / 100);
      if (margin <= settings.margin) return undefined;
      const words = `Nearly all faces lay apart by the margin of ${settings.margin} already: it was widened to ${margin}.`;
      return { settings: { ...settings, margin }, words };
    }
    case 'collapse':
      return { settings: calmer, words: 'All faces fell together: begun again more slowly, with larger batches.' };
    case 'flat':
      return { settings: calmer, words: 'The loss did not fall: begun again more slowly, with larger batches.' };
    case 'not-a-number':
      return { settings: calmer, words: 'The numbers grew beyond all bounds: begun again more slowly.' };
  }
}

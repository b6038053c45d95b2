import type { HeadId } from '../../../app/contract/ids.ts';
import type { HeadVersion, TrainingSettings, TuningRun, TuningState } from '../../../app/contract/tuning.ts';

export const recommended: TrainingSettings = {
  people: 40,
  faces: 5,
  lone: 80,
  margin: 0.2,
  mining: 'semi-hard',
  steps: 300,
  rate: 0.05,
};

export const head = (id: number, more: Partial<HeadVersion> = {}): HeadVersion => ({
  id: id as HeadId,
  at: 1_700_000_000_000 + id,
  state: 'waiting',
  active: false,
  usable: true,
  embedder: 'facenet',
  verdict: 'better',
  reason: 'better on photos kept aside',
  from: null,
  seed: 1,
  settings: recommended,
  strength: 1,
  data: { people: 24, faces: 312, guessed: 3, strangers: 90, heldOut: 100 },
  far: 1e-4,
  before: { known: 0.8, unseen: 0.7, everybody: 0.75, f1: null },
  after: { known: 0.9, unseen: 0.7, everybody: 0.7, f1: 0.9 },
  leastGain: 0.02,
  remedies: [],
  steps: [],
  examples: [],
  ...more,
});

export const run = (step: number, more: Partial<TuningRun> = {}): TuningRun => ({
  state: 'training',
  automatic: false,
  step,
  steps: 300,
  points: [],
  remedies: [],
  ...more,
});

export const tuningState = (more: Partial<TuningState> = {}): TuningState => ({
  run: null,
  material: { people: 24, faces: 312, fresh: 12, lacking: null },
  automatic: false,
  settings: recommended,
  heads: [],
  problem: null,
  ...more,
});

import type { NewHead } from '../../app/engine/db/heads.ts';
import { unmoved } from '../../app/engine/tune/distance-move.ts';
import { testVersion } from './library.ts';

const rates = { known: 0.8, unseen: 0.9, everybody: 0.85, f1: 0.7 };

/** A head that was better, as if it had been learnt; `plan` says what is otherwise. */
export function plannedHead(plan: Partial<NewHead> = {}): NewHead {
  return {
    at: 1,
    version: testVersion,
    embedder: testVersion,
    state: 'waiting',
    from: null,
    weights: new Float32Array(4),
    distances: { eps: 0.8, acceptance: 0.9, move: unmoved },
    faces: new Int32Array(0),
    people: new Int32Array(0),
    record: {
      verdict: 'better',
      reason: 'On the photos kept aside it is better.',
      seed: 1,
      settings: { people: 40, faces: 5, lone: 80, margin: 0.2, mining: 'semi-hard', steps: 300, rate: 0.05 },
      strength: 1,
      data: { people: 2, faces: 4, guessed: 0, strangers: 0, heldOut: 2 },
      far: 1e-4,
      before: rates,
      after: rates,
      leastGain: 0.01,
      remedies: [],
      steps: [{ step: 0, loss: 0.1, active: 0.5 }],
      examples: [],
    },
    ...plan,
  };
}

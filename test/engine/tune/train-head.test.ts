import { describe, expect, it } from 'vitest';

import { loadBackend } from '../../../app/engine/model/engines/tfjs/backend.ts';
import { identityHead, type Head } from '../../../app/engine/tune/head.ts';
import { seededRandom } from '../../../app/engine/seeded-random.ts';
import { lossOf, trainHead, type TrainingSettings, type TrainingStep } from '../../../app/engine/tune/train-head.ts';
import { loadableBackends } from '../model/engines/tfjs/loadable-backends.ts';
import { madeFaces } from './made-faces.ts';

const settings: TrainingSettings = {
  people: 10,
  named: 0.5,
  faces: 4,
  lone: 10,
  margin: 0.5,
  mining: 'semi-hard',
  strangers: 1,
  steps: 60,
  rate: 0.05,
  beta1: 0.9,
  beta2: 0.999,
  decay: 0.02,
};
const faces = madeFaces({ people: 15, each: 6, lone: 30 });

for (const backend of await loadableBackends()) {
  describe(`training a head on ${backend}`, () => {
    const train = async (seed: number, onStep: (step: TrainingStep) => Promise<boolean>): Promise<Head> =>
      trainHead(await loadBackend(backend), faces, settings, identityHead(16), seededRandom(seed), onStep);

    it('lowers the loss, leaves no tensor behind and gives the same head for the same seed', async () => {
      const tf = await loadBackend(backend);
      const tensors = tf.memory().numTensors;
      const losses: number[] = [];
      const first = await train(1, async ({ loss }) => losses.push(loss) > 0);
      const mean = (some: number[]): number => some.reduce((sum, loss) => sum + loss, 0) / some.length;
      expect(losses).toHaveLength(60);
      expect(mean(losses.slice(-10))).toBeLessThan(0.9 * mean(losses.slice(0, 10)));
      expect(tf.memory().numTensors).toBe(tensors);
      expect(await train(1, async () => true)).toEqual(first);
      expect((await train(2, async () => true)).weights).not.toEqual(first.weights);
    });

    it('ends when it is told to', async () => {
      let steps = 0;
      await train(1, async () => ++steps < 5);
      expect(steps).toBe(5);
    });

    it('goes down the slope that the loss has in every weight', async () => {
      const tf = await loadBackend(backend);
      // All triplets, of which each costs something: else the loss has too many corners to measure its slope by steps.
      // The distance of a stranger's positive is taken for a constant.
      const mining = { margin: 5, mining: 'all', strangers: 0 } as const;
      const small = madeFaces({ people: 3, each: 3, lone: 2, dimensions: 4 });
      const weights = Float32Array.from({ length: 16 }, (_, i) => 0.05 * Math.sin(i));
      const { gradient } = lossOf(tf, small, mining, weights);
      const step = 1e-2;
      for (let i = 0; i < 16; i++) {
        const at = (by: number): number => {
          const moved = weights.slice();
          moved[i] = moved[i]! + by;
          const { loss } = lossOf(tf, small, mining, moved);
          return loss;
        };
        expect(gradient[i]).toBeCloseTo((at(step) - at(-step)) / (2 * step), 1);
      }
    });
  });
}

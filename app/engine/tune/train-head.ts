import { setImmediate } from 'node:timers/promises';

import type { TensorFlow } from '../model/engines/tfjs/backend.ts';
import { createBatches, type BatchShape } from './batches.ts';
import { cosineAnnealing } from './cosine-annealing.ts';
import type { Head } from './head.ts';
import { project } from './project-faces.ts';
import { pickFaces, type TrainingFaces } from './training-faces.ts';
import { mineTriplets, type Mining } from './triplets.ts';

export interface TrainingSettings extends BatchShape {
  /** Of the triplet loss, in squared distance. */
  readonly margin: number;
  readonly mining: Mining;
  readonly steps: number;
  /** Initial rate of Adam. The head's weights are learnt times their dimensions, which makes 0.05 a fitting rate. */
  readonly rate: number;
  readonly beta1: number;
  readonly beta2: number;
  /** Share of the weights that each step takes away, over the rate: keeps the head near the identity. */
  readonly decay: number;
}

/** One step, as it is shown and watched. */
export interface TrainingStep {
  readonly step: number;
  readonly loss: number;
  /** Share of anchors and positives that have a triplet with a loss. */
  readonly active: number;
  /** Root mean square distance between all faces of the batch. */
  readonly spread: number;
}

/**
 * Trains a head, from `from` on. What the loss is worth follows from the distances in plain arithmetic, and its
 * slope in them is constant between two steps: so the loss that is differentiated is Σ slope ∘ squared distance.
 * @param onStep may end the training early by giving false
 */
export async function trainHead(
  tf: typeof TensorFlow,
  faces: TrainingFaces,
  settings: TrainingSettings,
  from: Head,
  random: () => number,
  onStep: (step: TrainingStep) => Promise<boolean>,
): Promise<Head> {
  const { dimensions } = faces;
  const next = createBatches(faces, settings, random);
  const adam = tf.train.adam(settings.rate, settings.beta1, settings.beta2);
  const scaled = tf.tidy(() => tf.variable(tf.tensor2d(from.weights, [dimensions, dimensions]).mul(dimensions)));
  try {
    for (let step = 0; step < settings.steps; step++) {
      const rate = cosineAnnealing(settings.rate, step, settings.steps);
      // Annealing is what the field is written for; TensorFlow.js only forgot to say so in its types.
      (adam as unknown as { learningRate: number }).learningRate = rate;
      const measured = tf.tidy(() => takeStep(tf, pickFaces(faces, next()), settings, scaled, adam));
      tf.tidy(() => scaled.assign(scaled.mul(1 - settings.decay * rate)));
      if (!(await onStep({ step, ...measured }))) break;
      // A pause and a cancel get their turn.
      if (step % 8 === 0) await setImmediate();
    }
    const learnt = scaled.dataSync();
    return { dimensions, weights: Float32Array.from(learnt, (weight) => weight / dimensions) };
  } finally {
    scaled.dispose();
    adam.dispose();
  }
}

function takeStep(
  tf: typeof TensorFlow,
  batch: TrainingFaces,
  settings: TrainingSettings,
  scaled: TensorFlow.Variable,
  adam: TensorFlow.AdamOptimizer,
): Omit<TrainingStep, 'step'> {
  const count = batch.people.length;
  const x = tf.tensor2d(batch.vectors, [count, batch.dimensions]);
  const squared = (): TensorFlow.Tensor2D => {
    const z = project(x, scaled.div(batch.dimensions));
    // A product with a transposed second factor is nine times slower in WASM than transposing first.
    return tf.scalar(2).sub(z.matMul(z.transpose()).mul(2));
  };
  const distances = squared().dataSync() as Float32Array;
  const { slope, loss, active } = mineTriplets(distances, batch, settings);
  const slopes = tf.tensor2d(slope, [count, count]);
  adam.minimize(() => squared().mul(slopes).sum());
  const mean = distances.reduce((sum, distance) => sum + distance, 0) / Math.max(1, count * (count - 1));
  return { loss, active, spread: Math.sqrt(mean) };
}

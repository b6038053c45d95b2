import { setImmediate } from 'node:timers/promises';

import type { TensorFlow } from '../model/engines/tfjs/backend.ts';
import { createAdam } from './adam.ts';
import { createBatches, type BatchShape } from './batches.ts';
import { cosineAnnealing } from './cosine-annealing.ts';
import type { Head } from './head.ts';
import { pickFaces, type TrainingFaces } from './training-faces.ts';
import { mineTriplets, type MiningSettings } from './triplets.ts';
import { valuesOf } from './values-of.ts';

export interface TrainingSettings extends BatchShape, MiningSettings {
  readonly steps: number;
  /** Initial rate of Adam. The head's weights are learnt times their dimensions, which makes 0.05 a fitting rate. */
  readonly rate: number;
  readonly beta1: number;
  readonly beta2: number;
  /** Share of the change that each step takes away, over the rate: keeps the head near where it began. */
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
 * Trains a head, from `from` on.
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
  const adam = createAdam(from.weights, { ...settings, decay: settings.decay * dimensions });
  const weights = from.weights.slice();
  for (let step = 0; step < settings.steps; step++) {
    // The weights are learnt times their dimensions: Adam's steps are as long for any, and so is what they should be.
    const rate = cosineAnnealing(settings.rate, step, settings.steps) / dimensions;
    const { gradient, ...measured } = lossOf(tf, pickFaces(faces, next()), settings, weights);
    adam(weights, gradient, rate);
    if (!(await onStep({ step, ...measured }))) break;
    // A pause and a cancel get their turn.
    if (step % 8 === 0) await setImmediate();
  }
  return { dimensions, weights };
}

/**
 * The triplet loss of a batch and its gradient in W. What the loss is worth follows from the distances in plain
 * arithmetic, and its slope in them, S, is constant between two steps; the rest is matrix products, written out
 * because that takes half the time of TensorFlow.js's own gradient, and needs no gradient of any operator:
 * D = 2 − 2·z·zᵀ, so the slope in z is −2·(S + Sᵀ)·z; z = y/|y| takes away what lies along z; y = x + x·W.
 * @param weights W, dimensions × dimensions, as the gradient
 */
export function lossOf(
  tf: typeof TensorFlow,
  batch: TrainingFaces,
  settings: MiningSettings,
  weights: Float32Array,
): Omit<TrainingStep, 'step'> & { readonly gradient: Float32Array } {
  const { dimensions } = batch;
  const count = batch.people.length;
  let measured = { loss: 0, active: 0, spread: 0 };
  const gradient = valuesOf(tf, () => {
    const x = tf.tensor2d(batch.vectors, [count, dimensions]);
    const y = tf.add(x, tf.matMul(x, tf.tensor2d(weights, [dimensions, dimensions])));
    const length = tf.sqrt(tf.sum(tf.square(y), 1, true));
    const z = tf.div(y, length);
    // A product with a transposed second factor is nine times slower in WASM than transposing first.
    const distances = tf.sub(2, tf.mul(2, tf.matMul(z, tf.transpose(z)))).dataSync() as Float32Array;
    const { slope, loss, active } = mineTriplets(distances, batch, settings);
    measured = { loss, active, spread: spreadOf(distances, count) };
    const slopes = tf.tensor2d(symmetric(slope, count), [count, count]);
    const inZ = tf.mul(-2, tf.matMul(slopes, z));
    const alongZ = tf.sum(tf.mul(inZ, z), 1, true);
    return tf.matMul(tf.transpose(x), tf.div(tf.sub(inZ, tf.mul(z, alongZ)), length));
  });
  return { ...measured, gradient };
}

function spreadOf(distances: Float32Array, count: number): number {
  let sum = 0;
  for (let i = 0; i < distances.length; i++) sum += distances[i] ?? 0;
  return Math.sqrt(Math.max(0, sum / Math.max(1, count * (count - 1))));
}

/** S + Sᵀ */
function symmetric(slope: Float32Array, count: number): Float32Array {
  const both = new Float32Array(slope.length);
  for (let i = 0; i < count; i++)
    for (let j = 0; j < count; j++) both[i * count + j] = (slope[i * count + j] ?? 0) + (slope[j * count + i] ?? 0);
  return both;
}

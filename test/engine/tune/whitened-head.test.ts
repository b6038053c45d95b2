import { expect, it } from 'vitest';

import { lone, type TrainingFaces } from '../../../app/engine/tune/training-faces.ts';
import { whitenedHead } from '../../../app/engine/tune/whitened-head.ts';
import { loadBackend } from '../../../app/engine/model/engines/tfjs/backend.ts';
import { loadableBackends } from '../model/engines/tfjs/loadable-backends.ts';

/** Two people around the third axis; their faces differ by ± 0.4 along the first and ± 0.1 along the second. */
function crossed(): TrainingFaces {
  const offsets = [
    [0.4, 0],
    [-0.4, 0],
    [0, 0.1],
    [0, -0.1],
  ];
  const rows = [0, 1].flatMap((person) => offsets.map(([a = 0, b = 0]) => [a, b, 1, person === 0 ? 0.5 : -0.5]));
  rows.push([0, 0, 1, 0]);
  return {
    dimensions: 4,
    vectors: Float32Array.from(rows.flat()),
    people: Int32Array.of(0, 0, 0, 0, 1, 1, 1, 1, lone),
    trust: new Float32Array(9).fill(1),
    events: Int32Array.from(rows.keys()),
    apart: new Int32Array(0),
  };
}

for (const backend of await loadableBackends()) {
  it(`on ${backend} takes away what all have in common, and makes small what differs within people`, async () => {
    const tf = await loadBackend(backend);
    const tensors = tf.memory().numTensors;
    const { weights } = whitenedHead(tf, crossed(), 0.4);
    const within = [0.32, 0.02, 0, 0].map((value) => (0.6 * value) / (0.34 / 4) + 0.4);
    const powers = within.map((value) => value ** -0.25);
    const mean = powers.reduce((sum, power) => sum + power, 0) / 4;
    const wanted = powers.map((power) => power / mean);
    for (let i = 0; i < 4; i++)
      for (let j = 0; j < 4; j++) {
        // The mean face points along the third axis.
        const diagonal = i === 2 ? 0 : wanted[i]!;
        expect(weights[4 * i + j]).toBeCloseTo(i === j ? diagonal - 1 : 0, 3);
      }
    expect(tf.memory().numTensors).toBe(tensors);
  });
}

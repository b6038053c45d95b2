import { expect, test } from 'vitest';

import { createEmbed } from '../../../app/engine/face/embed.ts';
import { openOrt } from '../../../app/engine/model/engines/ort.ts';
import type { EmbedderManifest } from '../../../app/engine/model/manifest.ts';
import { encodeModel } from '../../../app/engine/model/onnx/codec.ts';
import { createGraph } from '../../../app/engine/model/onnx/graph-builder.ts';

const manifest: EmbedderManifest = {
  name: 'tiny',
  title: 'Tiny',
  licence: 'none',
  source: 'here',
  files: [{ name: 'model.onnx', sha256: '0'.repeat(64), bytes: 1 }],
  role: 'embedder',
  inputSize: 2,
  layout: 'nchw',
  colour: 'rgb',
  normalisation: { mean: [0, 0, 0], scale: 1 },
  template: 'arcface-112',
  dimensions: 3,
  thresholds: { pair: 1, eps: 1, acceptance: 1 },
};

/** The mean of each channel, for `batch` pictures of 2 × 2 at once. */
async function openMeans(batch: number | string) {
  const graph = createGraph('means');
  const image = graph.input('image', 'float', [batch, 3, 2, 2]);
  graph.output('means', graph.node('Flatten', [graph.node('GlobalAveragePool', [image])], { axis: 1 }), [batch, 3]);
  return openOrt(encodeModel(graph.build()), 1);
}

/** Plain red and plain blue. */
const chips = Uint8Array.from([...[1, 2, 3, 4].flatMap(() => [255, 0, 0]), ...[1, 2, 3, 4].flatMap(() => [0, 0, 9])]);

test('a model that takes one picture at a time gets one at a time', async () => {
  const network = await openMeans(1);
  await expect(createEmbed(network, manifest, 16)(chips, 2)).rejects.toMatchObject({ code: 'model-failed' });
  const vectors = await createEmbed(network, { ...manifest, batch: 1 }, 16)(chips, 2);
  expect([...vectors]).toEqual([1, 0, 0, 0, 0, 1]);
  await network.close();
});

test('vectors of another length than the manifest says are refused', async () => {
  const network = await openMeans('batch');
  const embed = createEmbed(network, { ...manifest, dimensions: 4 }, 16);
  await expect(embed(chips, 2)).rejects.toMatchObject({ code: 'model-damaged', message: /vectors of 4 numbers/ });
  await network.close();
});

test('calls that overlap do not see each other’s pictures', async () => {
  const network = await openMeans('batch');
  const embed = createEmbed(network, manifest, 16);
  const [both, red, blue] = await Promise.all([
    embed(chips, 2),
    embed(chips.subarray(0, 12), 1),
    embed(chips.subarray(12), 1),
  ]);
  expect([...both]).toEqual([1, 0, 0, 0, 0, 1]);
  expect([...red, ...blue]).toEqual([...both]);
  await network.close();
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { installFile } from '../../../app/engine/model/install.ts';
import { importModel, type ImportFacts } from '../../../app/engine/model/import-model.ts';
import { encodeModel } from '../../../app/engine/model/onnx/codec.ts';
import { createGraph, type GraphBuilder } from '../../../app/engine/model/onnx/graph-builder.ts';
import type { OnnxModel } from '../../../app/engine/model/onnx/schema.ts';
import { readPack } from '../../../app/engine/model/pack.ts';
import { spawnThread } from '../../../app/workers/spawn.ts';
import { createRandom } from '../../factories/library.ts';

const facts: ImportFacts = {
  name: 'mine',
  title: 'Mine',
  licence: 'my own',
  source: 'mine.onnx',
  template: 'arcface-112',
  colour: 'rgb',
  mean: [127.5, 127.5, 127.5],
  scale: 128,
  pair: 1,
};

interface Options {
  readonly size?: number;
  readonly batch?: number | string;
  readonly weights?: Float32Array;
  readonly op?: string;
}

/** The means of a picture's quarters, mixed by a matrix: four pools of 56 × 56, 12 numbers, to `length`. */
function build(
  options: Options = {},
  change: (graph: GraphBuilder, features: string) => string = (_, f) => f,
): OnnxModel {
  const { size = 112, batch = 'batch', op = 'AveragePool' } = options;
  const random = createRandom(1);
  const weights = options.weights ?? Float32Array.from({ length: 12 * 8 }, () => random() - 0.5);
  const graph = createGraph('mine');
  const image = graph.input('image', 'float', [batch, 3, size, size]);
  const pooled = graph.node(op, [image], { kernel_shape: [56, 56], strides: [56, 56] });
  const features = graph.node('MatMul', [
    graph.node('Flatten', [pooled], { axis: 1 }),
    graph.floats(weights, [12, weights.length / 12]),
  ]);
  graph.output('embedding', change(graph, features), [batch, weights.length / 12]);
  return graph.build();
}

describe('importModel', () => {
  it('finds out what the file does not say, and records what the model gives', async () => {
    const { manifest, model } = await importModel(encodeModel(build()), facts);
    expect(manifest).toMatchObject({ layout: 'nchw', inputSize: 112, dimensions: 8, template: 'arcface-112' });
    expect(manifest.files).toEqual([{ name: 'model.onnx', bytes: model.length, sha256: expect.any(String) as string }]);
    expect(manifest.golden).toBeDefined();
  });

  it('frees a model that was exported for one picture', async () => {
    const { model } = await importModel(encodeModel(build({ batch: 1 })), facts);
    expect(model.length).toBeGreaterThan(0);
  });

  const nan = new Float32Array(96).fill(0.1);
  nan[50] = NaN;
  const cycle = build();
  cycle.graph.node[0]!.input = cycle.graph.node.find(({ opType }) => opType === 'MatMul')!.output;
  const huge = build();
  huge.graph.initializer[0]!.dims = [5_000_000, 250];
  const orphan = build();
  orphan.graph.node[0]!.input = ['nowhere'];

  it.each<[string, Uint8Array, Partial<ImportFacts>, RegExp]>([
    ['a file that is no model', Buffer.from('hello'), {}, /not a readable ONNX file/],
    ['a model that was cut', encodeModel(build()).subarray(0, 300), {}, /not a readable ONNX file/],
    ['operators in a circle', encodeModel(cycle), {}, /wait for each other in a circle/],
    ['a value that nothing gives', encodeModel(orphan), {}, /nothing gives the value nowhere/],
    ['a weight that claims 5 GB', encodeModel(huge), {}, /claims 5000 MB and the file holds 384 bytes/],
    ['an operator that the runtime lacks', encodeModel(build({ op: 'Teleport' })), {}, /Teleport/],
    ['weights that are no numbers', encodeModel(build({ weights: nan })), {}, /no numbers/],
    ['another length than promised', encodeModel(build()), { dimensions: 128 }, /gives 8 numbers and not 128/],
    ['another size than the alignment', encodeModel(build({ size: 168 })), {}, /168 pixels .* 112/],
    ['an alignment that there is not', encodeModel(build()), { template: 'none' }, /no alignment called none/],
    [
      'the same numbers for every picture',
      encodeModel(
        build({}, (graph, f) => graph.node('Add', [graph.node('Sub', [f, f]), graph.floats(Float32Array.of(1), [1])])),
      ),
      {},
      /same numbers whatever/,
    ],
    [
      'values that turn out to be no numbers',
      encodeModel(build({}, (graph, f) => graph.node('Div', [f, graph.node('Sub', [f, f])]))),
      {},
      /no numbers/,
    ],
  ])('refuses %s', async (_, file, changed, message) => {
    await expect(importModel(file, { ...facts, ...changed })).rejects.toThrow(message);
    await expect(importModel(file, { ...facts, ...changed })).rejects.toMatchObject({
      code: expect.stringMatching(/model-damaged|bad-request/) as string,
    });
  });
});

describe('installFile', () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'familiar-import-model-'));
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));
  const signal = new AbortController().signal;

  it('makes a pack of a file, whole or not at all', async () => {
    const file = join(dir, 'mine.onnx');
    writeFileSync(file, encodeModel(build()));
    await installFile(file, facts, { dir, spawn: spawnThread, signal });
    const before = readPack(dir, 'mine', 'embedder');

    writeFileSync(file, 'broken');
    await expect(installFile(file, facts, { dir, spawn: spawnThread, signal })).rejects.toThrow(/ONNX/);
    expect(readPack(dir, 'mine', 'embedder')).toEqual(before);
  });

  it('says which file it cannot read', async () => {
    const missing = installFile(join(dir, 'none.onnx'), facts, { dir, spawn: spawnThread, signal });
    await expect(missing).rejects.toMatchObject({ code: 'missing', message: /none\.onnx/ });
  });
});

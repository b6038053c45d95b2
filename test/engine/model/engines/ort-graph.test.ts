import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

import { expect, test } from 'vitest';

import { graphForOrt } from '../../../../app/engine/model/engines/ort-graph.ts';
import { decodeModel, encodeModel } from '../../../../app/engine/model/onnx/codec.ts';
import { createGraph } from '../../../../app/engine/model/onnx/graph-builder.ts';

const packs = resolve(import.meta.dirname, '../../../../resources/models/packs');
const embedder = readFileSync(resolve(packs, 'fr-feature/model.onnx'));

test('the embedder runs without PRelu on x64, where it is slow, and as it is elsewhere', () => {
  const operators = decodeModel(graphForOrt(embedder, 'x64')).graph.node.map(({ opType }) => opType);
  expect(operators).not.toContain('PRelu');
  expect(graphForOrt(embedder, 'arm64')).toBe(embedder);
});

test('a model without PRelu stays the file that it is', () => {
  const graph = createGraph('plain');
  graph.output('y', graph.node('Relu', [graph.input('x', 'float', [1])]), [1]);
  const bytes = encodeModel(graph.build());
  expect(graphForOrt(bytes, 'x64')).toBe(bytes);
});

test.each([
  ['no model at all', new TextEncoder().encode('PRelu')],
  ['a model with attributes of a kind that is not known here', withSubgraph()],
])('is left to ONNX Runtime: %s', (_, bytes) => {
  expect(graphForOrt(bytes, 'x64')).toBe(bytes);
});

function withSubgraph(): Uint8Array {
  const graph = createGraph('nested');
  const x = graph.input('x', 'float', [1]);
  graph.output('y', graph.node('PRelu', [x, x]), [1]);
  const model = graph.build();
  // 5: a graph, as `If` has.
  model.graph.node[0]!.attribute.push({ name: 'then_branch', type: 5 });
  return encodeModel(model);
}

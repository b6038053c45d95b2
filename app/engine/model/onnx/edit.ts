import { Failure } from '../../../contract/errors.ts';
import type { OnnxModel, OnnxNode } from './schema.ts';
import { integersOf, integerTensor } from './tensor-data.ts';

/**
 * Lets a model that was exported for one picture take any number: names the first dimension of every input
 * and output, and turns each reshape to `[1, −1]` into `[0, −1]` (0 keeps the size that comes in).
 */
export function freeBatch(model: OnnxModel): OnnxModel {
  const { graph } = model;
  const reshapes = new Set(graph.node.filter((node) => node.opType === 'Reshape').map((node) => node.input[1]));
  return {
    ...model,
    graph: {
      ...graph,
      input: graph.input.map((value) => withBatch(value)),
      output: graph.output.map((value) => withBatch(value)),
      initializer: graph.initializer.map((tensor) => {
        if (!tensor.name || !reshapes.has(tensor.name)) return tensor;
        const [first, second, ...rest] = integersOf(tensor);
        if (first !== 1 || second !== -1 || rest.length > 0) return tensor;
        return integerTensor(tensor.name, [0, -1], [2]);
      }),
    },
  };
}

/**
 * Keeps what is needed to work out `outputs` (name inside → name outside) and drops the rest.
 * @throws {Failure} `model-damaged` where the graph has no such value
 */
export function cutAt(model: OnnxModel, outputs: Readonly<Record<string, string>>): OnnxModel {
  const { graph } = model;
  const made = new Set(graph.node.flatMap((node) => node.output));
  for (const value of Object.keys(outputs)) {
    if (!made.has(value)) throw new Failure('model-damaged', `the model has no value called ${value}`);
  }
  const needed = new Set(Object.keys(outputs));
  const node: OnnxNode[] = [];
  // Nodes come in an order in which each follows what it needs.
  for (const candidate of graph.node.toReversed()) {
    if (!candidate.output.some((value) => needed.has(value))) continue;
    node.unshift(candidate);
    for (const value of candidate.input) needed.add(value);
  }
  const names = Object.entries(outputs);
  return {
    ...model,
    graph: {
      ...graph,
      node: [
        ...node,
        ...names.map(([inside, outside]) => ({
          opType: 'Identity',
          input: [inside],
          output: [outside],
          attribute: [],
        })),
      ],
      initializer: graph.initializer.filter((tensor) => tensor.name !== undefined && needed.has(tensor.name)),
      input: graph.input.filter((value) => needed.has(value.name)),
      output: names.map(([, outside]) => ({ name: outside, type: { tensorType: { elemType: 1 } } })),
    },
  };
}

function withBatch(value: OnnxModel['graph']['input'][number]): OnnxModel['graph']['input'][number] {
  const tensor = value.type?.tensorType;
  if (!tensor?.shape) return value;
  const [, ...rest] = tensor.shape.dim;
  return { ...value, type: { tensorType: { ...tensor, shape: { dim: [{ dimParam: 'batch' }, ...rest] } } } };
}

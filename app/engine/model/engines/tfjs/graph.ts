import { Failure } from '../../../../contract/errors.ts';
import type { OnnxAttribute, OnnxModel, OnnxNode, OnnxValueInfo } from '../../onnx/schema.ts';
import { readConstant, type Constant } from './constant.ts';
import { partsOf } from './split-parts.ts';

/** What follows a convolution at once, so that one pass over the numbers does both. */
export type Activation =
  | { readonly kind: 'relu' | 'relu6' }
  /** One slope a channel, or one for all. */
  | { readonly kind: 'prelu'; readonly slope: Float32Array };

export interface GraphNode {
  readonly op: string;
  /** What messages call it. */
  readonly name: string;
  /** '' stands for an optional input that is left out. */
  readonly inputs: readonly string[];
  readonly output: string;
  readonly attributes: readonly OnnxAttribute[];
  readonly activation?: Activation;
}

/** An ONNX graph in the order in which it can be worked out, with nothing that its outputs do not need. */
export interface Graph {
  /** Version of the standard operators. */
  readonly opset: number;
  readonly nodes: readonly GraphNode[];
  readonly constants: ReadonlyMap<string, Constant>;
  readonly inputs: readonly OnnxValueInfo[];
  readonly outputs: readonly string[];
}

/**
 * @throws {Failure} `model-damaged` for a cycle, a value that nothing makes or a broken tensor; `model-failed` for
 * operators from outside the standard
 */
export function readGraph({ graph, opsetImport }: OnnxModel): Graph {
  const outputs = graph.output.map((value) => value.name);
  const tensors = new Map(graph.initializer.map((tensor) => [tensor.name ?? '', tensor]));
  // Old files list the weights among the inputs too.
  const inputs = graph.input.filter((value) => !tensors.has(value.name));
  const given = new Set([...tensors.keys(), ...inputs.map((value) => value.name)]);
  const ordered = inOrder(graph.node.flatMap(partsOf), outputs, given);
  const constants = new Map<string, Constant>();
  for (const name of new Set([...ordered.flatMap((node) => node.input), ...outputs])) {
    const tensor = tensors.get(name);
    if (tensor) constants.set(name, readConstant(tensor));
  }
  const nodes: GraphNode[] = [];
  for (const node of ordered) {
    if (node.op === 'Constant') constants.set(node.output, constantOf(node));
    else nodes.push({ ...node, inputs: node.input });
  }
  const opset = opsetImport.find(({ domain }) => isStandard(domain))?.version ?? 1;
  return { opset, nodes, constants, inputs, outputs };
}

interface NamedNode {
  readonly op: string;
  readonly name: string;
  readonly input: readonly string[];
  readonly output: string;
  readonly attributes: readonly OnnxAttribute[];
}

/** The nodes that `outputs` need, each after those it needs itself. */
function inOrder(nodes: readonly OnnxNode[], outputs: readonly string[], given: ReadonlySet<string>): NamedNode[] {
  const makers = new Map(nodes.flatMap((node) => node.output.filter(Boolean).map((output) => [output, node] as const)));
  const state = new Map<OnnxNode, 'open' | 'done'>();
  const ordered: OnnxNode[] = [];
  // A stack of our own: a deep network must not exhaust the one of the language.
  const stack = outputs.map((name) => ({ name, leaving: false })).reverse();
  for (let top = stack.pop(); top; top = stack.pop()) {
    const node = makers.get(top.name);
    if (!node) {
      if (!given.has(top.name)) throw new Failure('model-damaged', `Nothing in the model makes the value ${top.name}.`);
      continue;
    }
    if (top.leaving) {
      state.set(node, 'done');
      ordered.push(node);
      continue;
    }
    if (state.get(node) === 'done') continue;
    if (state.get(node) === 'open')
      throw new Failure('model-damaged', `The model needs ${top.name} to work out ${top.name}.`);
    state.set(node, 'open');
    stack.push({ name: top.name, leaving: true });
    for (const name of node.input) if (name) stack.push({ name, leaving: false });
  }
  return ordered.map((node) => named(node, nodes));
}

function named(node: OnnxNode, nodes: readonly OnnxNode[]): NamedNode {
  const [output = '', ...others] = node.output;
  const name = `${node.opType} (${[node.name, output].find(Boolean) ?? ''})`;
  if (!isStandard(node.domain)) {
    throw new Failure('model-failed', `TensorFlow.js has no operator ${node.domain ?? ''}.${node.opType} here.`);
  }
  const used = others.filter((other) => nodes.some((consumer) => other && consumer.input.includes(other)));
  if (used.length > 0) throw new Failure('model-failed', `TensorFlow.js gives only one output of ${name} here.`);
  return { op: node.opType, name, input: node.input, output, attributes: node.attribute };
}

function constantOf({ name, attributes }: NamedNode): Constant {
  const [value] = attributes;
  if (value?.name === 'value' && value.t) return readConstant({ ...value.t, name });
  if (value?.name === 'value_ints') return integers(value.ints ?? [], [value.ints?.length ?? 0]);
  if (value?.name === 'value_int') return integers([value.i ?? 0], []);
  if (value?.name === 'value_floats') return floats(value.floats ?? [], [value.floats?.length ?? 0]);
  if (value?.name === 'value_float') return floats([value.f ?? 0], []);
  throw new Failure('model-failed', `TensorFlow.js does not know the attribute ${value?.name ?? ''} of ${name} here.`);
}

function integers(values: readonly number[], dims: readonly number[]): Constant {
  return { kind: 'integers', values, dims };
}

function floats(values: readonly number[], dims: readonly number[]): Constant {
  return { kind: 'floats', values: Float32Array.from(values), dims };
}

function isStandard(domain: string | undefined): boolean {
  return !domain || domain === 'ai.onnx';
}

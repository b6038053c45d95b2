import { attributesOf } from './attributes.ts';
import type { Constant } from './constant.ts';
import type { Activation, Graph, GraphNode } from './graph.ts';

type Floats = Extract<Constant, { kind: 'floats' }>;

/**
 * Folds a batch normalisation into the convolution before it (w′ = w·γ/√(σ²+ε), b′ = (b−μ)·γ/√(σ²+ε) + β), and
 * then lets the convolution apply the activation that follows it. Numbers stay the same but for rounding.
 */
export function fuse(graph: Graph): Graph {
  return joinWithNext(joinWithNext(graph, foldBatchNorm), takeActivation);
}

/** A convolution that does what it and `next` did, with its new constants, or nothing where they do not fit. */
type Join = (
  conv: GraphNode,
  next: GraphNode,
  constants: ReadonlyMap<string, Constant>,
) => { readonly conv: GraphNode; readonly constants?: ReadonlyMap<string, Constant> } | undefined;

/** Joins each convolution with the node that alone uses what it makes. */
function joinWithNext(graph: Graph, join: Join): Graph {
  const consumers = Map.groupBy(
    graph.nodes.flatMap((node) => node.inputs.map((name) => ({ name, node }))),
    ({ name }) => name,
  );
  const constants = new Map(graph.constants);
  const replaced = new Map<GraphNode, GraphNode | undefined>();
  for (const conv of graph.nodes.filter((node) => node.op === 'Conv')) {
    const [only, ...others] = consumers.get(conv.output) ?? [];
    if (!only || others.length > 0 || only.node.inputs[0] !== conv.output || graph.outputs.includes(conv.output))
      continue;
    const joined = join(conv, only.node, constants);
    if (!joined) continue;
    for (const [name, constant] of joined.constants ?? []) constants.set(name, constant);
    // The joined node stands where the later of the two stood: all that it needs is there by then.
    replaced.set(conv, undefined).set(only.node, joined.conv);
  }
  const nodes = graph.nodes.flatMap((node) => (replaced.has(node) ? (replaced.get(node) ?? []) : node));
  return { ...graph, nodes, constants };
}

const foldBatchNorm: Join = (conv, next, constants) => {
  if (next.op !== 'BatchNormalization') return undefined;
  const floats = (name: string | undefined): Floats | undefined => {
    const constant = constants.get(name ?? '');
    return constant?.kind === 'floats' ? constant : undefined;
  };
  const [, gamma, beta, mean, variance] = next.inputs.map(floats);
  const weights = floats(conv.inputs[1]);
  const bias = floats(conv.inputs[2]);
  if (!gamma || !beta || !mean || !variance || !weights || (conv.inputs[2] && !bias)) return undefined;
  const epsilon = attributesOf(next).float('epsilon', 1e-5);
  const scale = gamma.values.map((value, i) => value / Math.sqrt((variance.values[i] ?? 0) + epsilon));
  const perChannel = weights.values.length / scale.length;
  const scaled = weights.values.map((value, i) => value * (scale[Math.floor(i / perChannel)] ?? 0));
  const shift = beta.values.map(
    (value, i) => ((bias?.values[i] ?? 0) - (mean.values[i] ?? 0)) * (scale[i] ?? 0) + value,
  );
  const names = { weights: `${conv.output}/folded-weights`, bias: `${conv.output}/folded-bias` };
  return {
    conv: { ...conv, inputs: [conv.inputs[0] ?? '', names.weights, names.bias], output: next.output },
    constants: new Map<string, Constant>([
      [names.weights, { kind: 'floats', dims: weights.dims, values: scaled }],
      [names.bias, { kind: 'floats', dims: [shift.length], values: shift }],
    ]),
  };
};

const takeActivation: Join = (conv, next, constants) => {
  const activation = conv.activation ? undefined : activationOf(next, constants);
  return activation && { conv: { ...conv, output: next.output, activation } };
};

function activationOf(node: GraphNode, constants: ReadonlyMap<string, Constant>): Activation | undefined {
  if (node.op === 'Relu') return { kind: 'relu' };
  if (node.op === 'Clip') return isRelu6(node, constants) ? { kind: 'relu6' } : undefined;
  if (node.op !== 'PRelu') return undefined;
  const slope = constants.get(node.inputs[1] ?? '');
  if (slope?.kind !== 'floats') return undefined;
  // A slope for each channel is written [C, 1, 1]; other shapes differ from place to place.
  const [channels = 1, ...rest] = slope.dims.length === 4 ? slope.dims.slice(1) : slope.dims;
  const perChannel = slope.values.length === channels && (rest.length === 2 || slope.values.length === 1);
  return perChannel ? { kind: 'prelu', slope: slope.values } : undefined;
}

function isRelu6(node: GraphNode, constants: ReadonlyMap<string, Constant>): boolean {
  const attributes = attributesOf(node);
  const bound = (input: number, name: string): number | undefined =>
    node.inputs[input] ? constants.get(node.inputs[input])?.values[0] : attributes.optionalFloat(name);
  return bound(1, 'min') === 0 && bound(2, 'max') === 6;
}

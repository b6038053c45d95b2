import * as tf from '@tensorflow/tfjs-core';

import { Failure } from '../../../../contract/errors.ts';
import { attributesOf } from './attributes.ts';
import type { TfjsBackend } from './backend.ts';
import type { Constant } from './constant.ts';
import type { Graph, GraphNode } from './graph.ts';
import { inputsOf, type OperatorNode, type Run } from './operator.ts';
import { operators } from './operators.ts';
import { asPlain, integersValue, plainValue, type TensorValue, type Value } from './value.ts';

/** A graph whose weights are on the backend, ready to be run. */
export interface Program {
  /** Gives a tensor for each of the graph's outputs, in ONNX's sizes. To be called inside `tf.tidy`. */
  run(inputs: ReadonlyMap<string, TensorValue>): tf.Tensor[];
  dispose(): void;
}

interface Step {
  readonly name: string;
  readonly inputs: readonly string[];
  readonly output: string;
  readonly run: Run;
  /** Values that nothing needs after this step. */
  readonly spent: readonly string[];
}

/**
 * Prepares every operator and uploads the constants, each once.
 * @throws {Failure} `model-failed`, by the name of an operator or attribute that is not supported
 */
export function prepareProgram(graph: Graph, backend: TfjsBackend): Program {
  const kept: tf.Tensor[] = [];
  try {
    const { steps, constants } = prepare(graph, backend, kept);
    return {
      run: (inputs) => runSteps(steps, new Map<string, Value>([...constants, ...inputs]), graph.outputs),
      dispose: () => tf.dispose(kept),
    };
  } catch (error) {
    tf.dispose(kept);
    throw error;
  }
}

function prepare(
  graph: Graph,
  backend: TfjsBackend,
  kept: tf.Tensor[],
): { steps: Step[]; constants: Map<string, Value> } {
  const constants = new Map<string, Value>();
  const keep = <T extends tf.Tensor>(tensor: T): T => {
    kept.push(tf.keep(tensor));
    return tensor;
  };
  const needsConstant = (name: string): void => {
    const constant = graph.constants.get(name);
    if (constant && !constants.has(name)) constants.set(name, valueOf(constant, keep));
  };
  const lastUse = new Map(graph.nodes.flatMap((node, i) => node.inputs.map((name) => [name, i] as const)));
  const made = new Set(graph.nodes.map((node) => node.output));
  const steps = graph.nodes.map((node, i): Step => {
    const taken = new Set<number>();
    const run = prepareNode(node, { graph, backend, keep, taken });
    node.inputs.forEach((name, input) => {
      if (!taken.has(input)) needsConstant(name);
    });
    const isSpent = (name: string): boolean =>
      lastUse.get(name) === i && made.has(name) && !graph.outputs.includes(name);
    return { name: node.name, inputs: node.inputs, output: node.output, run, spent: node.inputs.filter(isSpent) };
  });
  graph.outputs.forEach(needsConstant);
  return { steps, constants };
}

function prepareNode(
  node: GraphNode,
  around: {
    readonly graph: Graph;
    readonly backend: TfjsBackend;
    readonly keep: OperatorNode['keep'];
    /** Gets the inputs that the operator takes for itself. */
    readonly taken: Set<number>;
  },
): Run {
  const { graph, backend, keep, taken } = around;
  if (!Object.hasOwn(operators, node.op)) {
    throw new Failure('model-failed', `TensorFlow.js has no operator ${node.op} here. Run this model on ONNX Runtime.`);
  }
  const attributes = attributesOf(node);
  const run = operators[node.op]?.({
    op: node.op,
    name: node.name,
    opset: graph.opset,
    backend,
    attributes,
    activation: node.activation,
    has: (input) => Boolean(node.inputs[input]),
    take: (input) => {
      const constant = graph.constants.get(node.inputs[input] ?? '');
      if (constant) taken.add(input);
      return constant;
    },
    keep,
    refuse: (what) => {
      const remedy = 'Run this model on ONNX Runtime.';
      throw new Failure('model-failed', `TensorFlow.js does not run ${node.name} with ${what} here. ${remedy}`);
    },
  });
  attributes.refuseUnread();
  if (!run) throw new Failure('internal', `the operator ${node.op} cannot be prepared`);
  return run;
}

function runSteps(steps: readonly Step[], values: Map<string, Value>, outputs: readonly string[]): tf.Tensor[] {
  for (const step of steps) {
    const inputs = inputsOf(
      step.name,
      step.inputs.map((name) => values.get(name)),
    );
    values.set(
      step.output,
      tidy(() => step.run(inputs)),
    );
    for (const name of step.spent) release(values, name);
  }
  return outputs.map((name) => {
    const value = values.get(name);
    if (value?.kind !== 'tensor') throw new Failure('model-failed', `The output ${name} is not made of floats.`);
    // A copy, so that what leaves may be disposed of, whatever it is in here.
    return tf.clone(asPlain(value));
  });
}

/** Keeps what `work` gives and nothing else that it made. */
function tidy(work: () => Value): Value {
  const results: Value[] = [];
  tf.tidy(() => {
    const value = work();
    results.push(value);
    return value.kind === 'tensor' ? value.tensor : [];
  });
  const [value] = results;
  if (!value) throw new Failure('internal', 'an operator gave nothing');
  return value;
}

function release(values: Map<string, Value>, name: string): void {
  const value = values.get(name);
  if (value?.kind === 'tensor') value.tensor.dispose();
  values.delete(name);
}

function valueOf(constant: Constant, keep: OperatorNode['keep']): Value {
  if (constant.kind === 'integers') return integersValue(constant.values, constant.dims);
  return plainValue(keep(tf.tensor(constant.values, [...constant.dims], 'float32')));
}

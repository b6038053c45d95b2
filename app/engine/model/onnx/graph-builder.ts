import {
  attributeType,
  tensorType,
  type OnnxAttribute,
  type OnnxDimension,
  type OnnxGraph,
  type OnnxModel,
} from './schema.ts';
import { floatTensor, integerTensor } from './tensor-data.ts';

/** A size, or the name of a size that each run gives. */
type Dimension = number | string;
type AttributeValue = number | string | readonly number[];
type Attributes = Readonly<Record<string, AttributeValue>>;
type ElementType = keyof typeof tensorType;

/** Puts an ONNX graph together. Values are called by name; every method that makes one gives its name. */
export interface GraphBuilder {
  input(name: string, type: ElementType, dims: readonly Dimension[]): string;
  floats(values: Float32Array, dims: readonly number[]): string;
  integers(values: readonly number[]): string;
  /** Adds an operator with one output. */
  node(op: string, inputs: readonly string[], attributes?: Attributes): string;
  /** Gives a value the name it has outside. */
  output(name: string, value: string, dims: readonly Dimension[]): void;
  build(): OnnxModel;
}

/** Operators are those of ONNX operator set 13. An attribute named `…:f` is a float, other numbers are whole. */
export function createGraph(name: string): GraphBuilder {
  const graph: OnnxGraph = { name, node: [], initializer: [], input: [], output: [] };
  let count = 0;
  const fresh = (kind: string): string => `${kind}${++count}`;
  return {
    input: (input, type, dims) => {
      graph.input.push({ name: input, type: { tensorType: { elemType: tensorType[type], shape: shapeOf(dims) } } });
      return input;
    },
    floats: (values, dims) => {
      const tensor = floatTensor(fresh('weight'), values, dims);
      graph.initializer.push(tensor);
      return tensor.name ?? '';
    },
    integers: (values) => {
      const tensor = integerTensor(fresh('shape'), values, [values.length]);
      graph.initializer.push(tensor);
      return tensor.name ?? '';
    },
    node: (opType, input, attributes = {}) => {
      const output = fresh(opType.toLowerCase());
      const attribute = Object.entries(attributes).map(([key, value]) => attributeOf(key, value));
      graph.node.push({ name: output, opType, input: [...input], output: [output], attribute });
      return output;
    },
    output: (output, value, dims) => {
      graph.node.push({ name: output, opType: 'Identity', input: [value], output: [output], attribute: [] });
      const type = { tensorType: { elemType: tensorType.float, shape: shapeOf(dims) } };
      graph.output.push({ name: output, type });
    },
    build: () => ({ irVersion: 7, producerName: 'familiar', graph, opsetImport: [{ domain: '', version: 13 }] }),
  };
}

export function shapeOf(dims: readonly Dimension[]): { dim: OnnxDimension[] } {
  return { dim: dims.map((dim) => (typeof dim === 'number' ? { dimValue: dim } : { dimParam: dim })) };
}

function attributeOf(key: string, value: AttributeValue): OnnxAttribute {
  const [name = key, kind] = key.split(':');
  if (typeof value === 'string') return { name, type: attributeType.string, s: new TextEncoder().encode(value) };
  if (typeof value !== 'number') return { name, type: attributeType.ints, ints: [...value] };
  return kind === 'f' ? { name, type: attributeType.float, f: value } : { name, type: attributeType.int, i: value };
}

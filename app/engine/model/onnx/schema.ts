/**
 * The part of the ONNX format that is read and written here, as plain objects.
 * Field names and numbers: the ONNX project's `onnx.proto` (IR version 3 and later).
 */
export interface OnnxModel {
  irVersion: number;
  producerName?: string;
  graph: OnnxGraph;
  opsetImport: { domain?: string; version: number }[];
}

export interface OnnxGraph {
  name: string;
  node: OnnxNode[];
  initializer: OnnxTensor[];
  input: OnnxValueInfo[];
  output: OnnxValueInfo[];
}

export interface OnnxNode {
  name?: string;
  opType: string;
  domain?: string;
  input: string[];
  output: string[];
  attribute: OnnxAttribute[];
}

export interface OnnxAttribute {
  name: string;
  type: number;
  f?: number;
  i?: number;
  s?: Uint8Array;
  t?: OnnxTensor;
  floats?: number[];
  ints?: number[];
}

export interface OnnxTensor {
  name?: string;
  dims: number[];
  dataType: number;
  /** Little-endian elements; used instead of the typed fields where present. */
  rawData?: Uint8Array;
  floatData?: number[];
  int32Data?: number[];
  int64Data?: number[];
}

export interface OnnxValueInfo {
  name: string;
  type?: { tensorType?: { elemType: number; shape?: { dim: OnnxDimension[] } } };
}

/** A known size, or the name of one that is given with the input. */
export interface OnnxDimension {
  dimValue?: number;
  dimParam?: string;
}

export const tensorType = { float: 1, uint8: 2, int32: 6, int64: 7 } as const;
export const attributeType = { float: 1, int: 2, string: 3, tensor: 4, floats: 6, ints: 7 } as const;

interface Field {
  type: string;
  id: number;
  rule?: 'repeated';
}
const one = (type: string, id: number): Field => ({ type, id });
const many = (type: string, id: number): Field => ({ type, id, rule: 'repeated' });
const message = (fields: Record<string, Field>): { fields: Record<string, Field> } => ({ fields });

/** The same as a descriptor for protobufjs. */
export const onnxDescriptor = {
  nested: {
    Model: message({
      irVersion: one('int64', 1),
      producerName: one('string', 2),
      graph: one('Graph', 7),
      opsetImport: many('OperatorSet', 8),
    }),
    OperatorSet: message({ domain: one('string', 1), version: one('int64', 2) }),
    Graph: message({
      node: many('Node', 1),
      name: one('string', 2),
      initializer: many('Tensor', 5),
      input: many('ValueInfo', 11),
      output: many('ValueInfo', 12),
    }),
    Node: message({
      input: many('string', 1),
      output: many('string', 2),
      name: one('string', 3),
      opType: one('string', 4),
      attribute: many('Attribute', 5),
      domain: one('string', 7),
    }),
    Attribute: message({
      name: one('string', 1),
      f: one('float', 2),
      i: one('int64', 3),
      s: one('bytes', 4),
      t: one('Tensor', 5),
      floats: many('float', 7),
      ints: many('int64', 8),
      type: one('int32', 20),
    }),
    Tensor: message({
      dims: many('int64', 1),
      dataType: one('int32', 2),
      floatData: many('float', 4),
      int32Data: many('int32', 5),
      int64Data: many('int64', 7),
      name: one('string', 8),
      rawData: one('bytes', 9),
    }),
    ValueInfo: message({ name: one('string', 1), type: one('Type', 2) }),
    Type: message({ tensorType: one('TensorType', 1) }),
    TensorType: message({ elemType: one('int32', 1), shape: one('Shape', 2) }),
    Shape: message({ dim: many('Dimension', 1) }),
    Dimension: message({ dimValue: one('int64', 1), dimParam: one('string', 2) }),
  },
};

import { Failure } from '../../../../contract/errors.ts';
import type { OnnxAttribute } from '../../onnx/schema.ts';

/** Reads a node's attributes and remembers which were read: one that nobody reads is one that we do not honour. */
export interface Attributes {
  integer(name: string, otherwise: number): number;
  integers(name: string): readonly number[] | undefined;
  float(name: string, otherwise: number): number;
  optionalFloat(name: string): number | undefined;
  text(name: string, otherwise: string): string;
  /** @throws {Failure} `model-failed` for an attribute that was not read */
  refuseUnread(): void;
}

export function attributesOf(node: {
  readonly name: string;
  readonly attributes: readonly OnnxAttribute[];
}): Attributes {
  const unread = new Map(node.attributes.map((attribute) => [attribute.name, attribute]));
  const all = new Map(unread);
  const read = (name: string): OnnxAttribute | undefined => {
    unread.delete(name);
    return all.get(name);
  };
  return {
    integer: (name, otherwise) => {
      const attribute = read(name);
      return attribute ? (attribute.i ?? 0) : otherwise;
    },
    integers: (name) => read(name)?.ints,
    float: (name, otherwise) => {
      const attribute = read(name);
      return attribute ? (attribute.f ?? 0) : otherwise;
    },
    optionalFloat: (name) => {
      const attribute = read(name);
      return attribute && (attribute.f ?? 0);
    },
    text: (name, otherwise) => {
      const attribute = read(name);
      return attribute ? new TextDecoder().decode(attribute.s) : otherwise;
    },
    refuseUnread: () => {
      const [name] = unread.keys();
      if (name === undefined) return;
      throw new Failure('model-failed', `TensorFlow.js does not know the attribute ${name} of ${node.name} here.`);
    },
  };
}

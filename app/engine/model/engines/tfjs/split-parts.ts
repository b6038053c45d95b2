import { attributeType, type OnnxNode } from '../../onnx/schema.ts';

/** What `partsOf` writes on each part; the standard has no such attributes. */
export const partAttributes = { part: 'familiar.part', parts: 'familiar.parts' } as const;

/** A split as one node for each of its parts, so that every node makes one value. Other nodes stay as they are. */
export function partsOf(node: OnnxNode): OnnxNode[] {
  if (node.opType !== 'Split' || node.domain) return [node];
  const parts = node.output.length;
  return node.output.map((output, part) => ({
    ...node,
    output: [output],
    attribute: [
      ...node.attribute,
      { name: partAttributes.part, type: attributeType.int, i: part },
      { name: partAttributes.parts, type: attributeType.int, i: parts },
    ],
  }));
}

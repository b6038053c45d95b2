import { cutAt } from '../onnx/edit.ts';
import { createGraph, shapeOf } from '../onnx/graph-builder.ts';
import { tensorType, type OnnxModel } from '../onnx/schema.ts';

/** Where the exported file joins the class scores and the box shifts of its four maps. */
const scoresInside = 'scores';
const shiftsInside = '462';

/**
 * The "Ultra-Light Fast Generic Face Detector" (RFB variant, 320 × 240) without its last part, which works out
 * boxes for that one size: what is left takes a picture of any size, because it is made of convolutions alone.
 * `image` is uint8 [1, height, width, 3]; outputs are `scores` [1, anchors, 2] (background, face) and
 * `shifts` [1, anchors, 4] in the terms of SSD (Liu et al. 2016, equation 2).
 */
export function cutUltraLight(exported: OnnxModel): OnnxModel {
  const cut = cutAt(exported, { [scoresInside]: 'face_scores', [shiftsInside]: 'shifts' });
  const [input] = cut.graph.input;
  const before = createGraph('Ultra-Light RFB');
  const image = before.input('image', 'uint8', [1, 'height', 'width', 3]);
  const planes = before.node('Transpose', [before.node('Cast', [image], { to: tensorType.float })], {
    perm: [0, 3, 1, 2],
  });
  const centred = before.node('Sub', [planes, before.floats(Float32Array.of(127), [1])]);
  const scaled = before.node('Div', [centred, before.floats(Float32Array.of(128), [1])]);
  const { graph } = before.build();
  const inputName = input?.name ?? '';
  return {
    ...cut,
    producerName: 'familiar',
    graph: {
      name: graph.name,
      node: [
        ...graph.node,
        { opType: 'Identity', input: [scaled], output: [inputName], attribute: [] },
        ...cut.graph.node,
      ],
      initializer: [...graph.initializer, ...cut.graph.initializer],
      input: graph.input,
      output: [
        {
          name: 'face_scores',
          type: { tensorType: { elemType: tensorType.float, shape: shapeOf([1, 'anchors', 2]) } },
        },
        { name: 'shifts', type: { tensorType: { elemType: tensorType.float, shape: shapeOf([1, 'anchors', 4]) } } },
      ],
    },
  };
}

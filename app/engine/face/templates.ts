import { Failure } from '../../contract/errors.ts';

/** Where an embedder wants the five points of a face, in its square input. */
export interface Template {
  /** Side of the input in pixels. */
  readonly size: number;
  /** Right eye, left eye, nose, right and left mouth corner (the subject's): 5 × (x, y), continuous. */
  readonly points: Float32Array;
}

/** InsightFace's places in 112 × 112, given there for pixel centres: half a pixel is added. */
const arcface = [38.2946, 51.6963, 73.5318, 51.5014, 56.0252, 71.7366, 41.5493, 92.3655, 70.7299, 92.2041];

const templates: Readonly<Record<string, Template>> = {
  'arcface-112': { size: 112, points: Float32Array.from(arcface, (place) => place + 0.5) },
};

/** @throws {Failure} `model-damaged` for a name that is not known */
export function templateOf(name: string): Template {
  const template = templates[name];
  if (!template) throw new Failure('model-damaged', `There is no alignment called ${name}.`);
  return template;
}

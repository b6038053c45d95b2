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

/**
 * dlib's mean face (`get_face_chip_details` in image_transforms/interpolation.h): its eyes (each the mean of six
 * landmarks), tip of the nose and corners of the mouth, in a square that holds the face.
 */
const dlib = [0.22549, 0.21599, 0.75476, 0.21599, 0.49013, 0.51563, 0.25415, 0.78023, 0.7261, 0.78023];
/** What a dlib chip has around that square on every side, in parts of its side. */
const dlibPadding = 0.25;

const templates: Readonly<Record<string, Template>> = {
  'arcface-112': { size: 112, points: Float32Array.from(arcface, (place) => place + 0.5) },
  // ArcFace's, with a tenth more of the head around it.
  'facenet-160': {
    size: 160,
    points: Float32Array.from(arcface, (place) => 80 + 0.9 * 160 * ((place + 0.5) / 112 - 0.5)),
  },
  'dlib-150': {
    size: 150,
    points: Float32Array.from(dlib, (part) => (150 * (dlibPadding + part)) / (1 + 2 * dlibPadding)),
  },
};

/** @throws {Failure} `model-damaged` for a name that is not known */
export function templateOf(name: string): Template {
  const template = templates[name];
  if (!template) throw new Failure('model-damaged', `There is no alignment called ${name}.`);
  return template;
}

import { normal } from '../../test/factories/identities.ts';
import { createRandom } from '../../test/factories/library.ts';

/** How the vectors of an embedder lie, as measured on the 1,012 people of lfw-dev. */
export interface FaceSpace {
  readonly dimensions: number;
  /** Direction i has a share of the variance that falls as exp(−i / decay). */
  readonly decay: number;
  /** Squared length of what all faces share, of what a person's faces share, and of the rest; they add up to 1. */
  readonly common: number;
  readonly between: number;
  readonly within: number;
  readonly eps: number;
  readonly acceptance: number;
}

/** Faces of one person 0.85 apart on the average (±0.15), of two 1.41 (±0.07, least 1.08): as fr-feature's. */
export const space512: FaceSpace = {
  dimensions: 512,
  decay: 50,
  common: 0.01,
  between: 0.626,
  within: 0.364,
  eps: 1.04,
  acceptance: 1.14,
};
/** 0.31 and 0.57 apart: as those of dlib's network. */
export const space128: FaceSpace = {
  dimensions: 128,
  decay: 20,
  common: 0.836,
  between: 0.115,
  within: 0.049,
  eps: 0.37,
  acceptance: 0.41,
};

/** Spread of the logarithm of how far a photo is from its person: some are blurred or turned away. */
const unevenness = 0.2;
/** People have exp(normal(2, 1.5)) faces: half of them under eight, a few more than a thousand. */
const [sizeMean, sizeSpread] = [2, 1.5];

/** Made-up faces in a random order, the same for the same seed: rows of norm 1, and the person of each. */
export function createSyntheticFaces(
  count: number,
  space: FaceSpace,
  seed = 1,
): { readonly vectors: Float32Array<ArrayBuffer>; readonly people: Int32Array<ArrayBuffer> } {
  const { dimensions } = space;
  const vectors = new Float32Array(count * dimensions);
  const people = fillSyntheticFaces(count, space, seed, (row) =>
    vectors.subarray(row * dimensions, (row + 1) * dimensions),
  );
  return { vectors, people };
}

/** As `createSyntheticFaces`, for so many that there is room for one copy only: writes each face into its row. */
export function fillSyntheticFaces(
  count: number,
  space: FaceSpace,
  seed: number,
  rowOf: (row: number) => Float32Array,
): Int32Array<ArrayBuffer> {
  const { dimensions } = space;
  const random = createRandom(seed);
  const scale = Float64Array.from({ length: dimensions }, (_, i) => Math.exp(-i / space.decay / 2));
  const total = Math.sqrt(scale.reduce((sum, value) => sum + value * value, 0));
  const drawn = (): Float64Array => scale.map((value) => (value / total) * normal(random));
  const people = drawPeople(count, random);
  const commonAxis = drawn();
  const identities = new Map<number, Float64Array>();
  for (const [row, person] of people.entries()) {
    const identity = identities.get(person) ?? drawn();
    identities.set(person, identity);
    const spread = Math.sqrt(space.within) * Math.exp(unevenness * normal(random));
    const own = drawn();
    const face = rowOf(row);
    let square = 0;
    for (let i = 0; i < dimensions; i++) {
      const value =
        Math.sqrt(space.common) * (commonAxis[i] ?? 0) +
        Math.sqrt(space.between) * (identity[i] ?? 0) +
        spread * (own[i] ?? 0);
      face[i] = value;
      square += value * value;
    }
    for (let i = 0; i < dimensions; i++) face[i] = (face[i] ?? 0) / Math.sqrt(square);
  }
  return people;
}

/** The person of each of the faces that `fillSyntheticFaces` makes for a seed. */
export function syntheticPeople(count: number, seed: number): Int32Array<ArrayBuffer> {
  return drawPeople(count, createRandom(seed));
}

function drawPeople(count: number, random: () => number): Int32Array<ArrayBuffer> {
  const people = new Int32Array(count);
  for (let first = 0, person = 0; first < count; person++) {
    const size = Math.max(1, Math.round(Math.exp(sizeMean + sizeSpread * normal(random))));
    people.fill(person, first, first + size);
    first += size;
  }
  return shuffled(people, random);
}

/** Fisher and Yates. */
function shuffled(values: Int32Array<ArrayBuffer>, random: () => number): Int32Array<ArrayBuffer> {
  for (let last = values.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [values[last], values[other]] = [values[other] ?? 0, values[last] ?? 0];
  }
  return values;
}

import { seededRandom } from '../../../app/engine/seeded-random.ts';
import { lone, type TrainingFaces } from '../../../app/engine/tune/training-faces.ts';

export interface MadeFaces {
  readonly people: number;
  readonly each: number;
  readonly lone: number;
  readonly dimensions?: number;
  readonly seed?: number;
  /** Spread within a person, in the first quarter of the dimensions and in the others; between people it is 1. */
  readonly spread?: readonly [number, number];
}

/** Named people whose faces differ most in directions that are the same for all, and lone faces: there is much to learn. */
export function madeFaces({
  people,
  each,
  lone: alone,
  dimensions = 16,
  seed = 1,
  spread = [2, 0.3],
}: MadeFaces): TrainingFaces {
  const random = seededRandom(seed);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const owners = [
    ...Array.from({ length: people * each }, (_, row) => Math.floor(row / each)),
    ...Array.from({ length: alone }, () => lone),
  ];
  const centres = Array.from({ length: people }, () => Array.from({ length: dimensions }, normal));
  const vectors = new Float32Array(owners.length * dimensions);
  for (const [row, person] of owners.entries()) {
    const centre = centres[person] ?? Array.from({ length: dimensions }, normal);
    const face = centre.map((value, i) => value + normal() * (i < dimensions / 4 ? spread[0] : spread[1]));
    const norm = Math.hypot(...face);
    vectors.set(
      face.map((value) => value / norm),
      row * dimensions,
    );
  }
  return {
    dimensions,
    vectors,
    people: Int32Array.from(owners),
    trust: new Float32Array(owners.length).fill(1),
    events: Int32Array.from(owners.keys()),
    apart: new Int32Array(0),
  };
}

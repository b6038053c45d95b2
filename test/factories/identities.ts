import { createRandom } from './library.ts';

/** A normal number from two uniform ones (Box and Muller 1958). */
export function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

export function unit(vector: ArrayLike<number>): Float32Array<ArrayBuffer> {
  const norm = Math.sqrt(Array.from(vector).reduce((sum, value) => sum + value * value, 0));
  return Float32Array.from(vector, (value) => value / norm);
}

export function randomUnit(random: () => number, dimensions: number): Float32Array<ArrayBuffer> {
  return unit(Array.from({ length: dimensions }, () => normal(random)));
}

/** Makes face vectors of people: those of one person lie about √2·spread / √(1 + spread²) apart, others about √2. */
export function createIdentities(seed: number, dimensions: number, spread: number) {
  const random = createRandom(seed);
  const people: Float32Array[] = [];
  return {
    random,
    face: (person: number): Float32Array<ArrayBuffer> => {
      while (people.length <= person) people.push(randomUnit(random, dimensions));
      const own = randomUnit(random, dimensions);
      return unit(Array.from(own, (value, i) => people[person]![i]! + spread * value));
    },
  };
}

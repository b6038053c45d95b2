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

/**
 * People who grow up: their looks drift from those of a child to those of an adult until the age of 20. The children of
 * a family have a share of their looks in common, the adults little. Faces of one age lie about √2·spread apart.
 */
export function createGrowingFamily(seed: number, dimensions: number, spread: number) {
  const random = createRandom(seed);
  const family = randomUnit(random, dimensions);
  const kin = (share: number): Float32Array =>
    unit(randomUnit(random, dimensions).map((value, i) => (1 - share) * value + share * family[i]!));
  return {
    random,
    /** A member, as a face in a year (2019.5). `kept`: the share of the child's looks that the adult still has. */
    member: (born: number, { common = 0.8, kept = 0 } = {}): ((year: number) => Float32Array<ArrayBuffer>) => {
      const [child, own] = [kin(common), kin(0.2)];
      const adult = unit(own.map((value, i) => (1 - kept) * value + kept * child[i]!));
      return (year) => {
        const grown = Math.min(1, (year - born) / 20);
        const look = unit(child.map((value, i) => (1 - grown) * value + grown * adult[i]!));
        return unit(look.map((value) => value + (spread * normal(random)) / Math.sqrt(dimensions)));
      };
    },
  };
}

import { describe, expect, it } from 'vitest';

import { seededRandom } from '../../../app/engine/seeded-random.ts';
import { lone } from '../../../app/engine/tune/training-faces.ts';
import { mineTriplets, type Mining } from '../../../app/engine/tune/triplets.ts';

const margin = 0.2;

/** The definition, triplet by triplet. */
function lossByDefinition(squared: Float32Array, people: number[], trust: number[], mining: Mining, strangers: number) {
  const n = people.length;
  const d = (i: number, j: number): number => squared[i * n + j]!;
  let [loss, weights, active] = [0, 0, 0];
  const positives: number[] = [];
  const take = (a: number, near: number, weight: number): boolean => {
    const isOther = (x: number): boolean => (people[a] === lone ? x !== a : people[x] !== people[a]);
    const costly = [...people.keys()].filter((x) => isOther(x) && near - d(a, x) + margin > 0);
    const nearest = (some: number[]): number[] => some.toSorted((x, y) => d(a, x) - d(a, y)).slice(0, 1);
    const chosen = {
      all: costly,
      hard: nearest(costly),
      'semi-hard': nearest(costly.filter((x) => d(a, x) > near)),
    }[mining];
    weights += weight * Math.max(1, chosen.length);
    for (const negative of chosen) loss += weight * (near - d(a, negative) + margin);
    return chosen.length > 0;
  };
  for (let a = 0; a < n; a++) {
    for (let p = 0; p < n; p++) {
      if (a === p || people[a] === lone || people[a] !== people[p]) continue;
      if (take(a, d(a, p), Math.min(trust[a]!, trust[p]!))) active++;
      positives.push(d(a, p));
    }
  }
  const mean = positives.reduce((sum, near) => sum + near, 0) / positives.length;
  for (let a = 0; a < n; a++) if (people[a] === lone) take(a, mean, strangers);
  return { loss: loss / weights, active: active / positives.length };
}

function randomBatch(seed: number) {
  const random = seededRandom(seed);
  const people = [0, 0, 0, 1, 1, 2, 2, 2, lone, lone];
  const n = people.length;
  const squared = new Float32Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < i; j++) squared[i * n + j] = squared[j * n + i] = 0.5 + 0.5 * random();
  return { people, trust: people.map(() => 0.1 + 0.9 * random()), squared };
}

describe('mining triplets', () => {
  for (const mining of ['hard', 'semi-hard', 'all'] as const) {
    it(`finds the ${mining} triplets of the definition and what they cost`, () => {
      for (let seed = 1; seed <= 50; seed++) {
        const { people, trust, squared } = randomBatch(seed);
        const batch = { people: Int32Array.from(people), trust: Float32Array.from(trust) };
        for (const strangers of [0, 0.7]) {
          const mined = mineTriplets(squared, batch, { mining, margin, strangers });
          const expected = lossByDefinition(squared, people, trust, mining, strangers);
          expect(mined.loss).toBeCloseTo(expected.loss, 5);
          expect(mined.active).toBeCloseTo(expected.active, 10);
        }
      }
    });

    it(`gives the slope of the ${mining} loss in every distance`, () => {
      const { people, trust, squared } = randomBatch(7);
      const batch = { people: Int32Array.from(people), trust: Float32Array.from(trust) };
      const settings = { mining, margin, strangers: 0 };
      const { slope } = mineTriplets(squared, batch, settings);
      const step = 1e-5;
      const at = (i: number, by: number): number => {
        const moved = squared.slice();
        moved[i] = moved[i]! + by;
        return mineTriplets(moved, batch, settings).loss;
      };
      for (let i = 0; i < squared.length; i++) {
        // In between two choices of negatives the loss has a corner.
        const [up, down] = [at(i, step), at(i, -step)];
        const here = at(i, 0);
        if (Math.abs(up + down - 2 * here) > 1e-7) continue;
        expect(slope[i]).toBeCloseTo((up - down) / (2 * step), 2);
      }
    });
  }

  it('pushes lone faces away from one another, and never draws them to anybody', () => {
    const people = Int32Array.of(0, 0, lone, lone);
    const squared = Float32Array.of(0, 0.1, 2, 2, 0.1, 0, 2, 2, 2, 2, 0, 0.2, 2, 2, 0.2, 0);
    const trust = Float32Array.of(1, 1, 1, 1);
    const { slope, loss } = mineTriplets(squared, { people, trust }, { mining: 'semi-hard', margin, strangers: 1 });
    // Two pairs cost nothing; each lone face costs 0.1 + 0.2 − 0.2.
    expect(loss).toBeCloseTo(0.2 / 4, 6);
    expect([...slope].map((value) => 4 * value)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, 0, 0, -1, 0]);
  });

  it('learns nothing where no person has two faces', () => {
    const people = Int32Array.of(lone, lone, 0);
    const squared = Float32Array.of(0, 0.1, 0.1, 0.1, 0, 0.1, 0.1, 0.1, 0);
    const trust = Float32Array.of(1, 1, 1);
    const mined = mineTriplets(squared, { people, trust }, { mining: 'all', margin, strangers: 1 });
    expect(mined).toEqual({ slope: new Float32Array(9), loss: 0, active: 0 });
  });

  it('leaves alone what lies apart by the margin already', () => {
    const people = Int32Array.of(0, 0, 1);
    const squared = Float32Array.of(0, 0.1, 0.5, 0.1, 0, 0.5, 0.5, 0.5, 0);
    const trust = Float32Array.of(1, 1, 1);
    const mined = mineTriplets(squared, { people, trust }, { mining: 'hard', margin, strangers: 1 });
    expect(mined.loss).toBe(0);
    expect(mined.active).toBe(0);
  });
});

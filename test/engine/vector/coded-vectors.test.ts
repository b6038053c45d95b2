import { describe, expect, it } from 'vitest';

import { createCodedVectors } from '../../../app/engine/vector/coded-vectors.ts';
import { dotProduct } from '../../../app/engine/vector/distance.ts';
import { createNeighbourGraph } from '../../../app/engine/vector/neighbour-graph.ts';
import { createVectorStore, productWithin } from '../../../app/engine/vector/vector-store.ts';
import { randomUnit, unit } from '../../factories/identities.ts';
import { createRandom } from '../../factories/library.ts';

const k = 4;
const nobody = -2;
/** More than any product: only rows can want a pair. */
const onlyRows = 3;

function coded(faces: number, dimensions: number) {
  const random = createRandom(faces + dimensions);
  const store = createVectorStore(dimensions);
  const graph = createNeighbourGraph(k);
  for (let id = 1; id <= faces; id++) {
    const one = Array.from({ length: dimensions }, (_, i) => Number(i === 0) + 1e-4 * random());
    store.add(id, id % 9 === 0 ? unit(one) : randomUnit(random, dimensions));
  }
  graph.grow(faces);
  const codes = createCodedVectors(store, graph);
  codes.follow(faces);
  const product = (a: number, b: number): number => dotProduct(store.vectors.at(a), store.vectors.at(b));
  return { store, graph, codes, product };
}

describe('coded vectors', () => {
  it.each([
    [1, 1, 4],
    [513, 1, 16],
    [700, 2, 100],
    [1026, 3, 128],
    [301, 7, 512],
    [90, 32, 20],
  ])(
    'tell between what numbers each product of %d faces with %d of them lies, at length %d',
    (faces, count, length) => {
      const { codes, product } = coded(faces, length);
      const asked = Array.from({ length: count }, (_, at) => (at * 31) % faces);
      codes.ask(asked);
      const pairs = new Set<string>();
      codes.compare(0, faces, new Float64Array(count).fill(nobody), (slot, at, least, most) => {
        const exact = product(slot, asked[at]!);
        expect(exact).toBeGreaterThanOrEqual(least);
        expect(exact).toBeLessThanOrEqual(most);
        expect(most - least).toBeLessThan(0.1);
        pairs.add(`${slot} ${at}`);
      });
      expect(pairs.size).toBe(faces * count);
    },
  );

  it('are the same when made some at a time', () => {
    const { store, graph, codes } = coded(600, 64);
    const slowly = createCodedVectors(store, graph);
    expect([slowly.follow(600, 250), slowly.follow(600, 250), slowly.follow(600, 250)]).toEqual([false, false, true]);
    const [some, others] = [codes, slowly].map((made) => {
      const found: number[] = [];
      made.ask([9, 599]);
      made.compare(0, 600, new Float64Array(2).fill(0.2), (...pair) => found.push(...pair));
      return found;
    });
    expect(some?.length).toBeGreaterThan(0);
    expect(others).toEqual(some);
  });

  it('leave out only pairs that neither wants', () => {
    const { codes, product, graph } = coded(600, 64);
    for (let slot = 0; slot < 600; slot++) for (let other = 1; other <= k; other++) graph.offer(slot, 600 + other, 1.2);
    const wanted = Float64Array.from([0.5, onlyRows]);
    const asked = [9, 10];
    codes.ask(asked);
    const found = new Set<string>();
    codes.compare(0, 600, wanted, (slot, at) => found.add(`${slot} ${at}`));
    for (let slot = 0; slot < 600; slot++) {
      expect(codes.wantedBy(slot)).toBeCloseTo(productWithin(1.2), 6);
      for (const [at, one] of asked.entries()) {
        const exact = product(slot, one);
        if (exact >= Math.min(codes.wantedBy(slot), wanted[at]!)) expect(found).toContain(`${slot} ${at}`);
      }
    }
    expect(found.size).toBeLessThan(600);
  });

  it('say nothing of faces that are gone, nor of what the lists no longer hold', () => {
    const { codes, store, graph } = coded(20, 16);
    for (let other = 0; other < k; other++) graph.offer(5, 10 + other, 0.1);
    expect(codes.wantedBy(5)).toBeGreaterThan(0.9);
    graph.forget(new Set([10]));
    expect(codes.wantedBy(5)).toBe(nobody);
    // Who lies in slot 4.
    codes.erase([store.remove(5)!]);
    codes.ask([3, 4]);
    const found: [number, number][] = [];
    codes.compare(0, 20, new Float64Array(2).fill(nobody), (slot, at) => found.push([slot, at]));
    expect(found.length).toBe(19);
    expect(found).not.toContainEqual([4, 0]);
    expect(found.every(([, at]) => at === 0)).toBe(true);
  });
});

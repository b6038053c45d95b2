import { describe, expect, it } from 'vitest';

import { createCodedVectors } from '../../../app/engine/vector/coded-vectors.ts';
import { linkByAll } from '../../../app/engine/vector/link-by-all.ts';
import { createNeighbourGraph } from '../../../app/engine/vector/neighbour-graph.ts';
import { createVectorStore } from '../../../app/engine/vector/vector-store.ts';
import { createListWalk } from '../../../app/engine/vector/walk-lists.ts';
import { createIdentities } from '../../factories/identities.ts';

const [faces, dimensions, k, portion] = [1200, 32, 16, 25];

function linked() {
  const identities = createIdentities(7, dimensions, 0.8);
  const store = createVectorStore(dimensions);
  const graph = createNeighbourGraph(k);
  const codes = createCodedVectors(store, graph);
  for (let id = 1; id <= faces; id++) {
    store.add(id, identities.face(Math.floor(identities.random() * 60)));
    if (id % portion === 0) linkByAll(store, graph, codes, id - portion, id);
  }
  return { store, graph, codes, walk: createListWalk(store, graph, codes) };
}

describe('a walk along lists', () => {
  const { store, graph, codes, walk } = linked();
  const met = (slot: number, seeds: readonly number[], lists: number): number[] => {
    const slots: number[] = [];
    walk(slot, seeds, lists, (other, product) => {
      expect(product).toBe(codes.product(other));
      slots.push(other);
    });
    return slots;
  };

  it('finds the neighbours of a face from a few near ones, which a search of these alone does not', () => {
    let [bySeeds, byLists] = [0, 0];
    for (let slot = 0; slot < faces; slot += 40) {
      const nearest = [...graph.slots.at(slot)];
      const seeds = nearest.slice(0, 2);
      const found = new Set(met(slot, seeds, 20));
      bySeeds += seeds.length;
      byLists += nearest.filter((other) => found.has(other)).length;
    }
    expect(byLists / (k * (faces / 40))).toBeGreaterThan(0.95);
    expect(bySeeds).toBeLessThan(byLists / 4);
  });

  it('meets everybody once, and neither the face itself nor who is gone', () => {
    const [gone] = graph.slots.at(3);
    store.remove(store.idAt(gone!));
    const slots = met(3, [3, gone!, 8, 8, 9], 50);
    expect(slots.slice(0, 2)).toEqual([8, 9]);
    expect(new Set(slots).size).toBe(slots.length);
    expect(slots).not.toContain(3);
    expect(slots).not.toContain(gone);
    expect(met(3, [], 50)).toEqual([]);
  });
});

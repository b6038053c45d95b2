import { expect, it } from 'vitest';

import { alikeSlots } from '../../../app/engine/vector/alike-slots.ts';
import { createNeighbourGraph } from '../../../app/engine/vector/neighbour-graph.ts';

/** Everybody lists who comes after, in a ring of eight: 0 lists 1 and 2, 7 lists 0 and 1. */
function ring() {
  const graph = createNeighbourGraph(2);
  graph.grow(8);
  for (let slot = 0; slot < 8; slot++) for (const step of [1, 2]) graph.offer(slot, (slot + step) % 8, step / 10);
  return graph;
}

it('begin with one, then come those in its list, then those in theirs, up to so many', () => {
  expect([...alikeSlots(ring(), 6, 4, () => true)]).toEqual([6, 7, 0, 1]);
  expect([...alikeSlots(ring(), 6, 99, () => true)]).toHaveLength(8);
});

it('pass over who is not open, and whoever could be reached through them only', () => {
  expect([...alikeSlots(ring(), 6, 4, (slot) => slot !== 7)]).toEqual([6, 0, 1, 2]);
  expect([...alikeSlots(ring(), 6, 4, () => false)]).toEqual([6]);
});

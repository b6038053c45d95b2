import type { CodedVectors } from './coded-vectors.ts';
import type { NeighbourGraph } from './neighbour-graph.ts';
import type { VectorStore } from './vector-store.ts';

/**
 * Looks for the neighbours of `slot`: at some slots, then at who stands in the lists of the nearest so far, `lists` of them
 * one after the other. Each is taken once, with the product that codes give; `slot` itself and who is gone are not.
 */
export type WalkLists = (
  slot: number,
  seeds: readonly number[],
  lists: number,
  take: (slot: number, product: number) => void,
) => void;

export function createListWalk(store: VectorStore, graph: NeighbourGraph, codes: CodedVectors): WalkLists {
  /** The last walk on which a slot was met. */
  let metOn = new Uint32Array(1024);
  let walks = 0;

  return (slot, seeds, lists, take) => {
    if (metOn.length < store.size) {
      const longer = new Uint32Array(2 * store.size);
      longer.set(metOn);
      metOn = longer;
    }
    codes.ask([slot]);
    metOn[slot] = ++walks;
    const met: number[] = [];
    const products: number[] = [];
    const meet = (other: number): void => {
      if (metOn[other] === walks) return;
      metOn[other] = walks;
      if (store.idAt(other) === 0) return;
      const product = codes.product(other);
      met.push(other);
      products.push(product);
      take(other, product);
    };
    for (const seed of seeds) meet(seed);
    for (let list = 0; list < lists; list++) {
      const nearest = takeLargest(products);
      if (nearest < 0) return;
      const row = graph.slots.at(met[nearest] ?? 0);
      for (let at = 0; at < row.length; at++) {
        const other = row[at] ?? -1;
        if (other < 0) break;
        meet(other);
      }
    }
  };
}

/** Where the largest is, −1 if there is none; it is not found again. */
function takeLargest(products: number[]): number {
  let [found, largest] = [-1, -Infinity];
  for (let at = 0; at < products.length; at++) {
    const product = products[at] ?? -Infinity;
    if (product > largest) [found, largest] = [at, product];
  }
  if (found >= 0) products[found] = -Infinity;
  return found;
}

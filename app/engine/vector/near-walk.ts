import type { ComparedFaces } from './compared-faces.ts';
import { blockRows } from './rows.ts';
import type { SlotKeys } from './slot-keys.ts';

/** The pairs of a unit: its face and that of each person that lie nearest to one another, as slots. */
export interface FoundPairs {
  readonly people: number[];
  readonly faces: number[];
  readonly nearest: number[];
  readonly distances: number[];
}

/** Units and people whose faces have changed. */
export interface MovedKeys {
  readonly units: ReadonlySet<number>;
  readonly people: ReadonlySet<number>;
}

/** Tells the nearest pairs, within the radius, of each unit with each person where one of the two has moved. */
export type NearWalk = (
  moved: MovedKeys,
  only: Int32Array | null,
  tell: (unit: number, found: FoundPairs) => void,
) => void;

/**
 * Goes along the edges, which may be in the list of either end: those in the lists of people, and in those of units that
 * stay, are gathered in one pass over the memory; the lists of units that have moved are read where they are asked for.
 */
export function createNearWalk(index: ComparedFaces, units: SlotKeys, people: SlotKeys, radius: number): NearWalk {
  const nearest = createNearest();
  const lists = createLists(index, radius);

  return (moved, only, tell) => {
    const [movedUnits, movedPeople] = [units.mark(moved.units), people.mark(moved.people)];
    const asked = only ? units.mark(only) : units.isAny;
    const hasMoved = [...moved.units].some((unit) => units.slotsOf.has(unit));
    const found = createEdges(index, lists);
    for (let slot = 0; slot < index.store.size; slot++) {
      if (people.isAny[slot] === 1) {
        if (movedPeople[slot] === 1) lists.each(slot, asked, (edge, other) => found.add(other, edge));
        else if (hasMoved) lists.each(slot, movedUnits, (edge, other) => found.add(other, edge));
      }
      if (asked[slot] === 1 && movedUnits[slot] === 0 && moved.people.size > 0) {
        lists.each(slot, movedPeople, (edge) => found.addOwn(slot, edge));
      }
    }
    const told = new Set<number>(moved.units);
    for (const slot of found.slots) told.add(units.keyOf[slot] ?? 0);
    for (const unit of told) {
      for (const slot of units.slotsOf.get(unit) ?? []) {
        const offer = (other: number, distance: number): void =>
          nearest.offer(people.keyOf[other] ?? 0, slot, other, distance);
        if (movedUnits[slot] === 1)
          lists.each(slot, people.isAny, (edge, other) => offer(other, lists.distanceAt(edge)));
        found.each(slot, offer);
      }
      const pairs = nearest.take();
      if (pairs.people.length > 0) tell(unit, pairs);
    }
  };
}

interface Lists {
  /** Goes along the edges of a list, within the radius, to marked slots. An edge is its place in all lists in a row. */
  each(slot: number, marked: Uint8Array, tell: (edge: number, other: number) => void): void;
  otherAt(edge: number): number;
  distanceAt(edge: number): number;
}

function createLists({ store, graph }: ComparedFaces, radius: number): Lists {
  const { k } = graph;
  const perBlock = k * blockRows;
  /** By slot: how many of its list lie within the radius. */
  const within = Uint32Array.from({ length: store.size }, (_, slot) => {
    const far = graph.distances.at(slot);
    let [low, high] = [0, k];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((far[middle] ?? Infinity) <= radius) low = middle + 1;
      else high = middle;
    }
    return low;
  });
  return {
    each: (slot, marked, tell) => {
      const block = Math.floor(slot / blockRows);
      const list = graph.slots.blocks[block];
      if (!list) return;
      const first = (slot % blockRows) * k;
      const end = first + (within[slot] ?? 0);
      for (let at = first; at < end; at++) {
        const other = list[at] ?? 0;
        if (marked[other] === 1) tell(block * perBlock + at, other);
      }
    },
    otherAt: (edge) => graph.slots.blocks[Math.floor(edge / perBlock)]?.[edge % perBlock] ?? -1,
    distanceAt: (edge) => graph.distances.blocks[Math.floor(edge / perBlock)]?.[edge % perBlock] ?? Infinity,
  };
}

/** Edges by the slot of the unit's face: those in its own list, and those in lists of people. */
function createEdges({ store, graph: { k } }: ComparedFaces, lists: Lists) {
  /** The last edge of each slot, and the one before each; −1: none. */
  const last = new Int32Array(store.size).fill(-1);
  let before = new Int32Array(1024);
  /** Below zero, counted down from −1: in its own list. */
  let edges = new Int32Array(1024);
  let count = 0;
  const slots: number[] = [];
  const take = (slot: number, edge: number): void => {
    if (count === edges.length) [before, edges] = [longer(before), longer(edges)];
    const former = last[slot] ?? -1;
    if (former < 0) slots.push(slot);
    before[count] = former;
    edges[count] = edge;
    last[slot] = count++;
  };
  return {
    /** Slots that have an edge. */
    slots,
    add: take,
    addOwn: (slot: number, edge: number): void => take(slot, -1 - edge),
    each: (slot: number, tell: (other: number, distance: number) => void): void => {
      for (let at = last[slot] ?? -1; at >= 0; at = before[at] ?? -1) {
        const edge = edges[at] ?? 0;
        const place = edge < 0 ? -1 - edge : edge;
        tell(edge < 0 ? lists.otherAt(place) : Math.floor(place / k), lists.distanceAt(place));
      }
    },
  };
}

function longer(numbers: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const copy = new Int32Array(2 * numbers.length);
  copy.set(numbers);
  return copy;
}

/** The nearest pair with each person; of those equally near the one of the lowest slots, whatever the order. */
function createNearest() {
  let distanceOf = new Float64Array(1024).fill(Infinity);
  let faceOf = new Int32Array(1024);
  let nearestOf = new Int32Array(1024);
  let found: number[] = [];
  const grow = (): void => {
    const more = new Float64Array(2 * distanceOf.length).fill(Infinity);
    more.set(distanceOf);
    [distanceOf, faceOf, nearestOf] = [more, longer(faceOf), longer(nearestOf)];
  };
  return {
    offer: (person: number, face: number, nearest: number, distance: number): void => {
      while (person >= distanceOf.length) grow();
      const known = distanceOf[person] ?? Infinity;
      if (distance > known) return;
      if (distance === known && isBefore(faceOf[person] ?? 0, nearestOf[person] ?? 0, face, nearest)) return;
      if (known === Infinity) found.push(person);
      distanceOf[person] = distance;
      faceOf[person] = face;
      nearestOf[person] = nearest;
    },
    take: (): FoundPairs => {
      const people = found;
      found = [];
      const pairs = {
        people,
        faces: people.map((person) => faceOf[person] ?? 0),
        nearest: people.map((person) => nearestOf[person] ?? 0),
        distances: people.map((person) => distanceOf[person] ?? Infinity),
      };
      for (const person of people) distanceOf[person] = Infinity;
      return pairs;
    },
  };
}

/** Whether one pair of slots comes before another, or is it. */
function isBefore(a: number, b: number, c: number, d: number): boolean {
  return a < c || (a === c && b <= d);
}

import type { ComparedFaces } from './compared-faces.ts';
import { dotProduct } from './distance.ts';
import type { NearestPeople } from './nearest-people.ts';
import { blockRows } from './rows.ts';
import type { HeldVectors } from './vector-store.ts';

/** Faces that are of another unit or person than before (0: of none); each list is face, key, face, key, … */
export interface ChangedKeys {
  readonly units: Int32Array<ArrayBuffer>;
  /** Keys are small numbers above 0. */
  readonly people: Int32Array<ArrayBuffer>;
}

/** Rows as those of `nearestPeople`, and how many units there are with somebody within the radius. */
export interface ChangedRows extends NearestPeople {
  readonly near: number;
}

/**
 * Who lies near whom, for somebody who asks again and again: the index remembers which faces are of which unit and which
 * person, and tells only the rows of units and people whose faces have changed. Holds as long as the index does not change.
 */
export interface KeptNearness {
  /** Takes in what changed. Gives the rows of all units and people that it touches: others are as they were. */
  change(changed: ChangedKeys): ChangedRows;
  /** What `change` would give of these units, which stay as they are; everything is afterwards as before. */
  suppose(changed: ChangedKeys, units: Int32Array): ChangedRows;
}

/** L2: between the two nearest faces up to which a person is near, and between the means from which on no row is told. */
export interface Reach {
  readonly radius: number;
  readonly reach: number;
}

export function createKeptNearness(index: ComparedFaces, reach: Reach): KeptNearness {
  const units = createKeys(index.store);
  const people = createKeys(index.store);
  const means = createMeans(index.store, people.slotsOf);
  const walk = createWalk(index, units, people, reach.radius);
  /** The people within the radius of each unit that has any. */
  const nearOf = new Map<number, readonly number[]>();

  const apply = (changed: ChangedKeys) => {
    const before = { units: units.now(changed.units), people: people.now(changed.people) };
    const moved = { units: units.change(changed.units), people: people.change(changed.people) };
    for (const person of moved.people) means.delete(person);
    return { before, moved };
  };
  const rowsOf = (unit: number, found: Found, into: Row[]): void => {
    const slots = units.slotsOf.get(unit) ?? [];
    const own = meanOf(index.store, slots);
    for (let at = 0; at < found.people.length; at++) {
      const person = found.people[at] ?? 0;
      const { average, look } = between(own, means.get(person));
      if (look > reach.reach) continue;
      const [face, nearest, distance] = [found.faces[at] ?? 0, found.nearest[at] ?? 0, found.distances[at] ?? Infinity];
      into.push({ unit, person, face, nearest, distance, average, look });
    }
  };
  return {
    change: (changed) => {
      const { moved } = apply(changed);
      const rows: Row[] = [];
      forget(nearOf, moved);
      walk(moved, null, (unit, found) => {
        rowsOf(unit, found, rows);
        nearOf.set(unit, [...(nearOf.get(unit) ?? []), ...found.people]);
      });
      return packRows(index.store, rows, nearOf.size);
    },
    suppose: (changed, only) => {
      const { before, moved } = apply(changed);
      const rows: Row[] = [];
      walk(moved, only, (unit, found) => rowsOf(unit, found, rows));
      apply(before);
      return packRows(index.store, rows, nearOf.size);
    },
  };
}

interface Moved {
  readonly units: ReadonlySet<number>;
  readonly people: ReadonlySet<number>;
}

function forget(nearOf: Map<number, readonly number[]>, { units, people }: Moved): void {
  for (const unit of units) nearOf.delete(unit);
  const gone = flags(people);
  for (const [unit, near] of nearOf) {
    if (!near.some((person) => gone[person] === 1)) continue;
    const left = near.filter((person) => gone[person] !== 1);
    if (left.length > 0) nearOf.set(unit, left);
    else nearOf.delete(unit);
  }
}

function flags(keys: ReadonlySet<number>): Uint8Array {
  let most = 0;
  for (const key of keys) most = Math.max(most, key);
  const set = new Uint8Array(most + 1);
  for (const key of keys) set[key] = 1;
  return set;
}

/** Which slots are of which key. */
interface Keys {
  readonly keyOf: Int32Array;
  /** Ascending. */
  readonly slotsOf: ReadonlyMap<number, readonly number[]>;
  /** What `pairs` would have to be for all to stay as it is. */
  now(pairs: Int32Array): Int32Array<ArrayBuffer>;
  /** Gives the keys that have other slots now. */
  change(pairs: Int32Array): Set<number>;
}

function createKeys(store: HeldVectors): Keys {
  const keyOf = new Int32Array(store.size);
  const slotsOf = new Map<number, number[]>();
  return {
    keyOf,
    slotsOf,
    now: (pairs) => pairs.map((value, i) => (i % 2 === 0 ? value : (keyOf[store.slotOf(pairs[i - 1] ?? 0) ?? -1] ?? 0))),
    change: (pairs) => {
      const touched = new Set<number>();
      const coming = new Map<number, number[]>();
      for (let i = 0; i < pairs.length; i += 2) {
        const [slot, key] = [store.slotOf(pairs[i] ?? 0), pairs[i + 1] ?? 0];
        if (slot === undefined || keyOf[slot] === key) continue;
        touched.add(keyOf[slot] ?? 0).add(key);
        keyOf[slot] = key;
        const others = coming.get(key);
        if (others) others.push(slot);
        else coming.set(key, [slot]);
      }
      touched.delete(0);
      for (const key of touched) {
        const staying = (slotsOf.get(key) ?? []).filter((slot) => keyOf[slot] === key);
        const slots = [...new Set([...staying, ...(coming.get(key) ?? [])])].sort((a, b) => a - b);
        if (slots.length > 0) slotsOf.set(key, slots);
        else slotsOf.delete(key);
      }
      return touched;
    },
  };
}

/** The pairs of a unit: its face and that of each person that lie nearest to one another, as slots. */
interface Found {
  readonly people: number[];
  readonly faces: number[];
  readonly nearest: number[];
  readonly distances: number[];
}

type Walk = (moved: Moved, only: Int32Array | null, tell: (unit: number, found: Found) => void) => void;

/** Goes along the edges, which may be in the list of either end, of units and people one of whom has moved. */
function createWalk(index: ComparedFaces, units: Keys, people: Keys, radius: number): Walk {
  const { store, graph } = index;
  const { k } = graph;
  const reversed = createReversed(index, units, people, radius);
  const nearest = createNearest();

  /** Offers the people in a slot's own list: all of them, or those whose slots are marked. */
  const walkList = (slot: number, wanted: Uint8Array | null): void => {
    const block = Math.floor(slot / blockRows);
    const [list, distances] = [graph.slots.blocks[block], graph.distances.blocks[block]];
    if (!list || !distances) return;
    const first = (slot % blockRows) * k;
    for (let at = first; at < first + k; at++) {
      const other = list[at] ?? -1;
      if (other < 0) break;
      if (wanted ? wanted[other] !== 1 : people.keyOf[other] === 0) continue;
      const distance = distances[at] ?? Infinity;
      if (distance > radius) break;
      nearest.offer(people.keyOf[other] ?? 0, slot, other, distance);
    }
  };

  return (moved, only, tell) => {
    const movedPeople = marks(store.size, people.slotsOf, moved.people);
    const back = reversed(moved, only);
    const walked = only ?? (moved.people.size > 0 ? units.slotsOf.keys() : moved.units);
    for (const unit of walked) {
      const wanted = moved.units.has(unit) ? null : movedPeople;
      for (const slot of units.slotsOf.get(unit) ?? []) {
        walkList(slot, wanted);
        back.each(slot, (other, distance) => nearest.offer(people.keyOf[other] ?? 0, slot, other, distance));
      }
      const found = nearest.take();
      if (found.people.length > 0) tell(unit, found);
    }
  };
}

function marks(size: number, slotsOf: Keys['slotsOf'], keys: ReadonlySet<number>): Uint8Array {
  const marked = new Uint8Array(size);
  for (const key of keys) for (const slot of slotsOf.get(key) ?? []) marked[slot] = 1;
  return marked;
}

/** The edges in the lists of people, by the unit's slot. */
interface Reversed {
  each(slot: number, tell: (other: number, distance: number) => void): void;
}

function createReversed(
  { store, graph }: ComparedFaces,
  units: Keys,
  people: Keys,
  radius: number,
): (moved: Moved, only: Int32Array | null) => Reversed {
  const { k } = graph;
  return (moved, only) => {
    /** The last edge of each slot, and the one before each edge; −1: none. An edge is its place in all lists. */
    const last = new Int32Array(store.size).fill(-1);
    let before = new Int32Array(1024);
    let edges = new Int32Array(1024);
    let count = 0;
    const take = (slot: number, wanted: (other: number) => boolean): void => {
      const block = Math.floor(slot / blockRows);
      const [list, distances] = [graph.slots.blocks[block], graph.distances.blocks[block]];
      if (!list || !distances) return;
      const first = (slot % blockRows) * k;
      for (let at = 0; at < k; at++) {
        const other = list[first + at] ?? -1;
        if (other < 0) break;
        if (!wanted(other)) continue;
        if ((distances[first + at] ?? Infinity) > radius) break;
        if (count === edges.length) [before, edges] = [longer(before), longer(edges)];
        before[count] = last[other] ?? -1;
        edges[count] = slot * k + at;
        last[other] = count++;
      }
    };
    const asked = only && marks(store.size, units.slotsOf, new Set(only));
    const isAsked = asked ? (slot: number) => asked[slot] === 1 : (slot: number) => units.keyOf[slot] !== 0;
    for (const person of moved.people) for (const slot of people.slotsOf.get(person) ?? []) take(slot, isAsked);
    const movedUnits = marks(store.size, units.slotsOf, moved.units);
    if ([...moved.units].some((unit) => units.slotsOf.has(unit))) {
      const isMoved = (slot: number): boolean => movedUnits[slot] === 1;
      for (const [person, slots] of people.slotsOf) {
        if (!moved.people.has(person)) for (const slot of slots) take(slot, isMoved);
      }
    }
    return {
      each: (slot, tell) => {
        for (let edge = last[slot] ?? -1; edge >= 0; edge = before[edge] ?? -1) {
          const place = edges[edge] ?? 0;
          const other = Math.floor(place / k);
          tell(other, graph.distances.blocks[Math.floor(other / blockRows)]?.[place % (blockRows * k)] ?? Infinity);
        }
      },
    };
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
  return {
    offer: (person: number, face: number, nearest: number, distance: number): void => {
      if (person >= distanceOf.length) {
        const more = new Float64Array(2 * person).fill(Infinity);
        more.set(distanceOf);
        distanceOf = more;
        const [faces, others] = [new Int32Array(2 * person), new Int32Array(2 * person)];
        faces.set(faceOf);
        others.set(nearestOf);
        [faceOf, nearestOf] = [faces, others];
      }
      const known = distanceOf[person] ?? Infinity;
      if (distance > known) return;
      if (distance === known && isBefore(faceOf[person] ?? 0, nearestOf[person] ?? 0, face, nearest)) return;
      if (known === Infinity) found.push(person);
      distanceOf[person] = distance;
      faceOf[person] = face;
      nearestOf[person] = nearest;
    },
    take: (): Found => {
      const people = found;
      found = [];
      const taken = {
        people,
        faces: people.map((person) => faceOf[person] ?? 0),
        nearest: people.map((person) => nearestOf[person] ?? 0),
        distances: people.map((person) => distanceOf[person] ?? Infinity),
      };
      for (const person of people) distanceOf[person] = Infinity;
      return taken;
    },
  };
}

function isBefore(a: number, b: number, c: number, d: number): boolean {
  return a < c || (a === c && b <= d);
}

/** The mean of unit vectors, and its squared length. */
interface Mean {
  readonly vector: Float32Array;
  readonly square: number;
}

/** The means of people, worked out when they are asked for. */
function createMeans(store: HeldVectors, slotsOf: Keys['slotsOf']) {
  const known = new Map<number, Mean>();
  return {
    get: (person: number): Mean => {
      const found = known.get(person) ?? meanOf(store, slotsOf.get(person) ?? []);
      known.set(person, found);
      return found;
    },
    delete: (person: number): void => void known.delete(person),
  };
}

function meanOf({ vectors, dimensions }: HeldVectors, slots: readonly number[]): Mean {
  const [first] = slots;
  if (slots.length === 1 && first !== undefined) return { vector: vectors.at(first), square: 1 };
  const vector = new Float32Array(dimensions);
  for (const slot of slots) {
    const own = vectors.at(slot);
    for (let i = 0; i < dimensions; i++) vector[i] = (vector[i] ?? 0) + (own[i] ?? 0);
  }
  for (let i = 0; i < dimensions; i++) vector[i] = (vector[i] ?? 0) / slots.length;
  return { vector, square: dotProduct(vector, vector) };
}

/** As `nearestPeople` has it. */
function between(a: Mean, b: Mean): { readonly average: number; readonly look: number } {
  const [across, lengths] = [dotProduct(a.vector, b.vector), Math.sqrt(a.square * b.square)];
  return {
    average: Math.sqrt(Math.max(0, 2 - 2 * across)),
    look: lengths > 0 ? Math.sqrt(Math.max(0, 2 - (2 * across) / lengths)) : 2,
  };
}

interface Row {
  readonly unit: number;
  readonly person: number;
  readonly face: number;
  readonly nearest: number;
  readonly distance: number;
  readonly average: number;
  readonly look: number;
}

function packRows(store: HeldVectors, rows: readonly Row[], near: number): ChangedRows {
  return {
    near,
    units: Int32Array.from(rows, ({ unit }) => unit),
    people: Int32Array.from(rows, ({ person }) => person),
    faces: Int32Array.from(rows, ({ face }) => store.idAt(face)),
    nearest: Int32Array.from(rows, ({ nearest }) => store.idAt(nearest)),
    distances: Float32Array.from(rows, ({ distance }) => distance),
    averages: Float32Array.from(rows, ({ average }) => average),
    looks: Float32Array.from(rows, ({ look }) => look),
  };
}

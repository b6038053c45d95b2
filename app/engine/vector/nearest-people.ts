import type { ComparedFaces } from './compared-faces.ts';
import { dotProduct } from './distance.ts';
import type { HeldVectors } from './vector-store.ts';

/**
 * Who lies near whom. A unit is a group of faces, or a single one, that belongs to nobody named; its key is any number
 * but 0. Both lists are face, key, face, key, …
 */
export interface NearestPeopleInput {
  readonly units: Int32Array<ArrayBuffer>;
  readonly people: Int32Array<ArrayBuffer>;
  /** L2 between the two nearest faces up to which a person counts as near. */
  readonly radius: number;
}

/** A row for each unit and each person near it. */
export interface NearestPeople {
  readonly units: Int32Array<ArrayBuffer>;
  readonly people: Int32Array<ArrayBuffer>;
  /** The unit's face and the person's that lie nearest to one another. */
  readonly faces: Int32Array<ArrayBuffer>;
  readonly nearest: Int32Array<ArrayBuffer>;
  /** L2 between those two. */
  readonly distances: Float32Array<ArrayBuffer>;
  /** Root of the mean squared L2 over all pairs of a face of the unit and one of the person. */
  readonly averages: Float32Array<ArrayBuffer>;
  /**
   * L2 between the means of the two, made unit vectors: what their faces have in common, without what differs from photo
   * to photo. The larger the groups, the nearer one person's come; two people's hardly do.
   */
  readonly looks: Float32Array<ArrayBuffer>;
}

interface NearPair {
  readonly face: number;
  readonly nearest: number;
  readonly distance: number;
}

/** For each unit the people within `radius` of it, as far as the graph's lists tell. */
export function nearestPeople(index: ComparedFaces, { units, people, radius }: NearestPeopleInput): NearestPeople {
  const unitOf = keysBySlot(index, units);
  const personOf = keysBySlot(index, people);
  const near = pairsByUnit(index, unitOf, personOf, radius);
  const involved = new Set([...near.values()].flatMap((found) => [...found.keys()]));
  const meanOf = meansByKey(index, personOf, involved);
  const unitMeanOf = meansByKey(index, unitOf, new Set(near.keys()));
  const rows = [...near].flatMap(([unit, found]) =>
    Array.from(found, ([person, pair]) => ({
      ...pair,
      unit,
      person,
      ...meanDistances(unitMeanOf.get(unit), meanOf.get(person)),
    })),
  );
  return packRows(index.store, rows);
}

/** A row of `NearestPeople`, with slots for faces. */
export interface NearRow extends NearPair {
  readonly unit: number;
  readonly person: number;
  readonly average: number;
  readonly look: number;
}

export function packRows(store: HeldVectors, rows: readonly NearRow[]): NearestPeople {
  return {
    units: Int32Array.from(rows, ({ unit }) => unit),
    people: Int32Array.from(rows, ({ person }) => person),
    faces: Int32Array.from(rows, ({ face }) => store.idAt(face)),
    nearest: Int32Array.from(rows, ({ nearest }) => store.idAt(nearest)),
    distances: Float32Array.from(rows, ({ distance }) => distance),
    averages: Float32Array.from(rows, ({ average }) => average),
    looks: Float32Array.from(rows, ({ look }) => look),
  };
}

function keysBySlot({ store }: ComparedFaces, keys: Int32Array): Int32Array {
  const bySlot = new Int32Array(store.size);
  for (let i = 0; i < keys.length; i += 2) {
    const slot = store.slotOf(keys[i] ?? 0);
    if (slot !== undefined) bySlot[slot] = keys[i + 1] ?? 0;
  }
  return bySlot;
}

/** Where the units are this small a part of all faces, only their own lists are walked. */
const fewUnits = 0.02;

/** Slots of the nearest pair of each unit with each person. An edge may be in the list of either end. */
function pairsByUnit(
  { store, graph }: ComparedFaces,
  unitOf: Int32Array,
  personOf: Int32Array,
  radius: number,
): Map<number, Map<number, NearPair>> {
  const found = new Map<number, Map<number, NearPair>>();
  const offer = (face: number, nearest: number, distance: number): void => {
    const [unit, person] = [unitOf[face] ?? 0, personOf[nearest] ?? 0];
    if (unit === 0 || person === 0) return;
    const people = found.get(unit) ?? new Map<number, NearPair>();
    if (distance < (people.get(person)?.distance ?? Infinity)) people.set(person, { face, nearest, distance });
    found.set(unit, people);
  };
  const inUnits = unitOf.reduce((count, unit) => count + (unit === 0 ? 0 : 1), 0);
  const walkPeople = inUnits > fewUnits * store.size;
  for (let slot = 0; slot < store.size; slot++) {
    if (store.idAt(slot) === 0 || (unitOf[slot] === 0 && !(walkPeople && personOf[slot] !== 0))) continue;
    const list = graph.slots.at(slot);
    const distances = graph.distances.at(slot);
    for (let at = 0; at < list.length; at++) {
      const distance = distances[at] ?? Infinity;
      if (distance > radius) break;
      const other = list[at] ?? -1;
      if (store.idAt(other) === 0) continue;
      offer(slot, other, distance);
      offer(other, slot, distance);
    }
  }
  return found;
}

/** The mean of the vectors of each of `wanted`: no unit vector. */
function meansByKey(
  { store }: ComparedFaces,
  keyOf: Int32Array,
  wanted: ReadonlySet<number>,
): Map<number, Float32Array> {
  const means = new Map<number, Float32Array>();
  const counts = new Map<number, number>();
  for (const [slot, key] of keyOf.entries()) {
    if (!wanted.has(key)) continue;
    const mean = means.get(key) ?? new Float32Array(store.dimensions);
    const vector = store.vectors.at(slot);
    for (let i = 0; i < vector.length; i++) mean[i] = (mean[i] ?? 0) + (vector[i] ?? 0);
    means.set(key, mean);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  for (const [key, mean] of means) for (const i of mean.keys()) mean[i] = (mean[i] ?? 0) / (counts.get(key) ?? 1);
  return means;
}

/**
 * Of the means of unit vectors: the root mean squared distance over all pairs, because the mean of |a − b|² is
 * 2 − 2 · (mean of a) · (mean of b); and the distance of the means as unit vectors.
 */
function meanDistances(
  a: Float32Array = new Float32Array(0),
  b: Float32Array = a,
): { readonly average: number; readonly look: number } {
  const [across, lengths] = [dotProduct(a, b), Math.sqrt(dotProduct(a, a) * dotProduct(b, b))];
  return {
    average: Math.sqrt(Math.max(0, 2 - 2 * across)),
    look: lengths > 0 ? Math.sqrt(Math.max(0, 2 - (2 * across) / lengths)) : 2,
  };
}

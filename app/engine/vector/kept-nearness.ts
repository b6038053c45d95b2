import type { ComparedFaces } from './compared-faces.ts';
import { createKeyMeans } from './key-means.ts';
import { createNearWalk, type FoundPairs, type MovedKeys } from './near-walk.ts';
import { packRows, type NearestPeople, type NearRow } from './nearest-people.ts';
import { createSlotKeys } from './slot-keys.ts';

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
  const units = createSlotKeys(index.store);
  const people = createSlotKeys(index.store);
  const means = createKeyMeans(index.store, units, people);
  const walk = createNearWalk(index, units, people, reach.radius);
  /** The people within the radius of each unit that has any. */
  const nearOf = new Map<number, readonly number[]>();

  const apply = (changed: ChangedKeys) => {
    const before = { units: units.now(changed.units), people: people.now(changed.people) };
    const moved = { units: units.change(changed.units), people: people.change(changed.people) };
    means.forget(moved);
    return { before, moved };
  };
  const rowsOf = (unit: number, found: FoundPairs, into: NearRow[]): void => {
    means.compareWith(unit);
    for (let at = 0; at < found.people.length; at++) {
      const person = found.people[at] ?? 0;
      const { average, look } = means.to(person);
      if (look > reach.reach) continue;
      const [face, nearest, distance] = [found.faces[at] ?? 0, found.nearest[at] ?? 0, found.distances[at] ?? Infinity];
      into.push({ unit, person, face, nearest, distance, average, look });
    }
  };
  return {
    change: (changed) => {
      const { moved } = apply(changed);
      const rows: NearRow[] = [];
      forget(nearOf, moved);
      walk(moved, null, (unit, found) => {
        rowsOf(unit, found, rows);
        nearOf.set(unit, [...(nearOf.get(unit) ?? []), ...found.people]);
      });
      return { ...packRows(index.store, rows), near: nearOf.size };
    },
    suppose: (changed, only) => {
      const { before, moved } = apply(changed);
      const rows: NearRow[] = [];
      walk(moved, only, (unit, found) => rowsOf(unit, found, rows));
      apply(before);
      return { ...packRows(index.store, rows), near: nearOf.size };
    },
  };
}

function forget(nearOf: Map<number, readonly number[]>, { units, people }: MovedKeys): void {
  for (const unit of units) nearOf.delete(unit);
  const gone = flags(people);
  for (const [unit, near] of nearOf) {
    let count = 0;
    for (const person of near) if (gone[person] === 1) count++;
    if (count === 0) continue;
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

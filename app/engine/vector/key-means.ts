import type { MovedKeys } from './near-walk.ts';
import { growTo } from './kernel-memory.ts';
import { createRowKernel } from './row-kernel.ts';
import type { SlotKeys } from './slot-keys.ts';
import type { HeldVectors } from './vector-store.ts';

/** Compares the means of units with those of people, as `nearestPeople` does. */
export interface KeyMeans {
  /** Chooses the unit that `to` compares with. */
  compareWith(unit: number): void;
  /** L2 over all pairs on the average (root mean square), and between the means as unit vectors. */
  to(person: number): { readonly average: number; readonly look: number };
  forget(moved: MovedKeys): void;
}

/** Units from so many faces on have their mean kept: at 512 numbers at most 130 bytes a face. */
const manyFaces = 16;

interface Mean {
  readonly row: number;
  /** Squared length. */
  readonly square: number;
}

/** The means lie side by side, each in a row of one memory; the first row is for units whose mean is not kept. */
export function createKeyMeans(store: HeldVectors, units: SlotKeys, people: SlotKeys): KeyMeans {
  const kernel = createRowKernel();
  const bytes = 16 * Math.ceil(store.dimensions / 4);
  let numbers = growTo(kernel.memory, bytes);
  let rows = 1;
  const free: number[] = [];
  const known = { units: new Map<number, Mean>(), people: new Map<number, Mean>() };

  /** The sum is divided: to the last digit it does not depend on what was worked out before. */
  const write = (row: number, slots: readonly number[]): Mean => {
    if ((row + 1) * bytes > numbers.byteLength) numbers = growTo(kernel.memory, (row + 1) * bytes);
    const mean = numbers.subarray((row * bytes) / 4, (row * bytes) / 4 + store.dimensions).fill(0);
    for (const slot of slots) {
      const own = store.vectors.at(slot);
      for (let i = 0; i < mean.length; i++) mean[i] = (mean[i] ?? 0) + (own[i] ?? 0);
    }
    for (let i = 0; i < mean.length; i++) mean[i] = (mean[i] ?? 0) / slots.length;
    return { row, square: kernel.dot(row * bytes, row * bytes, bytes) };
  };
  const keep = (kept: Map<number, Mean>, key: number, slots: readonly number[]): Mean => {
    const mean = write(free.pop() ?? rows++, slots);
    kept.set(key, mean);
    return mean;
  };
  const meanOfUnit = (unit: number): Mean => {
    const slots = units.slotsOf.get(unit) ?? [];
    return known.units.get(unit) ?? (slots.length < manyFaces ? write(0, slots) : keep(known.units, unit, slots));
  };
  const meanOfPerson = (person: number): Mean =>
    known.people.get(person) ?? keep(known.people, person, people.slotsOf.get(person) ?? []);

  let own: Mean = { row: 0, square: 1 };
  return {
    compareWith: (unit) => {
      own = meanOfUnit(unit);
    },
    to: (person) => {
      const other = meanOfPerson(person);
      const [across, lengths] = [
        kernel.dot(own.row * bytes, other.row * bytes, bytes),
        Math.sqrt(own.square * other.square),
      ];
      return {
        average: Math.sqrt(Math.max(0, 2 - 2 * across)),
        look: lengths > 0 ? Math.sqrt(Math.max(0, 2 - (2 * across) / lengths)) : 2,
      };
    },
    forget: (moved) => {
      for (const [kept, keys] of [
        [known.units, moved.units],
        [known.people, moved.people],
      ] as const) {
        for (const key of keys) {
          const mean = kept.get(key);
          if (mean) free.push(mean.row);
          kept.delete(key);
        }
      }
    },
  };
}

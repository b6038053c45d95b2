import type { ChangedRows } from '../vector/kept-nearness.ts';
import type { Look } from './looks.ts';
import { lookRow, type LookRow } from './rows-in-time.ts';

/** The rows of every unit that somebody is near, as the index told them last. */
export interface UnitRows {
  readonly byUnit: ReadonlyMap<number, readonly LookRow[]>;
  /** Forgets the rows of units and looks and takes in what the index tells instead. Gives the units with other rows. */
  replace(gone: GoneRows, told: ReadonlyMap<number, readonly LookRow[]>): Set<number>;
}

interface GoneRows {
  readonly units: ReadonlySet<number>;
  readonly looks: ReadonlySet<Look>;
}

export function createUnitRows(): UnitRows {
  const byUnit = new Map<number, readonly LookRow[]>();
  return {
    byUnit,
    replace: (gone, told) => {
      const changed = new Set(gone.units);
      for (const unit of gone.units) byUnit.delete(unit);
      for (const [unit, rows] of gone.looks.size > 0 ? byUnit : []) {
        if (!rows.some(({ shown }) => gone.looks.has(shown))) continue;
        changed.add(unit);
        const left = rows.filter(({ shown }) => !gone.looks.has(shown));
        if (left.length > 0) byUnit.set(unit, left);
        else byUnit.delete(unit);
      }
      for (const [unit, rows] of told) {
        changed.add(unit);
        byUnit.set(unit, [...(byUnit.get(unit) ?? []), ...rows]);
      }
      return changed;
    },
  };
}

/** @param lookOf the look that the index knows under a number */
export function rowsByUnit(told: ChangedRows, lookOf: (key: number) => Look | undefined): Map<number, LookRow[]> {
  const byUnit = new Map<number, LookRow[]>();
  for (const [row, unit] of told.units.entries()) {
    const shown = lookOf(told.people[row] ?? 0);
    if (!shown) continue;
    const rows = byUnit.get(unit) ?? [];
    if (rows.length === 0) byUnit.set(unit, rows);
    rows.push(lookRow(told, row, shown));
  }
  return byUnit;
}

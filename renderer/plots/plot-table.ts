import { count } from '../shared/numbers.ts';

/** The numbers of a plot, as a person reads them. */
export interface PlotTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** At most `most` of the items, evenly spread, the first and the last among them. */
export function thinned<T>(items: readonly T[], most: number): T[] {
  if (items.length <= most) return [...items];
  const step = (items.length - 1) / (most - 1);
  return Array.from({ length: most }, (_, i) => items[Math.round(i * step)]).filter((item) => item !== undefined);
}

/** A share from 0 to 1 as `84 %` or, where `digits` says so, `84.2 %`. What is not all is never shown as all. */
export function percent(share: number, digits = 0): string {
  const least = 10 ** -(digits + 2);
  const shown = share > 0 && share < 1 ? Math.min(1 - least, Math.max(least, share)) : share;
  return shown.toLocaleString(undefined, {
    style: 'percent',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
}

/** A small rate: `0.1 %`, `0.01 %`, with as many digits as it needs. */
export const rate = (share: number): string =>
  share.toLocaleString(undefined, { style: 'percent', maximumSignificantDigits: 2 });

/** A rate as people count: `1 in 1,000`. */
export const oneIn = (share: number): string => `1 in ${count(Math.round(1 / share))}`;

/** A distance between unit vectors, 0 to 2. */
export const distance = (value: number): string =>
  value.toLocaleString(undefined, { minimumFractionDigits: 2, maximumFractionDigits: 2 });

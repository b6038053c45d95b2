/** Numbers as a person reads them, in the user's locale. */
export const count = (n: number): string => n.toLocaleString();

/** `1 photo`, `1,240 photos`. */
export const counted = (n: number, one: string, many: string): string => `${count(n)} ${n === 1 ? one : many}`;

/** A size of a file: `840 kB`, `3.4 MB`. */
export function bytes(n: number): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;
  const step = n < 1000 ? 0 : Math.min(3, Math.floor(Math.log10(n) / 3));
  return (n / 1000 ** step).toLocaleString(undefined, {
    style: 'unit',
    unit: units[step] ?? 'byte',
    maximumFractionDigits: step > 1 ? 1 : 0,
  });
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

/**
 * A share that is only estimated, and in 19 of 20 cases lies between `low` and `high`: `99.8 %`, `97 % ± 2`. A tenth of
 * a percent means nothing where whole ones are in doubt.
 */
export function estimated({ value, low, high }: { value: number; low: number; high: number }): string {
  const points = Math.round(50 * (high - low));
  return points === 0 ? percent(value, 1) : `${percent(value)} ± ${count(points)}`;
}

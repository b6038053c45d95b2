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

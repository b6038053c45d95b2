/** 95 % confidence interval of a share (Wilson 1927), as text in per cent: "97.2 (95.1–98.4)". */
export function withInterval(part: number, of: number): string {
  if (of === 0) return '–';
  const z = 1.96;
  const share = part / of;
  const centre = (share + z ** 2 / (2 * of)) / (1 + z ** 2 / of);
  const half = (z / (1 + z ** 2 / of)) * Math.sqrt((share * (1 - share)) / of + z ** 2 / (4 * of ** 2));
  const percent = (value: number): string => (100 * value).toFixed(1);
  return `${percent(share)} (${percent(Math.max(0, centre - half))}–${percent(Math.min(1, centre + half))})`;
}

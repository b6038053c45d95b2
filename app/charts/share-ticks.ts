/** `1 %`, `0.01 %`: a share from 0 to 1 in words, with no more digits than it has. */
export function percent(share: number): string {
  return `${Number((100 * share).toPrecision(6))} %`;
}

/** The powers of ten from `least` to 1, for the ticks of a logarithmic axis of shares. */
export function powersOfTen(least: number): number[] {
  const lowest = Math.floor(Math.log10(least));
  return Array.from({ length: 1 - lowest }, (_, i) => 10 ** (lowest + i));
}

interface Measured {
  /** L2 between unit vectors. */
  readonly distance: number;
  /** Share of the pairs of different people that are nearer. */
  readonly rate: number;
}

/**
 * The share of pairs of different people that come nearer than `distance`, between the measured points of a table that
 * ascends; before the first and after the last it is what they say. Null for an empty table.
 */
export function falseAcceptRate(table: readonly Measured[], distance: number): number | null {
  const after = table.findIndex((point) => point.distance >= distance);
  const upper = table[after] ?? table.at(-1);
  if (!upper) return null;
  const lower = table[after - 1];
  if (!lower || upper.distance === lower.distance) return upper.rate;
  // Rates fall by powers of ten: between two points their logarithm is nearly a line, as long as there is one.
  const share = (distance - lower.distance) / (upper.distance - lower.distance);
  if (lower.rate <= 0) return upper.rate * share;
  return Math.exp(Math.log(lower.rate) * (1 - share) + Math.log(upper.rate) * share);
}

/**
 * A small change on top of a frozen embedding: z = normalise(x + x·W), x a unit vector as a row. W = 0 changes nothing.
 */
export interface Head {
  readonly dimensions: number;
  /** W, dimensions × dimensions, row by row. */
  readonly weights: Float32Array;
}

export function identityHead(dimensions: number): Head {
  return { dimensions, weights: new Float32Array(dimensions * dimensions) };
}

export function isIdentity({ weights }: Head): boolean {
  return weights.every((weight) => weight === 0);
}

/** The mean of several heads: what they have by chance of their batches and people averages out. */
export function meanHead(heads: readonly Head[]): Head {
  const dimensions = heads[0]?.dimensions ?? 0;
  const weights = new Float32Array(dimensions * dimensions);
  for (const head of heads)
    for (let i = 0; i < weights.length; i++) weights[i] = (weights[i] ?? 0) + (head.weights[i] ?? 0) / heads.length;
  return { dimensions, weights };
}

/** From one head a share of the way to another. */
export function between(from: Head, to: Head, share: number): Head {
  const weights = to.weights.map((weight, i) => share * weight + (1 - share) * (from.weights[i] ?? 0));
  return { dimensions: to.dimensions, weights };
}

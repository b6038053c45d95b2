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

/** The head with its change made smaller: strength 0 is none, 1 all of it. */
export function weakened(head: Head, strength: number): Head {
  return { dimensions: head.dimensions, weights: head.weights.map((weight) => weight * strength) };
}

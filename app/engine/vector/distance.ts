/**
 * Squared L2 distance between row `i` of `a` and row `j` of `b`, both of `dimensions` columns. Never negative;
 * summed in float64. Four sums, because one is bound by the latency of the addition.
 */
export function squaredDistance(a: Float32Array, i: number, b: Float32Array, j: number, dimensions: number): number {
  let p = i * dimensions;
  let q = j * dimensions;
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  const whole = p + (dimensions & ~3);
  const end = p + dimensions;
  for (; p < whole; p += 4, q += 4) {
    const d0 = (a[p] ?? 0) - (b[q] ?? 0);
    const d1 = (a[p + 1] ?? 0) - (b[q + 1] ?? 0);
    const d2 = (a[p + 2] ?? 0) - (b[q + 2] ?? 0);
    const d3 = (a[p + 3] ?? 0) - (b[q + 3] ?? 0);
    s0 += d0 * d0;
    s1 += d1 * d1;
    s2 += d2 * d2;
    s3 += d3 * d3;
  }
  for (; p < end; p++, q++) s0 += ((a[p] ?? 0) - (b[q] ?? 0)) ** 2;
  return s0 + s1 + (s2 + s3);
}

/** Dot product of two rows of equal length, in float64, with four sums too. */
export function dotProduct(a: Float32Array, b: Float32Array): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  const whole = a.length & ~3;
  for (let i = 0; i < whole; i += 4) {
    s0 += (a[i] ?? 0) * (b[i] ?? 0);
    s1 += (a[i + 1] ?? 0) * (b[i + 1] ?? 0);
    s2 += (a[i + 2] ?? 0) * (b[i + 2] ?? 0);
    s3 += (a[i + 3] ?? 0) * (b[i + 3] ?? 0);
  }
  for (let i = whole; i < a.length; i++) s0 += (a[i] ?? 0) * (b[i] ?? 0);
  return s0 + s1 + (s2 + s3);
}

export interface Example {
  /** Without the constant. */
  readonly features: readonly number[];
  readonly yes: boolean;
}

/**
 * Logistic regression by Newton's method, with the faintest ridge so that examples that separate do not run away.
 * @returns the constant, then a weight a feature
 */
export function fitLogistic(examples: readonly Example[], ridge = 1e-3, rounds = 30): number[] {
  const size = (examples[0]?.features.length ?? 0) + 1;
  let weights = new Array<number>(size).fill(0);
  for (let round = 0; round < rounds; round++) {
    const gradient = weights.map((weight) => -ridge * weight);
    const curvature = weights.map((_, i) => weights.map((__, j) => (i === j ? ridge : 0)));
    for (const { features, yes } of examples) {
      const x = [1, ...features];
      const p = probability(weights, features);
      for (let i = 0; i < size; i++) {
        gradient[i] = (gradient[i] ?? 0) + (Number(yes) - p) * (x[i] ?? 0);
        for (let j = 0; j < size; j++) {
          const row = curvature[i];
          if (row) row[j] = (row[j] ?? 0) + p * (1 - p) * (x[i] ?? 0) * (x[j] ?? 0);
        }
      }
    }
    const step = solve(curvature, gradient);
    weights = weights.map((weight, i) => weight + (step[i] ?? 0));
  }
  return weights;
}

export function probability(weights: readonly number[], features: readonly number[]): number {
  const sum = features.reduce((total, value, i) => total + value * (weights[i + 1] ?? 0), weights[0] ?? 0);
  return 1 / (1 + Math.exp(-sum));
}

/** Gaussian elimination with pivots. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i] ?? 0]);
  for (let column = 0; column < rows.length; column++) {
    const pivot = rows
      .slice(column)
      .reduce((best, row) => (Math.abs(row[column] ?? 0) > Math.abs(best[column] ?? 0) ? row : best));
    rows.splice(rows.indexOf(pivot), 1);
    rows.splice(column, 0, pivot);
    for (const row of rows) {
      if (row === pivot) continue;
      const factor = (row[column] ?? 0) / (pivot[column] ?? 1);
      for (const j of row.keys()) row[j] = (row[j] ?? 0) - factor * (pivot[j] ?? 0);
    }
  }
  return rows.map((row, i) => (row.at(-1) ?? 0) / (row[i] ?? 1));
}

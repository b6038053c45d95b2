import { Failure } from '../../contract/errors.ts';
import { multiply, type Matrix } from './products.ts';

/** z = normalise(x + x·W), for rows x of norm 1: what an adopted head makes of embeddings. */
export interface Projection {
  /** Projects rows into `into`, at its beginning. Gives those that cannot be: zero or beyond what a float32 holds. */
  project(rows: Matrix, into: Float32Array): Promise<number[]>;
}

/**
 * @param weights W, dimensions × dimensions, row by row
 * @throws {Failure} `bad-request` where they are of another size or not all numbers
 */
export function createProjection(weights: Float32Array, dimensions: number): Projection {
  if (weights.length !== dimensions * dimensions) {
    const message = `this head has ${weights.length} weights, but faces of ${dimensions} numbers need ${dimensions * dimensions}; train it anew on the embedder in use`;
    throw new Failure('bad-request', message);
  }
  if (!weights.every((weight) => Number.isFinite(weight))) {
    throw new Failure(
      'bad-request',
      'some weights of this head are no numbers, so its training failed; use another head',
    );
  }
  const turned = { values: identityPlusTransposed(weights, dimensions), rows: dimensions };
  return {
    project: async (rows, into) => {
      await multiply(rows, turned, dimensions, into);
      const bad: number[] = [];
      for (let row = 0; row < rows.rows; row++) {
        if (!normalise(into.subarray(row * dimensions, (row + 1) * dimensions))) bad.push(row);
      }
      return bad;
    },
  };
}

/** (I + W)ᵀ, whose rows give the columns of the product. */
function identityPlusTransposed(weights: Float32Array, dimensions: number): Float32Array<ArrayBuffer> {
  const turned = new Float32Array(weights.length);
  for (let i = 0; i < dimensions; i++) {
    for (let j = 0; j < dimensions; j++)
      turned[j * dimensions + i] = (weights[i * dimensions + j] ?? 0) + Number(i === j);
  }
  return turned;
}

/** False where there is no direction. */
function normalise(row: Float32Array): boolean {
  let square = 0;
  for (let i = 0; i < row.length; i++) square += (row[i] ?? 0) * (row[i] ?? 0);
  const norm = Math.sqrt(square);
  if (!(norm > 1e-6 && norm < Infinity)) return false;
  for (let i = 0; i < row.length; i++) row[i] = (row[i] ?? 0) / norm;
  return true;
}

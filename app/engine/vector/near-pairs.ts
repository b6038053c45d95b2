import { Failure } from '../../contract/errors.ts';
import { squaredDistance } from './distance.ts';
import { multiply, type Matrix } from './products.ts';

/** Rows compared in one product: its 2 MB of results stay in the cache until they are read. */
const [tileRows, tileColumns] = [512, 1024];
/** Squared distance from the squared radius at which float32 products cannot tell: there float64 decides. */
const doubt = 4e-6;

/**
 * Calls back with every pair of rows at most `radius` apart (L2), each once, the lower first, in the same order every
 * time. All pairs are compared: blocked matrix products in float32, and in float64 where they are within 1e-6 of the
 * radius. Rows have norm 1, about. Nothing is said about the pairs among rows low … high that `isSettled`, where it skips
 * them: it is asked about whole blocks.
 * @throws {Failure} `cancelled`
 */
export async function eachNearPair(
  { values, rows }: Matrix,
  width: number,
  radius: number,
  take: (low: number, high: number) => void,
  signal: AbortSignal,
  isSettled: (low: number, high: number) => boolean = () => false,
): Promise<void> {
  const squares = Float64Array.from({ length: rows }, (_, row) =>
    squareOf(values.subarray(row * width, (row + 1) * width)),
  );
  const square = radius * radius;
  // The least product that two rows may have and be near.
  const needed = squares.reduce((least, one) => Math.min(least, one), Infinity) - (square + doubt) / 2;
  const products = new Float32Array(tileRows * tileColumns);

  const isNear = (a: number, b: number, product: number): boolean => {
    const about = (squares[a] ?? 0) + (squares[b] ?? 0) - 2 * product;
    if (Math.abs(about - square) > doubt) return about < square;
    return Math.sqrt(squaredDistance(values, a, values, b, width)) <= radius;
  };
  const read = (first: number, count: number, column: number, columns: number): void => {
    for (let row = 0; row < count; row++) {
      const a = first + row;
      const start = row * columns;
      for (let at = Math.max(0, a + 1 - column); at < columns; at++) {
        const product = products[start + at] ?? 0;
        if (product >= needed && isNear(a, column + at, product)) take(a, column + at);
      }
    }
  };

  for (let first = 0; first < rows; first += tileRows) {
    const tile = { values: values.subarray(first * width), rows: Math.min(tileRows, rows - first) };
    for (let column = first - (first % tileColumns); column < rows; column += tileColumns) {
      if (signal.aborted) throw new Failure('cancelled', 'cancelled');
      const other = { values: values.subarray(column * width), rows: Math.min(tileColumns, rows - column) };
      if (isSettled(first, column + other.rows - 1)) continue;
      await multiply(tile, other, width, products);
      read(first, tile.rows, column, other.rows);
    }
  }
}

function squareOf(row: Float32Array): number {
  let sum = 0;
  for (const value of row) sum += value * value;
  return sum;
}

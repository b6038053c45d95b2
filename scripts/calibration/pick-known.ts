import type { KnownFaces } from './embed-folders.ts';

/** Some of the known faces. */
export function pickKnown(known: KnownFaces, rows: readonly number[]): KnownFaces {
  const { dimensions } = known;
  const vectors = new Float32Array(rows.length * dimensions);
  for (const [at, row] of rows.entries()) {
    vectors.set(known.vectors.subarray(row * dimensions, (row + 1) * dimensions), at * dimensions);
  }
  return {
    dimensions,
    vectors,
    people: rows.map((row) => known.people[row] ?? 0),
    paths: rows.map((row) => known.paths[row] ?? ''),
    quality: rows.map((row) => known.quality[row] ?? 0),
  };
}

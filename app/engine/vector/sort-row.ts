/** Numbers from 0 that fit below the 31 bits of a distance in the 53 of a whole number. */
const targetRange = 2 ** 22;
const asFloat = new Float32Array(1);
const asBits = new Uint32Array(asFloat.buffer);

/**
 * Sorts a row of targets (0 … 2²² − 1) and their distances (0 … 2) by distance, then target. As one number each, because
 * numbers are sorted without a comparing function.
 */
export function sortRow(targets: Int32Array, distances: Float32Array, first: number, end: number): void {
  const keys = new Float64Array(end - first);
  for (let at = first; at < end; at++) {
    // The bits of floats that are not negative are in the order of the floats.
    asFloat[0] = distances[at] ?? 0;
    keys[at - first] = (asBits[0] ?? 0) * targetRange + (targets[at] ?? 0);
  }
  keys.sort();
  for (let at = 0; at < keys.length; at++) {
    const key = keys[at] ?? 0;
    asBits[0] = Math.floor(key / targetRange);
    distances[first + at] = asFloat[0] ?? 0;
    targets[first + at] = key % targetRange;
  }
}

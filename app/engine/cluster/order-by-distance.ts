/** Bits that one pass sorts by. */
const width = 8;
const digits = 2 ** width;

/** The places of `distances` (≥ 0), nearest first, those of equals in order. */
export function orderByDistance(distances: Float32Array): Int32Array {
  const order = Int32Array.from({ length: distances.length }, (_, at) => at);
  return sortByDistance(distances, [order]).columns[0] ?? order;
}

/**
 * Distances (≥ 0), nearest first, and the columns that go along with them; equals stay in order. Sorted digit by digit
 * (radix sort) over the bits, which are in the order of the numbers because none is negative. Everything is moved in every
 * pass, because to read a column of millions in another order waits for the memory each time. What was given is used up.
 */
export function sortByDistance(
  distances: Float32Array,
  columns: readonly Int32Array[],
): { readonly distances: Float32Array; readonly columns: readonly Int32Array[] } {
  const count = distances.length;
  let sorted: Int32Array[] = [new Int32Array(distances.slice().buffer), ...columns];
  let spare: Int32Array[] = sorted.map(() => new Int32Array(count));
  const places = new Int32Array(count);
  for (let shift = 0; shift < 32; shift += width) {
    if (!placeByDigit(sorted[0] ?? places, shift, places)) continue;
    for (const [at, column] of sorted.entries()) move(column, places, spare[at] ?? places);
    [sorted, spare] = [spare, sorted];
  }
  const [bits = places, ...moved] = sorted;
  return { distances: new Float32Array(bits.buffer, bits.byteOffset, count), columns: moved };
}

/** Where each goes when it is sorted by one digit. False where all have the same one. */
function placeByDigit(bits: Int32Array, shift: number, places: Int32Array): boolean {
  const starts = new Int32Array(digits + 1);
  for (let at = 0; at < bits.length; at++) {
    const after = (((bits[at] ?? 0) >>> shift) & (digits - 1)) + 1;
    starts[after] = (starts[after] ?? 0) + 1;
  }
  if (starts.includes(bits.length)) return false;
  for (let digit = 0; digit < digits; digit++) starts[digit + 1] = (starts[digit + 1] ?? 0) + (starts[digit] ?? 0);
  for (let at = 0; at < bits.length; at++) {
    const digit = ((bits[at] ?? 0) >>> shift) & (digits - 1);
    const to = starts[digit] ?? 0;
    starts[digit] = to + 1;
    places[at] = to;
  }
  return true;
}

function move(from: Int32Array, places: Int32Array, to: Int32Array): void {
  for (let at = 0; at < from.length; at++) to[places[at] ?? 0] = from[at] ?? 0;
}

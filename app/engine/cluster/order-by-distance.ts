/** Bits that one pass sorts by. */
const width = 8;
const digits = 2 ** width;

/**
 * The places of `distances` (≥ 0), nearest first, those of equals in order. Sorted digit by digit (radix sort) over the
 * bits, which are in the order of the numbers because none is negative.
 */
export function orderByDistance(distances: Float32Array): Uint32Array {
  const bits = new Uint32Array(distances.buffer, distances.byteOffset, distances.length);
  let order = new Uint32Array(bits.length);
  let next = new Uint32Array(bits.length);
  for (let at = 0; at < order.length; at++) order[at] = at;
  for (let shift = 0; shift < 32; shift += width) {
    sortByDigit(bits, shift, order, next);
    [order, next] = [next, order];
  }
  return order;
}

function sortByDigit(bits: Uint32Array, shift: number, order: Uint32Array, into: Uint32Array): void {
  const starts = new Uint32Array(digits + 1);
  for (let at = 0; at < bits.length; at++) {
    const after = (((bits[at] ?? 0) >>> shift) & (digits - 1)) + 1;
    starts[after] = (starts[after] ?? 0) + 1;
  }
  for (let digit = 0; digit < digits; digit++) starts[digit + 1] = (starts[digit + 1] ?? 0) + (starts[digit] ?? 0);
  for (let i = 0; i < order.length; i++) {
    const at = order[i] ?? 0;
    const digit = ((bits[at] ?? 0) >>> shift) & (digits - 1);
    const to = starts[digit] ?? 0;
    starts[digit] = to + 1;
    into[to] = at;
  }
}

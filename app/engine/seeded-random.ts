/** Numbers in [0, 1) that a seed determines: splitmix32 (Steele, Lea and Flood 2014, reduced to 32 bits). */
export function seededRandom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
  };
}

/** The items in an order that `random` chooses (Fisher and Yates). */
export function shuffled<T>(items: Iterable<T>, random: () => number): T[] {
  const result = [...items];
  for (let end = result.length - 1; end > 0; end--) {
    const at = Math.floor(random() * (end + 1));
    const [last, chosen] = [result[end], result[at]];
    // Both positions lie within the array.
    result[end] = chosen as T;
    result[at] = last as T;
  }
  return result;
}

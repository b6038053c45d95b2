/**
 * When pairs of groups a < b were measured (0: never) and their distance then. A hash table with open addressing, because
 * a `Map` of a million pairs takes many times as long.
 */
export interface PairTable {
  /** The place of a pair, which is good until the next call. */
  place(a: number, b: number): number;
  time(place: number): number;
  distance(place: number): number;
  put(place: number, time: number, distance: number): void;
}

/** @param room pairs for which there is room from the first */
export function createPairTable(room: number): PairTable {
  let capacity = 64;
  while (capacity < 2 * room) capacity *= 2;
  let used = 0;
  let { whole, real } = createCells(capacity);

  const find = (a: number, b: number): number => {
    const mask = capacity - 1;
    let at = hash(a, b) & mask;
    // Nodes are kept one higher, so that what was never written is free.
    for (let first = whole[6 * at] ?? 0; first !== 0; first = whole[6 * at] ?? 0) {
      if (first === a + 1 && whole[6 * at + 1] === b + 1) break;
      at = (at + 1) & mask;
    }
    return at;
  };
  const grow = (): void => {
    const former = { whole, real };
    capacity *= 2;
    ({ whole, real } = createCells(capacity));
    for (let from = 0; 6 * from < former.whole.length; from++) {
      const [a, b] = [(former.whole[6 * from] ?? 0) - 1, (former.whole[6 * from + 1] ?? 0) - 1];
      if (a < 0) continue;
      const at = find(a, b);
      whole.set(former.whole.subarray(6 * from, 6 * from + 3), 6 * at);
      real[3 * at + 2] = former.real[3 * from + 2] ?? 0;
    }
  };

  return {
    place: (a, b) => {
      if (2 * used >= capacity) grow();
      const at = find(a, b);
      if (whole[6 * at] !== 0) return at;
      used++;
      whole[6 * at] = a + 1;
      whole[6 * at + 1] = b + 1;
      return at;
    },
    time: (place) => whole[6 * place + 2] ?? 0,
    distance: (place) => real[3 * place + 2] ?? 0,
    put: (place, time, distance) => {
      whole[6 * place + 2] = time;
      real[3 * place + 2] = distance;
    },
  };
}

/**
 * Cells of 24 bytes, so that a look at one waits for the memory once: a and b, one higher each (0: free), the time and
 * nothing as whole numbers of 32 bits, then the distance in float64.
 */
function createCells(capacity: number): { readonly whole: Int32Array; readonly real: Float64Array } {
  const bytes = new ArrayBuffer(24 * capacity);
  return { whole: new Int32Array(bytes), real: new Float64Array(bytes) };
}

/** Multiplied by odd constants and folded, so that neighbouring numbers lie apart. */
function hash(a: number, b: number): number {
  const mixed = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b);
  return mixed ^ (mixed >>> 15);
}

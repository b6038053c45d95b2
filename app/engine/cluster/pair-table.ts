/**
 * When pairs of groups a < b were measured (0: never) and their distance then. A hash table with open addressing, because
 * a `Map` of a million pairs takes many times as long.
 */
export interface PairTable {
  /** The place of a pair, which is good until the next call. */
  place(a: number, b: number): number;
  time(place: number): number;
  /** In float32. */
  distance(place: number): number;
  put(place: number, time: number, distance: number): void;
  /** Forgets everything, and has room for so many pairs from the first. */
  clear(room: number): void;
}

const leastCapacity = 64;

export function createPairTable(): PairTable {
  let capacity = leastCapacity;
  let used = 0;
  let cells = createCells(capacity);

  const find = ({ whole }: Cells, a: number, b: number): number => {
    const mask = capacity - 1;
    let at = hash(a, b) & mask;
    // Nodes are kept one higher, so that what was never written is free.
    for (let first = whole[4 * at] ?? 0; first !== 0; first = whole[4 * at] ?? 0) {
      if (first === a + 1 && whole[4 * at + 1] === b + 1) break;
      at = (at + 1) & mask;
    }
    return at;
  };
  const grow = (): void => {
    const { whole } = cells;
    const end = 4 * capacity;
    capacity *= 2;
    cells = createCells(capacity);
    for (let from = 0; from < end; from += 4) {
      const first = whole[from] ?? 0;
      if (first === 0) continue;
      const at = find(cells, first - 1, (whole[from + 1] ?? 0) - 1);
      cells.whole.set(whole.subarray(from, from + 4), 4 * at);
    }
  };

  return {
    place: (a, b) => {
      if (2 * used >= capacity) grow();
      const { whole } = cells;
      const at = find(cells, a, b);
      if (whole[4 * at] !== 0) return at;
      used++;
      whole[4 * at] = a + 1;
      whole[4 * at + 1] = b + 1;
      return at;
    },
    time: (place) => cells.whole[4 * place + 2] ?? 0,
    distance: (place) => cells.real[4 * place + 3] ?? 0,
    put: (place, time, distance) => {
      cells.whole[4 * place + 2] = time;
      cells.real[4 * place + 3] = distance;
    },
    clear: (room) => {
      for (capacity = leastCapacity; capacity < 2 * room;) capacity *= 2;
      if (cells.whole.length < 4 * capacity) cells = createCells(capacity);
      else cells.whole.fill(0, 0, 4 * capacity);
      used = 0;
    },
  };
}

/**
 * Cells of 16 bytes, so that a look at one waits for the memory once: a and b, one higher each (0: free), and the time as
 * whole numbers, then the distance in float32.
 */
interface Cells {
  readonly whole: Int32Array;
  readonly real: Float32Array;
}

function createCells(capacity: number): Cells {
  const bytes = new ArrayBuffer(16 * capacity);
  return { whole: new Int32Array(bytes), real: new Float32Array(bytes) };
}

/** Multiplied by odd constants and folded, so that neighbouring numbers lie apart. */
function hash(a: number, b: number): number {
  const mixed = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b);
  return mixed ^ (mixed >>> 15);
}

/**
 * When pairs of groups a < b were measured (0: never) and their distance then. A hash table with open addressing in
 * columns, because a `Map` of a million pairs takes many times as long.
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
  let columns = createColumns(capacity);

  const find = ({ firsts, seconds }: Columns, a: number, b: number): number => {
    const mask = firsts.length - 1;
    let at = hash(a, b) & mask;
    while ((firsts[at] ?? -1) >= 0 && (firsts[at] !== a || seconds[at] !== b)) at = (at + 1) & mask;
    return at;
  };
  const grow = (): void => {
    const former = columns;
    capacity *= 2;
    columns = createColumns(capacity);
    for (let from = 0; from < former.firsts.length; from++) {
      const a = former.firsts[from] ?? -1;
      if (a < 0) continue;
      const b = former.seconds[from] ?? 0;
      const at = find(columns, a, b);
      columns.firsts[at] = a;
      columns.seconds[at] = b;
      columns.times[at] = former.times[from] ?? 0;
      columns.distances[at] = former.distances[from] ?? 0;
    }
  };

  return {
    place: (a, b) => {
      if (2 * used >= capacity) grow();
      const at = find(columns, a, b);
      if ((columns.firsts[at] ?? -1) >= 0) return at;
      used++;
      columns.firsts[at] = a;
      columns.seconds[at] = b;
      return at;
    },
    time: (place) => columns.times[place] ?? 0,
    distance: (place) => columns.distances[place] ?? 0,
    put: (place, time, distance) => {
      columns.times[place] = time;
      columns.distances[place] = distance;
    },
  };
}

interface Columns {
  /** −1: free. */
  readonly firsts: Int32Array;
  readonly seconds: Int32Array;
  readonly times: Int32Array;
  readonly distances: Float64Array;
}

function createColumns(capacity: number): Columns {
  return {
    firsts: new Int32Array(capacity).fill(-1),
    seconds: new Int32Array(capacity),
    times: new Int32Array(capacity),
    distances: new Float64Array(capacity),
  };
}

/** Multiplied by odd constants and folded, so that neighbouring numbers lie apart. */
function hash(a: number, b: number): number {
  const mixed = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b);
  return mixed ^ (mixed >>> 15);
}

/** A column of numbers by id that grows as ids do. What was never set is `blank`. */
export interface Growing<A extends Int32Array | Uint16Array | Uint32Array | Float64Array> {
  /** By id; ids beyond its end were never set. Another array after a `set` beyond it. */
  readonly values: A;
  get(id: number): number;
  set(id: number, value: number): void;
}

const first = 1024;
/** Ids come one after the other: room for a quarter more keeps copies rare and memory close to what is used. */
const room = 1.25;

export function createGrowing<A extends Int32Array | Uint16Array | Uint32Array | Float64Array>(
  make: (length: number) => A,
  blank = 0,
): Growing<A> {
  let values = make(first).fill(blank) as A;
  return {
    get values() {
      return values;
    },
    get: (id) => values[id] ?? blank,
    set: (id, value) => {
      if (id >= values.length) {
        const larger = make(Math.ceil((id + 1) * room)).fill(blank) as A;
        larger.set(values);
        values = larger;
      }
      values[id] = value;
    },
  };
}

/** Rows in a block: at 512 floats a block is 4 MB, enough to keep a matrix product busy. */
export const blockRows = 2048;

type Numbers = Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer>;

/** A growing table of numbers. It lies in blocks, so that growing copies nothing and wastes less than a block. */
export interface Rows<T extends Numbers> {
  readonly width: number;
  /** Each holds `blockRows` rows, one after the other; row r is in block r / `blockRows`. */
  readonly blocks: readonly T[];
  /** Makes room for `count` rows. */
  grow(count: number): void;
  /** A view of one row, not a copy. */
  at(row: number): T;
}

/** `make` gives a block of so many numbers, holding what rows begin with. */
export function createRows<T extends Numbers>(width: number, make: (length: number) => T): Rows<T> {
  const blocks: T[] = [];
  return {
    width,
    blocks,
    grow: (count) => {
      while (blocks.length * blockRows < count) blocks.push(make(blockRows * width));
    },
    at: (row) => {
      const block = blocks[Math.floor(row / blockRows)];
      if (!block) throw new RangeError(`there is no row ${row}`);
      const first = (row % blockRows) * width;
      return block.subarray(first, first + width) as T;
    },
  };
}

/** How far the squared norm of a vector may be from 1: float32 rounding over 512 terms stays far below. */
const normTolerance = 1e-3;

/** The vectors of faces, row by row in one growing array. A row is a *slot*; slots are never used again. */
export interface VectorStore {
  readonly dimensions: number;
  /** Slots given out, removed ones included. */
  readonly size: number;
  /** Faces held. */
  readonly live: number;
  /** `size × dimensions` numbers and more; replaced when it grows, so never keep it. */
  readonly vectors: Float32Array<ArrayBuffer>;
  /** The face in a slot, 0 once it is removed. */
  idAt(slot: number): number;
  slotOf(id: number): number | undefined;
  /** Gives the new slot. The vector has norm 1. */
  add(id: number, vector: Float32Array): number;
  /** Gives the slot that was freed. */
  remove(id: number): number | undefined;
}

/** Takes over `ids` (0: removed) and their `vectors`, or begins empty. */
export function createVectorStore(
  dimensions: number,
  ids: Int32Array = new Int32Array(0),
  rows: Float32Array<ArrayBuffer> = new Float32Array(0),
): VectorStore {
  let vectors = rows;
  const idOfSlot = Array.from(ids);
  const slotOfId = new Map<number, number>();
  for (const [slot, id] of idOfSlot.entries()) if (id) slotOfId.set(id, slot);

  const grow = (rowsNeeded: number): void => {
    if (rowsNeeded * dimensions <= vectors.length) return;
    const larger = new Float32Array(Math.max(1024, Math.ceil(rowsNeeded * 1.5)) * dimensions);
    larger.set(vectors);
    vectors = larger;
  };

  return {
    dimensions,
    get size() {
      return idOfSlot.length;
    },
    get live() {
      return slotOfId.size;
    },
    get vectors() {
      return vectors;
    },
    idAt: (slot) => idOfSlot[slot] ?? 0,
    slotOf: (id) => slotOfId.get(id),
    add: (id, vector) => {
      const slot = idOfSlot.push(id) - 1;
      slotOfId.set(id, slot);
      grow(slot + 1);
      vectors.set(vector, slot * dimensions);
      return slot;
    },
    remove: (id) => {
      const slot = slotOfId.get(id);
      if (slot === undefined) return undefined;
      slotOfId.delete(id);
      idOfSlot[slot] = 0;
      return slot;
    },
  };
}

/** False for NaN too, which fails every comparison. */
export function isUnitVector(vector: Float32Array, dimensions: number): boolean {
  let square = 0;
  for (const value of vector) square += value * value;
  return vector.length === dimensions && Math.abs(square - 1) <= normTolerance;
}

import { squaredDistance } from './distance.ts';
import { blockRows, createRows, type Rows } from './rows.ts';

/** How far the squared norm of a vector may be from 1: float32 rounding over 512 terms stays far below. */
const normTolerance = 1e-3;

/** The vectors of faces in a growing table. A row is a *slot*; slots are never used again. */
export interface HeldVectors {
  readonly dimensions: number;
  /** Slots given out, removed ones included. */
  readonly size: number;
  /** Faces held. */
  readonly live: number;
  /** Slot by slot, norm 1; zero once the face is removed. */
  readonly vectors: Rows<Float32Array<ArrayBuffer>>;
  /** The face in a slot, 0 once it is removed. */
  idAt(slot: number): number;
  slotOf(id: number): number | undefined;
}

export interface VectorStore extends HeldVectors {
  /** Gives the new slot. The vector has norm 1. */
  add(id: number, vector: Float32Array): number;
  /** Gives the slot that was freed. Nothing of the vector is left. */
  remove(id: number): number | undefined;
}

/** Takes over `ids` (0: removed) and their `vectors`, or begins empty. */
export function createVectorStore(
  dimensions: number,
  ids: Int32Array = new Int32Array(0),
  vectors = createVectorRows(dimensions),
): VectorStore {
  const idOfSlot = Array.from(ids);
  const slotOfId = new Map<number, number>();
  for (const [slot, id] of idOfSlot.entries()) if (id) slotOfId.set(id, slot);

  return {
    dimensions,
    get size() {
      return idOfSlot.length;
    },
    get live() {
      return slotOfId.size;
    },
    vectors,
    idAt: (slot) => idOfSlot[slot] ?? 0,
    slotOf: (id) => slotOfId.get(id),
    add: (id, vector) => {
      const slot = idOfSlot.push(id) - 1;
      slotOfId.set(id, slot);
      vectors.grow(slot + 1);
      vectors.at(slot).set(vector);
      return slot;
    },
    remove: (id) => {
      const slot = slotOfId.get(id);
      if (slot === undefined) return undefined;
      slotOfId.delete(id);
      idOfSlot[slot] = 0;
      vectors.at(slot).fill(0);
      return slot;
    },
  };
}

export function createVectorRows(dimensions: number): Rows<Float32Array<ArrayBuffer>> {
  return createRows(dimensions, (length) => new Float32Array(length));
}

/** L2, between the vectors of two slots. */
export function distanceBetween({ vectors, dimensions }: HeldVectors, a: number, b: number): number {
  const [ofA, ofB] = [vectors.blocks[Math.floor(a / blockRows)], vectors.blocks[Math.floor(b / blockRows)]];
  if (!ofA || !ofB) throw new RangeError(`there is no slot ${a} or ${b}`);
  return Math.sqrt(squaredDistance(ofA, a % blockRows, ofB, b % blockRows, dimensions));
}

/** The least product that two vectors within this distance can have. */
export function productWithin(distance: number): number {
  return 1 - (distance * distance) / 2 - normTolerance;
}

/** False for NaN too, which fails every comparison. */
export function isUnitVector(vector: Float32Array, dimensions: number): boolean {
  let square = 0;
  for (const value of vector) square += value * value;
  return vector.length === dimensions && Math.abs(square - 1) <= normTolerance;
}

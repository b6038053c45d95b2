import { settings } from '../settings.ts';
import { growTo } from './kernel-memory.ts';
import { createCodeKernel, questionHead, rowTail, shapes, type Shape } from './code-kernel.ts';
import { encodeVector } from './encode-vector.ts';
import type { NeighbourGraph } from './neighbour-graph.ts';
import { blockRows } from './rows.ts';
import { productWithin, type VectorStore } from './vector-store.ts';

/**
 * The vectors of a store once more, each number in one byte: a quarter of the memory to read, and whole numbers, whose
 * sums are the same on every processor. How far a product may be off is known, so what is decided by codes is exact
 * once float64 has had a look at those that they leave in doubt.
 */
export interface CodedVectors {
  /** Takes in the slots before `end`, which have a list, or the next `most` of them. Tells whether it has all. */
  follow(end: number, most?: number): boolean;
  /** Nothing of these faces is left. */
  erase(slots: Iterable<number>): void;
  /** The least product by which another may come into the list of a slot. */
  wantedBy(slot: number): number;
  /** Says with whom slots are compared from here on: up to `settings.index.batch` slots that were taken in. */
  ask(slots: readonly number[]): void;
  /**
   * Calls back with each slot from `first` to before `end` whose product with the `at`th of those asked may be as large
   * as `wanted[at]`, which may change meanwhile, or as the slot wants.
   */
  compare(first: number, end: number, wanted: Float64Array, take: TakeSlot): void;
}

/** Takes a slot whose product with the `at`th of those asked lies between two numbers. */
type TakeSlot = (slot: number, at: number, least: number, most: number) => void;

/** Questions from the `first` of those asked on. */
interface QuestionBlock {
  readonly first: number;
  readonly shape: Shape;
  /** Float at which it begins. */
  readonly head: number;
}

/** Rows compared with one block of questions after the other, 256 kB at 512 numbers: they stay in the cache meanwhile. */
const rowsAtOnce = 512;
const { batch } = settings.index;
const largestCode = 127;
/** No vector of a store is longer, what rounding does to it included. */
const longest = 1.1;
/** What float32, and lengths in the tolerance of a unit vector, may do to a product as it stands for a distance. */
const rounding = 6e-4;

export function createCodedVectors(store: VectorStore, graph: NeighbourGraph): CodedVectors {
  const { vectors, dimensions } = store;
  const kernel = createCodeKernel();
  const bytes = 16 * Math.ceil(dimensions / 16);
  const most = Math.max(...shapes.map(({ questions }) => questions));
  const [rowBytes, blockBytes] = [bytes + rowTail, questionHead + most * 2 * bytes];
  /** Marks are at the beginning, then products, blocks of questions and rows. */
  const productsAt = rowsAtOnce;
  const blocksAt = productsAt + rowsAtOnce * 16;
  const rowsAt = blocksAt + (Math.ceil(batch / most) + shapes.length) * blockBytes;
  const tailOf = (slot: number): number => (rowsAt + slot * rowBytes + bytes) / 4;
  let taken = 0;
  const question = new Int16Array(bytes);
  /** So that no sum of products is beyond 32 bits. */
  const largestNumber = Math.min(32_767, Math.floor((2 ** 31 - 1) / (largestCode * dimensions)));
  let blocks: readonly QuestionBlock[] = [];
  // The whole memory, seen in three ways.
  let codes = new Int8Array(0);
  let numbers = new Int16Array(0);
  let floats = new Float32Array(0);

  const makeRoom = (count: number): void => {
    // The last stream of the last rows may read some that are not there.
    const needed = rowsAt + (count + most) * rowBytes;
    if (codes.length >= needed) return;
    floats = new Float32Array(growTo(kernel.memory, needed).buffer as ArrayBuffer);
    codes = new Int8Array(floats.buffer);
    numbers = new Int16Array(floats.buffer);
  };
  const measureWanted = (slot: number): void => {
    if (slot >= taken) return;
    const last = graph.distances.blocks[Math.floor(slot / blockRows)]?.[(slot % blockRows) * graph.k + graph.k - 1];
    floats[tailOf(slot) + 2] = Math.max(-2, productWithin(last ?? Infinity));
  };
  const encode = (slot: number): void => {
    const first = rowsAt + slot * rowBytes;
    const { scale, error } = encodeVector(vectors.at(slot), codes.subarray(first, first + bytes), largestCode);
    floats[tailOf(slot)] = scale;
    // Nobody is near to one who is gone.
    floats[tailOf(slot) + 1] = store.idAt(slot) === 0 ? -Infinity : error * longest + rounding;
  };
  graph.watchers.add({
    taken: measureWanted,
    forgot: () => {
      for (let slot = 0; slot < taken; slot++) measureWanted(slot);
    },
  });
  /** Compares rows with a block of questions. Gives how many lie in each stream. */
  const multiply = (first: number, end: number, { head, shape }: QuestionBlock): number => {
    const { questions, streams } = shape;
    const count = Math.ceil((end - first) / streams);
    const row = rowsAt + first * rowBytes;
    const gap = count * rowBytes;
    kernel.compare[questions](row, row + gap, 4 * head, bytes, gap, productsAt, 0);
    return count;
  };
  const takeMarked = (first: number, end: number, each: number, block: QuestionBlock, take: TakeSlot): void => {
    const { questions, streams } = block.shape;
    for (let slot = first, row = 0, cell = 0; slot < end; slot++, cell += streams) {
      // The next stream.
      if (row === each) [row, cell] = [0, cell - each * streams + 1];
      row++;
      const marks = codes[cell] ?? 0;
      if (marks === 0) continue;
      const error = floats[tailOf(slot) + 1] ?? 0;
      for (let i = 0; i < questions; i++) {
        if ((marks & (1 << i)) === 0) continue;
        const product = floats[productsAt / 4 + cell * 4 + i] ?? 0;
        const doubt = error + (floats[block.head + 4 + i] ?? 0);
        take(slot, block.first + i, product - doubt, product + doubt);
      }
    }
  };
  const fillBlock = ({ first, shape, head }: QuestionBlock, slots: readonly number[]): void => {
    floats.set([0, 0, 0, 0, -Infinity, -Infinity, -Infinity, -Infinity, 0, 0, 0, 0], head);
    for (let i = 0; i < shape.questions; i++) {
      const slot = slots[first + i] ?? 0;
      const { scale, error } = encodeVector(vectors.at(slot), question, largestNumber);
      floats[head + i] = scale;
      floats[head + 4 + i] = store.idAt(slot) === 0 ? -Infinity : error * longest;
      const to = 2 * head + questionHead / 2 + 16 * i;
      for (let n = 0; n < bytes; n++) numbers[to + (n - (n % 16)) * shape.questions + (n % 16)] = question[n] ?? 0;
    }
  };

  return {
    wantedBy: (slot) => floats[tailOf(slot) + 2] ?? 0,
    follow: (end, most = Infinity) => {
      makeRoom(end);
      for (const stop = Math.min(end, taken + most); taken < stop;) {
        encode(taken++);
        measureWanted(taken - 1);
      }
      return taken >= end;
    },
    erase: (slots) => {
      for (const slot of slots) if (slot < taken) encode(slot);
      // Who was asked last is still there.
      question.fill(0);
      floats.fill(0, blocksAt / 4, rowsAt / 4);
    },
    ask: (slots) => {
      blocks = splitQuestions(slots.length).map((block, at) => ({ ...block, head: (blocksAt + at * blockBytes) / 4 }));
      for (const block of blocks) fillBlock(block, slots);
    },
    compare: (first, end, wanted, take) => {
      for (let start = first; start < end; start += rowsAtOnce) {
        const stop = Math.min(end, start + rowsAtOnce);
        for (const block of blocks) {
          floats.set(wanted.subarray(block.first, block.first + block.shape.questions), block.head + 8);
          takeMarked(start, stop, multiply(start, stop, block), block, take);
        }
      }
    },
  };
}

/** Puts so many questions into blocks, the largest first. */
function splitQuestions(count: number): Pick<QuestionBlock, 'first' | 'shape'>[] {
  const blocks: Pick<QuestionBlock, 'first' | 'shape'>[] = [];
  let first = 0;
  for (const shape of shapes) {
    for (; first + shape.questions <= count; first += shape.questions) blocks.push({ first, shape });
  }
  return blocks;
}

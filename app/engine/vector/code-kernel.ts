import { openKernel, type KernelMemory } from './kernel-memory.ts';
import { kernels } from './kernels.ts';

/**
 * Compares rows with up to four questions. A row is so many signed bytes (`bytes`, a multiple of 16 above 0) and then
 * four float32: its scale, its error, the product from which it wants another, and one that fills up. A question block
 * is the scales of four questions as float32, their errors, the products from which they want another, and the numbers of
 * its questions in 16 bits: the first 16 of each, then the next 16 of each. A question that is not there has the error
 * −∞, as a row that is gone.
 *
 * Rows are read in several streams, because memory then answers sooner: `gap` bytes after the one from byte `row` to
 * before byte `end` comes the next. For the first row of each stream, then the second of each, four float32 go to `into`:
 * the dot product with each question × both scales. A byte goes to `marks`: a bit for each question where that product and
 * both errors together reach what the row or the question wants.
 */
type Compare = (
  row: number,
  end: number,
  question: number,
  bytes: number,
  gap: number,
  into: number,
  marks: number,
) => void;

/** Questions in a block and streams of rows: as many as the registers of a processor hold. */
export const shapes = [
  { questions: 4, streams: 2 },
  { questions: 2, streams: 2 },
  { questions: 1, streams: 4 },
] as const;
export type Shape = (typeof shapes)[number];

export interface CodeKernel {
  readonly memory: KernelMemory;
  readonly compare: Readonly<Record<Shape['questions'], Compare>>;
}

/** Bytes of what follows the codes of a row, and of what comes before those of questions. */
export const [rowTail, questionHead] = [16, 48];

/** A kernel with a memory of its own, of one page. Its source: resources/kernels/codes.ts. */
export function createCodeKernel(): CodeKernel {
  const { memory, functions } = openKernel(kernels.codes);
  const { compare1, compare2, compare4 } = functions as Record<'compare1' | 'compare2' | 'compare4', Compare>;
  return { memory, compare: { 1: compare1, 2: compare2, 4: compare4 } };
}

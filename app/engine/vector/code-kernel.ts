import {
  addWhole,
  assembleModule,
  get,
  instantiate,
  isBelow,
  load,
  repeat,
  set,
  simd,
  store,
  storeByte,
  tee,
  whole,
  type RowMemory,
} from './assemble-module.ts';

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
  readonly memory: RowMemory;
  readonly compare: Readonly<Record<Shape['questions'], Compare>>;
}

/** Bytes of what follows the codes of a row, and of what comes before those of questions. */
export const [rowTail, questionHead] = [16, 48];

const zeros = [...simd(0x0c), ...Array.from({ length: 16 }, () => 0)];
const [lowHalf, highHalf] = [simd(0x87), simd(0x88)];
/** Multiplies eight numbers by eight, and adds neighbours. */
const multiplyPairs = simd(0xba);
const addWholes = simd(0xae);
const part = (at: number): number[] => [...simd(0x1b), at];
const putPart = (at: number): number[] => [...simd(0x1c), at];
const [toFloats, addFloats, multiplyFloats, lesserFloats] = [simd(0xfa), simd(0xe4), simd(0xe6), simd(0xea)];
const areAtLeast = simd(0x46);
/** Four times the float at an address. */
const loadFourTimes = (offset: number): number[] => [...simd(0x09), 2, offset];
const bits = simd(0xa4);

const times = (count: number, work: (at: number) => readonly number[]): number[] =>
  Array.from({ length: count }, (_, at) => work(at)).flat();

/** A function for so many questions and streams. */
function compareFunction(name: string, questions: number, streams: number) {
  const [row, end, question, bytes, gap, into, marks, at, stop] = [0, 1, 2, 3, 4, 5, 6, 7, 8];
  const wholes = 2 + streams - 1;
  const rowOf = (stream: number): number => (stream === 0 ? row : stop + stream);
  const numbers = 7 + wholes;
  const low = (stream: number): number => numbers + 1 + 2 * stream;
  const high = (stream: number): number => low(stream) + 1;
  const sum = (stream: number, i: number): number => low(streams) + stream * questions + i;
  const advance = (local: number, by: number): number[] => [...get(local), ...whole(by), addWhole, ...set(local)];

  const readRow = (stream: number): number[] => [
    ...[...get(rowOf(stream)), ...load(), ...tee(low(stream)), ...highHalf, ...set(high(stream))],
    ...[...get(low(stream)), ...lowHalf, ...set(low(stream)), ...advance(rowOf(stream), 16)],
  ];
  const multiply = (half: (stream: number) => number, i: number, offset: number): number[] => [
    ...[...get(at), ...load(offset), ...set(numbers)],
    ...times(streams, (stream) => [
      ...[...get(sum(stream, i)), ...get(half(stream)), ...get(numbers), ...multiplyPairs],
      ...[...addWholes, ...set(sum(stream, i))],
    ]),
  ];
  const sixteen = [
    ...times(streams, readRow),
    ...times(questions, (i) => [...multiply(low, i, 32 * i), ...multiply(high, i, 32 * i + 16)]),
    ...[...advance(at, 32 * questions), ...get(row), ...get(stop), isBelow],
  ];
  /** Once the row is read, and its tail comes next. */
  const finish = (stream: number): number[] => {
    const ofQuestions = (offset: number): number[] => [...get(question), ...load(offset)];
    const ofRow = (offset: number): number[] => [...get(rowOf(stream)), ...loadFourTimes(offset)];
    const total = (i: number): number[] => [
      ...times(4, (at) => [...get(sum(stream, i)), ...part(at)]),
      ...[addWhole, addWhole, addWhole, ...putPart(i)],
    ];
    const products = [...zeros, ...times(questions, total), ...toFloats];
    const scaled = [...products, ...ofRow(0), ...multiplyFloats, ...ofQuestions(0), ...multiplyFloats];
    const most = [...get(numbers), ...ofRow(4), ...addFloats, ...ofQuestions(16), ...addFloats];
    const wanted = [...ofRow(8), ...ofQuestions(32), ...lesserFloats];
    return [
      ...[...scaled, ...set(numbers), ...get(into), ...get(numbers), ...store(16 * stream)],
      ...[...get(marks), ...most, ...wanted, ...areAtLeast, ...bits, ...storeByte(stream)],
      ...advance(rowOf(stream), rowTail),
    ];
  };
  const body = [
    ...times(streams - 1, (before) => [...[...get(rowOf(before)), ...get(gap), addWhole, ...set(rowOf(before + 1))]]),
    ...repeat([
      ...times(streams * questions, (i) => [...zeros, ...set(sum(0, i))]),
      ...[...get(question), ...whole(questionHead), addWhole, ...set(at)],
      ...[...get(row), ...get(bytes), addWhole, ...set(stop)],
      ...repeat(sixteen),
      ...times(streams, finish),
      ...[...advance(into, 16 * streams), ...advance(marks, streams), ...get(row), ...get(end), isBelow],
    ]),
  ];
  return { name, parameters: 7, wholes, vectors: 1 + 2 * streams + streams * questions, body };
}

let assembled: object | undefined;

/** A kernel with a memory of its own, of one page. */
export function createCodeKernel(): CodeKernel {
  assembled ??= assembleModule(
    shapes.map(({ questions, streams }) => compareFunction(String(questions), questions, streams)),
  );
  const { memory, functions } = instantiate(assembled);
  return { memory, compare: functions as CodeKernel['compare'] };
}

/** As much of it as is used here: the types of Node lack it, and those of browsers are not for the engine. */
declare const WebAssembly: {
  readonly Module: new (code: Uint8Array<ArrayBuffer>) => object;
  readonly Memory: new (size: { readonly initial: number }) => RowMemory;
  readonly Instance: new (
    module: object,
    imports: Record<string, Record<string, object>>,
  ) => { readonly exports: object };
};

/** Grows by pages of 64 kB; every time it does, it has another buffer. */
export interface RowMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

/** Work on rows of float32 in one memory. Rows begin at a byte and are `bytes` long, a multiple of 16 above 0. */
export interface RowKernel {
  readonly memory: RowMemory;
  /** The dot product of two rows in float64: to the last digit what `dotProduct` gives, in less than half the time. */
  dot(one: number, other: number, bytes: number): number;
  /** Adds a row to `sum`. */
  add(sum: number, row: number, bytes: number): void;
}

// Instructions of WebAssembly, with vectors of 128 bits: webassembly.github.io/spec/core/appendix/index-instructions.html
const get = (local: number): number[] => [0x20, local];
const set = (local: number): number[] => [0x21, local];
const tee = (local: number): number[] => [0x22, local];
const whole = (value: number): number[] => [0x41, value];
const [loop, again, nothing, end] = [0x03, 0x0d, 0x40, 0x0b];
const [addWhole, subtractWhole, addFloat64] = [0x6a, 0x6b, 0xa0];
const simd = (instruction: number): number[] => [0xfd, ...numeral(instruction)];
const load = [...simd(0x00), 4, 0];
const store = [...simd(0x0b), 4, 0];
/** The upper half of a vector in place of its lower one. */
const upper = [...simd(0x0d), 8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15];
const lane = (at: number): number[] => [...simd(0x21), at];
const [toFloat64s, addFloat32s, addFloat64s, multiplyFloat64s] = [simd(0x5f), simd(0xe4), simd(0xf0), simd(0xf2)];
const [i32, f64, v128] = [0x7f, 0x7c, 0x7b];

/** Locals of both functions: their parameters, then the variables of `dot`. */
const [one, other, bytes, lowSums, highSums, fromOne, fromOther] = [0, 1, 2, 3, 4, 5, 6];

/** Does `work` on four numbers of each row, and goes on to the next four until none are left. */
function overRows(work: readonly number[]): number[] {
  const forward = [one, other].flatMap((row) => [...get(row), ...whole(16), addWhole, ...set(row)]);
  const left = [...get(bytes), ...whole(16), subtractWhole, ...tee(bytes)];
  return [loop, nothing, ...work, ...forward, ...left, again, 0, end];
}

/** Two products each are added to two sums, four in all, in the order of `dotProduct`. */
function dotBody(): number[] {
  const low = (row: number): number[] => [...get(row), ...toFloat64s];
  const high = (row: number): number[] => [...get(row), ...get(row), ...upper, ...toFloat64s];
  const addProducts = (sums: number, half: (row: number) => number[]): number[] => [
    ...[...get(sums), ...half(fromOne), ...half(fromOther)],
    ...[...multiplyFloat64s, ...addFloat64s, ...set(sums)],
  ];
  const both = (sums: number): number[] => [...get(sums), ...lane(0), ...get(sums), ...lane(1), addFloat64];
  return [
    ...overRows([
      ...[...get(one), ...load, ...set(fromOne), ...get(other), ...load, ...set(fromOther)],
      ...[...addProducts(lowSums, low), ...addProducts(highSums, high)],
    ]),
    ...[...both(lowSums), ...both(highSums), addFloat64],
  ];
}

function addBody(): number[] {
  return overRows([...get(one), ...get(one), ...load, ...get(other), ...load, ...addFloat32s, ...store]);
}

/** Unsigned LEB128. */
function numeral(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...numeral(value >>> 7)];
}

const list = (items: readonly (readonly number[])[]): number[] => [...numeral(items.length), ...items.flat()];
const sized = (content: readonly number[]): number[] => [...numeral(content.length), ...content];
const named = (name: string): number[] => sized([...Buffer.from(name)]);
const body = (variables: number, code: readonly number[]): number[] =>
  sized([...list(variables > 0 ? [[variables, v128]] : []), ...code, end]);

function assemble(): Uint8Array<ArrayBuffer> {
  const parameters = list([[i32], [i32], [i32]]);
  const types = list([
    [0x60, ...parameters, ...list([[f64]])],
    [0x60, ...parameters, ...list([])],
  ]);
  const imports = list([[...named('rows'), ...named('memory'), 2, 0, 1]]);
  const functions = list([[0], [1]]);
  const exports = list([
    [...named('dot'), 0, 0],
    [...named('add'), 0, 1],
  ]);
  const code = list([body(4, dotBody()), body(0, addBody())]);
  const sections = [
    [1, types],
    [2, imports],
    [3, functions],
    [7, exports],
    [10, code],
  ] as const;
  const header = [...Buffer.from('\0asm'), 1, 0, 0, 0];
  return Uint8Array.from([...header, ...sections.flatMap(([id, content]) => [id, ...sized(content)])]);
}

let assembled: object | undefined;

/** A kernel with a memory of its own, of one page. */
export function createRowKernel(): RowKernel {
  assembled ??= new WebAssembly.Module(assemble());
  const memory = new WebAssembly.Memory({ initial: 1 });
  const { exports } = new WebAssembly.Instance(assembled, { rows: { memory } });
  return { memory, ...(exports as Pick<RowKernel, 'dot' | 'add'>) };
}

const pageBytes = 65_536;

/** Makes room for so many bytes, and for half as many again. Gives a view of all there are. */
export function growTo(memory: RowMemory, bytes: number): Float32Array {
  const pages = Math.ceil((1.5 * bytes - memory.buffer.byteLength) / pageBytes);
  if (pages > 0) memory.grow(pages);
  return new Float32Array(memory.buffer);
}

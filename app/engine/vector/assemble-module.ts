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

type Code = readonly number[];

/** A function of a module: whole numbers in, and a float64 or nothing out. */
export interface ModuleFunction {
  readonly name: string;
  readonly parameters: number;
  readonly givesFloat64?: boolean;
  /** Locals that follow the parameters: so many whole numbers, then so many vectors of 128 bits. */
  readonly wholes?: number;
  readonly vectors?: number;
  readonly body: Code;
}

/** Instructions of WebAssembly: webassembly.github.io/spec/core/appendix/index-instructions.html */
export const get = (local: number): number[] => [0x20, local];
export const set = (local: number): number[] => [0x21, local];
export const tee = (local: number): number[] => [0x22, local];
export const whole = (value: number): number[] => [0x41, ...signedNumeral(value)];
export const [addWhole, subtractWhole, isBelow] = [0x6a, 0x6b, 0x49];
export const addFloat64 = 0xa0;
export const storeByte = (offset = 0): number[] => [0x3a, 0, ...numeral(offset)];
/** Instructions on vectors of 128 bits. */
export const simd = (instruction: number): number[] => [0xfd, ...numeral(instruction)];
export const load = (offset = 0): number[] => [...simd(0x00), 4, ...numeral(offset)];
export const store = (offset = 0): number[] => [...simd(0x0b), 4, ...numeral(offset)];
const end = 0x0b;

/** Does `work`, and once more for as long as it leaves a number other than 0. */
export const repeat = (work: Code): number[] => [0x03, 0x40, ...work, 0x0d, 0, end];

/** A compiled module; its memory is given to each instance. */
export function assembleModule(functions: readonly ModuleFunction[]): object {
  const [i32, f64, v128] = [0x7f, 0x7c, 0x7b];
  const types = functions.map(({ parameters, givesFloat64 }) => [
    0x60,
    ...list(Array.from({ length: parameters }, () => [i32])),
    ...list(givesFloat64 ? [[f64]] : []),
  ]);
  const locals = ({ wholes = 0, vectors = 0 }: ModuleFunction): number[] =>
    list([...(wholes > 0 ? [[wholes, i32]] : []), ...(vectors > 0 ? [[vectors, v128]] : [])]);
  const sections: readonly (readonly [number, Code])[] = [
    [1, list(types)],
    [2, list([[...named('rows'), ...named('memory'), 2, 0, 1]])],
    [3, list(functions.map((_, at) => [at]))],
    [7, list(functions.map(({ name }, at) => [...named(name), 0, at]))],
    [10, list(functions.map((one) => sized([...locals(one), ...one.body, end])))],
  ];
  const header = [...Buffer.from('\0asm'), 1, 0, 0, 0];
  return new WebAssembly.Module(
    Uint8Array.from([...header, ...sections.flatMap(([id, content]) => [id, ...sized(content)])]),
  );
}

/** An instance of a module, with a memory of its own, of one page. Its functions are those that were assembled. */
export function instantiate(module: object): { readonly memory: RowMemory; readonly functions: object } {
  const memory = new WebAssembly.Memory({ initial: 1 });
  return { memory, functions: new WebAssembly.Instance(module, { rows: { memory } }).exports };
}

/** Unsigned LEB128. */
function numeral(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...numeral(value >>> 7)];
}

/** Signed LEB128 of a number from 0 up. */
function signedNumeral(value: number): number[] {
  return value < 64 ? [value] : [(value & 127) | 128, ...signedNumeral(value >>> 7)];
}

function list(items: readonly Code[]): number[] {
  return [...numeral(items.length), ...items.flat()];
}

function sized(content: Code): number[] {
  return [...numeral(content.length), ...content];
}

function named(name: string): number[] {
  return sized([...Buffer.from(name)]);
}

const pageBytes = 65_536;

/** Makes room for so many bytes, and for half as many again. Gives a view of all there are. */
export function growTo(memory: RowMemory, bytes: number): Float32Array {
  const pages = Math.ceil((1.5 * bytes - memory.buffer.byteLength) / pageBytes);
  if (pages > 0) memory.grow(pages);
  return new Float32Array(memory.buffer);
}

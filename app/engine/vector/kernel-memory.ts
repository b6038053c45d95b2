/** As much of it as is used here: the types of Node lack it, and those of browsers are not for the engine. */
declare const WebAssembly: {
  readonly Module: new (code: Uint8Array<ArrayBuffer>) => object;
  readonly Memory: new (size: { readonly initial: number }) => KernelMemory;
  readonly Instance: new (
    module: object,
    imports: Record<string, Record<string, object>>,
  ) => { readonly exports: object };
};

/** Grows by pages of 64 kB; every time it does, it has another buffer. */
export interface KernelMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

const pageBytes = 65_536;
const modules = new Map<string, object>();

/** An instance of one of `kernels`, with a memory of its own, of one page. */
export function openKernel(code: string): { readonly memory: KernelMemory; readonly functions: object } {
  const module = modules.get(code) ?? new WebAssembly.Module(new Uint8Array(Buffer.from(code, 'base64')));
  modules.set(code, module);
  const memory = new WebAssembly.Memory({ initial: 1 });
  return { memory, functions: new WebAssembly.Instance(module, { env: { memory } }).exports };
}

/** Makes room for so many bytes, and for half as many again. Gives a view of all there are. */
export function growTo(memory: KernelMemory, bytes: number): Float32Array {
  const pages = Math.ceil((1.5 * bytes - memory.buffer.byteLength) / pageBytes);
  if (pages > 0) memory.grow(pages);
  return new Float32Array(memory.buffer);
}

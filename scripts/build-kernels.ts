/**
 * Compiles resources/kernels to WebAssembly and writes it into app/engine/vector/kernels.ts: `npm run kernels`, after a
 * change there.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import asc from 'assemblyscript/asc';

export const kernelsFile = join(import.meta.dirname, '../app/engine/vector/kernels.ts');
const sources = join(import.meta.dirname, '../resources/kernels');

/** The text of `kernelsFile`. @throws {Error} where the compiler finds something wrong, which it has told by then */
export async function compileKernels(): Promise<string> {
  const lines = ['codes', 'rows'].map(async (name) => `  ${name}:\n    '${await compile(name)}',`);
  const made = '// WebAssembly, made from resources/kernels by `npm run kernels`.';
  return [made, 'export const kernels = {', ...(await Promise.all(lines)), '} as const;', ''].join('\n');
}

/** @returns the module in base64 */
async function compile(name: string): Promise<string> {
  let code = '';
  const { error } = await asc.main(
    [
      ...[join(sources, `${name}.ts`), '--outFile', `${name}.wasm`, '--importMemory'],
      ...['-O3', '--noAssert', '--runtime', 'stub', '--enable', 'simd'],
    ],
    {
      writeFile: (_, contents) => void (code = Buffer.from(contents).toString('base64')),
      stderr: { write: (text: string | Uint8Array) => process.stderr.write(text) },
    },
  );
  if (error) throw error;
  return code;
}

if (process.argv[1] === import.meta.filename) writeFileSync(kernelsFile, await compileKernels());

/**
 * Compiles resources/kernels to WebAssembly and writes it into app/engine/vector/kernels.ts: `npm run kernels`, after a
 * change there.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const kernelsFile = join(import.meta.dirname, '../app/engine/vector/kernels.ts');
const sources = join(import.meta.dirname, '../resources/kernels');
// By its command: its types would change those of arrays everywhere.
const compiler = fileURLToPath(import.meta.resolve('assemblyscript/bin/asc.js'));
const options = ['--importMemory', '-O3', '--noAssert', '--runtime', 'stub', '--enable', 'simd'];

/** The text of `kernelsFile`. @throws {Error} where the compiler finds something wrong, which it has told by then */
export function compileKernels(): string {
  const lines = ['codes', 'rows'].map((name) => `  ${name}:\n    '${compile(name)}',`);
  const made = '// WebAssembly, made from resources/kernels by `npm run kernels`.';
  return [made, 'export const kernels = {', ...lines, '} as const;', ''].join('\n');
}

/** @returns the module in base64 */
function compile(name: string): string {
  const dir = mkdtempSync(join(tmpdir(), 'familiar-kernels-'));
  try {
    const file = join(dir, `${name}.wasm`);
    const source = join(sources, `${name}.ts`);
    execFileSync(process.execPath, [compiler, source, '--outFile', file, ...options], { stdio: 'inherit' });
    return readFileSync(file, 'base64');
  } finally {
    rmSync(dir, { recursive: true });
  }
}

if (process.argv[1] === import.meta.filename) writeFileSync(kernelsFile, compileKernels());

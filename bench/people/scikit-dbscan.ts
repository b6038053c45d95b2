import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface ScikitRun {
  readonly labels: readonly number[];
  /** Seconds of DBSCAN alone, without starting Python and reading the rows. */
  readonly wall: number;
  readonly cpu: number;
}

/** Labels rows of `width` by scikit-learn. Needs scikit-learn in the Python environment FAMILIAR_PYTHON. */
export function scikitDbscan(values: Float32Array, width: number, eps: number, minSamples: number): ScikitRun {
  const python = process.env['FAMILIAR_PYTHON'];
  if (!python) throw new Error('set FAMILIAR_PYTHON to the python of an environment with scikit-learn');
  const dir = mkdtempSync(join(tmpdir(), 'familiar-scikit-'));
  try {
    const file = join(dir, 'rows.f32');
    writeFileSync(file, values);
    const script = join(import.meta.dirname, 'scikit-dbscan.py');
    const output = execFileSync(python, [script, file, String(width), String(eps), String(minSamples)], {
      maxBuffer: 2 ** 30,
    });
    return JSON.parse(output.toString()) as ScikitRun;
  } finally {
    rmSync(dir, { recursive: true });
  }
}

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { shares } from '../../scripts/calibration/threshold-grid.ts';

export interface PeerGrouping {
  readonly method: string;
  readonly setting: string;
  /** The radius or distance of the setting, L2; none where it is of another kind. */
  readonly numbers: readonly number[];
  /** The group of each row, −1 for a face that is alone. */
  readonly groups: readonly number[];
}

/**
 * Groups unit vectors (rows of `width`) by plain DBSCAN, average linkage, HDBSCAN and Chinese Whispers, at settings
 * around the pair threshold. Needs scikit-learn in the Python environment FAMILIAR_PYTHON.
 */
export function groupByPeers(vectors: Float32Array, width: number, pair: number): PeerGrouping[] {
  const python = process.env['FAMILIAR_PYTHON'];
  if (!python) throw new Error('set FAMILIAR_PYTHON to the python of an environment with scikit-learn');
  const radii = (from: number, to: number): number[] => shares(from, to, 0.01).map((share) => share * pair);
  const request = { dbscan: radii(0.5, 0.95), average: radii(0.7, 1), whispers: radii(0.6, 0.95) };
  const dir = mkdtempSync(join(tmpdir(), 'familiar-peers-'));
  try {
    const file = join(dir, 'rows.f32');
    writeFileSync(file, vectors);
    const output = execFileSync(python, [join(import.meta.dirname, 'peers.py'), file, String(width)], {
      input: JSON.stringify(request),
      maxBuffer: 2 ** 30,
    });
    return output
      .toString()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as PeerGrouping);
  } finally {
    rmSync(dir, { recursive: true });
  }
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { groupFaces } from '../../app/engine/cluster/group-faces.ts';
import { settings } from '../../app/engine/settings.ts';
import { openFaceIndex } from '../../app/engine/vector/face-index.ts';
import type { KnownFaces } from './embed-folders.ts';

export interface Thresholds {
  readonly eps: number;
  readonly acceptance: number;
}

/** Some of the known faces in an index of their own. */
export interface KnownGroups {
  /** Groups them as a library's: the group of each row in order, −1 for a face that is alone. */
  group(thresholds: Thresholds): Promise<Int32Array>;
  close(): void;
}

const { minSamples, coreQuality } = settings.cluster;
const never = new AbortController().signal;

export async function indexKnown(faces: KnownFaces, rows: readonly number[]): Promise<KnownGroups> {
  const { dimensions, vectors, quality } = faces;
  const dir = mkdtempSync(join(tmpdir(), 'familiar-calibration-'));
  const index = openFaceIndex(dir, 'calibration', dimensions, Infinity);
  for (const [at, row] of rows.entries()) {
    index.add(at + 1, vectors.subarray(row * dimensions, (row + 1) * dimensions));
  }
  await index.link();
  const none = new Int32Array(0);
  const core = Int32Array.from(rows.keys(), (at) => at + 1).filter(
    (id) => (quality[rows[id - 1] ?? -1] ?? 0) >= coreQuality,
  );
  const facts = { core, cannotLink: none, mustLink: none, labels: none, rejections: none };
  return {
    group: async (thresholds) => (await groupFaces(index, { ...thresholds, minSamples, ...facts }, never)).clusters,
    close: () => rmSync(dir, { recursive: true }),
  };
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { groupFaces } from '../../app/engine/cluster/group-faces.ts';
import { settings } from '../../app/engine/settings.ts';
import { openFaceIndex, type FaceIndex } from '../../app/engine/vector/face-index.ts';
import type { ClusterInput } from '../../app/engine/vector/index-service.ts';
import type { KnownFaces } from './embed-folders.ts';

export interface Thresholds {
  readonly eps: number;
  readonly acceptance: number;
}

/** Known faces in an index of their own: row i has the id i + 1. */
export interface KnownGroups {
  readonly index: FaceIndex;
  /** What they are grouped by besides distances, where nothing is said of them. */
  readonly facts: Omit<ClusterInput, keyof Thresholds>;
  /** Groups them as a library's: the group of each row in order, −1 for a face that is alone. */
  readonly group: (thresholds: Thresholds) => Promise<Int32Array>;
}

const { minSamples, coreQuality } = settings.cluster;
const never = new AbortController().signal;

export async function indexKnown({ dimensions, vectors, quality }: KnownFaces): Promise<KnownGroups> {
  const dir = mkdtempSync(join(tmpdir(), 'familiar-calibration-'));
  const index = openFaceIndex(dir, 'calibration', dimensions, Infinity);
  // Nothing is saved.
  rmSync(dir, { recursive: true });
  const ids = Int32Array.from(quality, (_, row) => row + 1);
  for (const id of ids) index.add(id, vectors.subarray((id - 1) * dimensions, id * dimensions));
  await index.link();
  const none = new Int32Array(0);
  const core = ids.filter((id) => (quality[id - 1] ?? 0) >= coreQuality);
  const facts = { minSamples, core, cannotLink: none, mustLink: none, labels: none, rejections: none };
  return {
    index,
    facts,
    group: async (thresholds) => (await groupFaces(index, { ...thresholds, ...facts }, never)).clusters,
  };
}

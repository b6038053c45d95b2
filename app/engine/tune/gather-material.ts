import { setImmediate } from 'node:timers/promises';

import type { TrainingMaterial } from '../db/training-material.ts';
import { settings } from '../settings.ts';
import type { NearPairs } from '../vector/index-service.ts';
import type { Material } from './assemble-faces.ts';
import { pickCandidates, type Candidates } from './candidates.ts';

export interface MaterialSource {
  readonly material: TrainingMaterial;
  readonly version: string;
  readonly dimensions: number;
  /** DBSCAN's eps, as the library groups now. */
  readonly eps: number;
  /** Asks the index for the pairs of some faces within a radius. */
  readonly pairsAmong: (faces: Int32Array<ArrayBuffer>, radius: number, signal: AbortSignal) => Promise<NearPairs>;
}

/** Everything that is known of the chosen rows of the candidates. */
export async function gatherMaterial(
  { material, version, dimensions, eps, pairsAmong }: MaterialSource,
  candidates: Candidates,
  rows: Int32Array,
  signal: AbortSignal,
): Promise<Material> {
  const chosen = pickCandidates(candidates, rows);
  const vectors = await readVectors(material, version, chosen.faces, dimensions, signal);
  const near = await pairsAmong(chosen.faces, settings.tune.guesses.doubtful * eps, signal);
  return {
    chosen,
    dimensions,
    vectors,
    near,
    rejections: material.rejections(),
    links: material.links(),
    mirrors: material.mirrors(),
    eps,
  };
}

/** Along with `faces`; zeros where a face has no vector of this length. */
async function readVectors(
  material: TrainingMaterial,
  version: string,
  faces: Int32Array,
  dimensions: number,
  signal: AbortSignal,
): Promise<Float32Array<ArrayBuffer>> {
  const vectors = new Float32Array(faces.length * dimensions);
  const bytes = new Uint8Array(vectors.buffer);
  const rowOf = new Map(Array.from(faces, (face, row) => [face, row]));
  const { vectorsAtOnce } = settings.learning.faces;
  for (let first = 0; first < faces.length; first += vectorsAtOnce) {
    for (const found of material.vectors(version, Array.from(faces.subarray(first, first + vectorsAtOnce)))) {
      if (found.bytes.length === 4 * dimensions) bytes.set(found.bytes, 4 * dimensions * (rowOf.get(found.face) ?? 0));
    }
    await setImmediate();
    signal.throwIfAborted();
  }
  return vectors;
}

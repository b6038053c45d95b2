import { setImmediate } from 'node:timers/promises';

import type { MaterialRow, TrainingMaterial } from '../db/training-material.ts';
import { settings } from '../settings.ts';
import type { Candidates } from './candidates.ts';

const { rowsAtOnce } = settings.learning.faces;

/**
 * Reads every face that may be learnt from, a few at a time: those that the user has spoken of, and those of nobody named
 * that are seen well enough to teach anything.
 */
export async function gatherCandidates(
  material: TrainingMaterial,
  version: string,
  signal: AbortSignal,
): Promise<Candidates> {
  const labelled = await readAll((after) => material.labelled(version, after, rowsAtOnce), signal);
  const { coreQuality } = settings.cluster;
  const unnamed = await readAll((after) => material.unnamed(version, coreQuality, after, rowsAtOnce), signal);
  const all = [...labelled, ...unnamed];
  const isLabelled = (row: number): boolean => row < labelled.length;
  return {
    faces: Int32Array.from(all, ([face]) => face),
    people: Int32Array.from(all, ([, owner], row) => (isLabelled(row) ? owner : 0)),
    groups: Int32Array.from(all, ([, owner], row) => (isLabelled(row) ? 0 : owner)),
    photos: Int32Array.from(all, ([, , photo]) => photo),
    taken: Float64Array.from(all, ([, , , taken]) => taken ?? NaN),
  };
}

async function readAll(read: (after: number) => MaterialRow[], signal: AbortSignal): Promise<MaterialRow[]> {
  const slices: MaterialRow[][] = [];
  for (let last = 0; ;) {
    const slice = read(last);
    slices.push(slice);
    if (slice.length < rowsAtOnce) return slices.flat();
    last = slice.at(-1)?.[0] ?? 0;
    await setImmediate();
    signal.throwIfAborted();
  }
}

import type { ComparedFaces } from './compared-faces.ts';

/** Vectors of some faces in a table of their own: what takes several turns keeps to them. */
export interface GatheredVectors {
  /** Which of the faces that were asked for there are, by place in the question. */
  readonly found: number[];
  /** A row for each of them. */
  readonly vectors: Float32Array<ArrayBuffer>;
}

export function gatherVectors({ store }: ComparedFaces, ids: Int32Array): GatheredVectors {
  const found = [...ids.keys()].filter((at) => store.slotOf(ids[at] ?? 0) !== undefined);
  const vectors = new Float32Array(found.length * store.dimensions);
  for (const [row, at] of found.entries()) {
    vectors.set(store.vectors.at(store.slotOf(ids[at] ?? 0) ?? 0), row * store.dimensions);
  }
  return { found, vectors };
}

import type { Link } from '../cluster/linked-faces.ts';
import { notJudged, reconcile } from '../cluster/reconcile.ts';
import type { GroupingQueries } from '../db/grouping.ts';
import type { Clustering } from '../vector/index-service.ts';
import { readInSlices } from './read-in-slices.ts';

/** Whom a clustering would show the faces as. The arrays run along. */
export interface Proposal {
  /** Every face that is there. */
  readonly faces: Int32Array;
  /** Person it is shown as, 0 for none. */
  readonly shown: Int32Array;
  /** Person it would be shown as; below zero a new one. */
  readonly wanted: Int32Array;
  readonly links: readonly Link[];
}

/**
 * Maps a clustering to people by all that the user said. Changes nothing.
 * @param isCurrent false when the facts changed while the faces were read
 * @returns undefined where it is not
 * @throws {Failure} `cancelled`
 */
export async function proposeGroups(
  queries: GroupingQueries,
  clustering: Clustering,
  isCurrent: () => boolean,
  signal?: AbortSignal,
): Promise<Proposal | undefined> {
  const pairs = await readInSlices((after, count) => queries.shown(after, count), signal);
  if (!isCurrent()) return undefined;
  const faces = Int32Array.from({ length: pairs.length / 2 }, (_, i) => pairs[2 * i] ?? 0);
  const shown = faces.map((_, i) => pairs[2 * i + 1] ?? 0);
  const links = queries.links();
  const facts = { labels: queries.labels(), rejections: queries.rejections(), links };
  const { shown: wanted } = reconcile({ faces, ...alongFaces(faces, clustering), shown, ...facts });
  return { faces, shown, wanted, links };
}

/** The clustering's answer for each of `faces`. */
function alongFaces(faces: Int32Array, clustering: Clustering): { clusters: Int32Array; near: Int32Array } {
  const rowOf = new Map<number, number>();
  for (const [row, id] of clustering.ids.entries()) rowOf.set(id, row);
  const rows = faces.map((face) => rowOf.get(face) ?? -1);
  return {
    clusters: rows.map((row) => clustering.clusters[row] ?? notJudged),
    near: rows.map((row) => clustering.near[row] ?? 0),
  };
}

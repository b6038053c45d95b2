import { setImmediate } from 'node:timers/promises';

import { notJudged, reconcile, type Reconciled } from '../cluster/reconcile.ts';
import type { EngineContext } from '../context.ts';
import type { GroupingQueries } from '../db/grouping.ts';
import type { History } from '../history/history.ts';
import { settings } from '../settings.ts';
import type { Clustering } from '../vector/index-service.ts';
import type { IndexFeed } from './index-feed.ts';

const { minSamples, coreQuality, rowsAtOnce } = settings.cluster;
/** Rows read before other requests get their turn. */
const readAtOnce = 5000;

/**
 * Groups the whole library anew: the index thread clusters, this thread reconciles and writes in short
 * transactions. Facts are never written. When the user does something meanwhile, the clusters are reconciled
 * again with what was said.
 */
export function createGrouping(
  context: EngineContext,
  queries: GroupingQueries,
  feed: IndexFeed,
  history: History,
): (signal: AbortSignal) => Promise<void> {
  const { db } = context;

  const readShown = async (): Promise<number[]> => {
    const all: number[] = [];
    for (let last = 0; ;) {
      const rows = queries.shown(last, readAtOnce);
      for (const value of rows) all.push(value);
      if (rows.length < 2 * readAtOnce) return all;
      last = rows.at(-2) ?? 0;
      await setImmediate();
    }
  };

  /** False when the facts changed underneath. */
  const settle = async (clustering: Clustering): Promise<boolean> => {
    const epoch = history.epoch();
    const pairs = await readShown();
    if (history.epoch() !== epoch) return false;
    const faces = Int32Array.from({ length: pairs.length / 2 }, (_, i) => pairs[2 * i] ?? 0);
    const shown = faces.map((_, i) => pairs[2 * i + 1] ?? 0);
    const judged = alongFaces(faces, clustering);
    const result = reconcile({ faces, ...judged, shown, labels: queries.labels(), rejections: queries.rejections() });
    return write(faces, shown, result, epoch);
  };

  const write = async (faces: Int32Array, shown: Int32Array, result: Reconciled, epoch: number): Promise<boolean> => {
    const made: number[] = [];
    const personOf = (wanted: number): number | null => {
      if (wanted >= 0) return wanted || null;
      return (made[-wanted] ??= queries.addPerson());
    };
    for (const slice of slices(faces, shown, result)) {
      if (history.epoch() !== epoch) return false;
      db.write(() => {
        for (const [wanted, some] of slice) queries.show(some, personOf(wanted));
      });
      await setImmediate();
    }
    if (history.epoch() !== epoch) return false;
    db.write(() => {
      queries.clearEmptyGroups();
      queries.setGroupedTo(faces.at(-1) ?? 0);
    });
    return true;
  };

  return async (signal) => {
    await feed.inStep();
    const { eps, acceptance } = context.packs().embedder.thresholds;
    const facts = { labels: queries.labelPairs(), rejections: queries.rejectionPairs() };
    const core = queries.facesOfQuality(coreQuality);
    const cannotLink = queries.samePhoto();
    const clustering = await context.index.cluster({ eps, acceptance, minSamples, core, cannotLink, ...facts }, signal);
    while (!(await settle(clustering))) signal.throwIfAborted();
    context.changed('people', 'photos');
  };
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

/** What changes, by person, in portions of at most `rowsAtOnce` faces. */
function slices(faces: Int32Array, shown: Int32Array, result: Reconciled): Map<number, number[]>[] {
  const portions: Map<number, number[]>[] = [];
  let left = 0;
  for (const [at, face] of faces.entries()) {
    const wanted = result.shown[at] ?? 0;
    if (wanted === shown[at]) continue;
    if (left === 0) {
      portions.push(new Map());
      left = rowsAtOnce;
    }
    left--;
    const portion = portions.at(-1);
    const some = portion?.get(wanted) ?? [];
    some.push(face);
    portion?.set(wanted, some);
  }
  return portions;
}

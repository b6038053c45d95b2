import { setImmediate } from 'node:timers/promises';

import { holdBack, type HeldBack } from '../cluster/hold-back.ts';
import type { EngineContext } from '../context.ts';
import type { GroupingQueries } from '../db/grouping.ts';
import type { History } from '../history/history.ts';
import { settings } from '../settings.ts';
import type { Clustering } from '../vector/index-service.ts';
import { clusterInput } from './cluster-input.ts';
import type { IndexFeed } from './index-feed.ts';
import { proposeGroups } from './proposal.ts';

const { rowsAtOnce } = settings.cluster;

/**
 * Groups the whole library anew: the index thread clusters, this thread reconciles and writes in short
 * transactions. Facts are never written. When the user does something meanwhile, the clusters are reconciled
 * again with what was said. A face that its day rules out as a person (`isOtherAge`) stays as it was. What would touch a named person is not done but passed to `offer` (cluster/hold-back.ts).
 */
export function createGrouping(
  context: EngineContext,
  queries: GroupingQueries,
  feed: IndexFeed,
  history: History,
  isOtherAge: (face: number, person: number) => boolean,
  offer: (held: readonly HeldBack[]) => void,
): (signal: AbortSignal) => Promise<void> {
  const { db } = context;

  /** False when the facts changed underneath. */
  const settle = async (clustering: Clustering): Promise<boolean> => {
    const epoch = history.epoch();
    const proposal = await proposeGroups(queries, clustering, () => history.epoch() === epoch);
    if (!proposal) return false;
    const { faces, shown, links } = proposal;
    const spoken = new Set(links.flatMap(({ a, b }) => [a, b]));
    const named = queries.namedPeople();
    const { wanted, held } = holdBack({
      faces,
      shown,
      wanted: await keepAges(faces, shown, proposal.wanted, named, spoken),
      named,
      settledTo: queries.groupedTo(),
      spoken,
    });
    const made = await write(faces, shown, wanted, epoch);
    if (!made) return false;
    offer(held.map((move) => ({ ...move, to: made.get(move.to) ?? move.to })));
    return true;
  };

  const keepAges = async (
    faces: Int32Array,
    shown: Int32Array,
    wanted: Int32Array,
    named: ReadonlySet<number>,
    spoken: ReadonlySet<number>,
  ): Promise<Int32Array> => {
    const kept = wanted.slice();
    let asked = 0;
    for (const [at, person] of wanted.entries()) {
      // Where the user said whose face it is like, its day has no say.
      if (person === shown[at] || !named.has(person) || spoken.has(faces[at] ?? 0)) continue;
      if (isOtherAge(faces[at] ?? 0, person)) kept[at] = shown[at] ?? 0;
      if (++asked % rowsAtOnce === 0) await setImmediate();
    }
    return kept;
  };

  /** Gives the new people that had to be made, by their number below zero; null when the facts changed underneath. */
  const write = async (
    faces: Int32Array,
    shown: Int32Array,
    wanted: Int32Array,
    epoch: number,
  ): Promise<Map<number, number> | null> => {
    const made = new Map<number, number>();
    const personOf = (person: number): number | null => {
      if (person >= 0) return person || null;
      const known = made.get(person) ?? queries.addPerson();
      made.set(person, known);
      return known;
    };
    for (const slice of slices(faces, shown, wanted)) {
      if (history.epoch() !== epoch) return null;
      db.write(() => {
        for (const [person, some] of slice) queries.show(some, personOf(person));
      });
      await setImmediate();
    }
    if (history.epoch() !== epoch) return null;
    db.write(() => {
      queries.clearEmptyGroups();
      queries.setGroupedTo(faces.at(-1) ?? 0);
    });
    return made;
  };

  const group = async (signal: AbortSignal): Promise<void> => {
    await feed.inStep();
    const { version, thresholds } = context.recognition();
    const clustering = await context.index.cluster(clusterInput(queries, thresholds), signal);
    // A head came into use meanwhile: these are groups by distances of both kinds.
    if (context.recognition().version !== version) return group(signal);
    while (!(await settle(clustering))) signal.throwIfAborted();
    db.write(() => queries.setGroupedBy(version));
    context.changed('people', 'photos');
  };
  return group;
}

/** What changes, by person, in portions of at most `rowsAtOnce` faces. */
function slices(faces: Int32Array, shown: Int32Array, people: Int32Array): Map<number, number[]>[] {
  const portions: Map<number, number[]>[] = [];
  let left = 0;
  for (const [at, face] of faces.entries()) {
    const wanted = people[at] ?? 0;
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

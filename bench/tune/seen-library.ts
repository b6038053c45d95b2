import { groupFaces } from '../../app/engine/cluster/group-faces.ts';
import { holdBack } from '../../app/engine/cluster/hold-back.ts';
import { reconcile } from '../../app/engine/cluster/reconcile.ts';
import { clusterMeasures } from '../../app/engine/evaluate/cluster-measures.ts';
import type { GroupingDistances } from '../../app/engine/tune/group-alone.ts';
import type { KnownFaces } from '../../scripts/calibration/embed-folders.ts';
import { indexKnown } from '../../scripts/calibration/known-groups.ts';

/** As whom the faces of a library are shown. */
export interface Seen {
  /** By row: a person, 0 for nobody. */
  readonly shown: Int32Array;
  /** 1 − B-cubed F1 of that. */
  readonly error: number;
  /** What would have gone to somebody with a name if the user were not asked: whole groups, or from another with a name. */
  readonly asked: number;
}

/** A library as its user sees it: the index, groups that know the labels, and what waits until the user is asked. */
export interface SeenLibrary {
  /**
   * @param labels by row the person that the user says it is
   * @param weights of the head in use
   * @param before what was shown until then; null: nothing was grouped yet
   */
  see(
    labels: ReadonlyMap<number, number>,
    distances: GroupingDistances,
    weights: Float32Array | null,
    before: Int32Array | null,
  ): Promise<Seen>;
}

const never = new AbortController().signal;
/** Ids of groups; those of people are below. */
const firstGroup = 1_000_000;

export async function openSeenLibrary(known: KnownFaces): Promise<SeenLibrary> {
  const { index, facts: unsaid } = await indexKnown(known);
  const faces = Int32Array.from(known.people, (_, row) => row + 1);
  const truth = Int32Array.from(known.people);

  return {
    see: async (labels, distances, weights, before) => {
      await index.use(weights, never);
      const said = Int32Array.from([...labels].flatMap(([row, person]) => [row + 1, idOf(person)]));
      const { clusters, near } = await groupFaces(index, { ...unsaid, ...distances, labels: said }, never);
      const labelOf = new Map(
        [...labels].map(([row, person]) => [row + 1, { person: idOf(person), strength: 'confirmed' }] as const),
      );
      const shown = before ?? new Int32Array(faces.length);
      const facts = { labels: labelOf, rejections: new Map<number, ReadonlySet<number>>(), links: [] };
      const { shown: whole } = reconcile({ faces, clusters, near, shown, ...facts });
      const named = new Set([...labels.values()].map(idOf));
      const { wanted } = holdBack({ faces, shown, wanted: whole, named, settledTo: faces.length, spoken: new Set() });
      const waiting = Array.from(whole.entries()).filter(([at, to]) => named.has(to) && wanted[at] !== to);
      const nextGroup = Math.max(firstGroup, 1 + shown.reduce((most, person) => Math.max(most, person), 0));
      const result = wanted.map((person) => (person < 0 ? nextGroup - person : person));
      return {
        shown: result,
        error: 1 - clusterMeasures(truth, everyStrangerAlone(result)).bcubed.f1,
        asked: new Set(waiting.map(([at, to]) => `${shown[at] ?? 0} ${to}`)).size,
      };
    },
  };
}

/** Of a person as the library has them; 0 would be nobody. */
export function idOf(person: number): number {
  return person + 1;
}

/** Who is shown as nobody is not one with all others who are. */
function everyStrangerAlone(shown: Int32Array): Int32Array {
  return shown.map((person, row) => person || -row - 1);
}

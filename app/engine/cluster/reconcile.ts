import type { Label } from '../history/change.ts';
import { placeLinked, type Link, type LinkedFace } from './linked-faces.ts';

/** A label the user gave by pointing at the face weighs more than one that came with naming a group. */
const labelWeight: Readonly<Record<Label['strength'], number>> = { confirmed: 3, accepted: 1 };

export interface ReconcileInput {
  /** Every face that is there. The arrays below run along with it. */
  readonly faces: Int32Array;
  /** What the clustering said: a cluster, −1 for none, `notJudged` for a face that it had not seen. */
  readonly clusters: Int32Array;
  /** Person of the nearest labelled face within acceptance, 0 for none. */
  readonly near: Int32Array;
  /** Person it is shown as, 0 for none. */
  readonly shown: Int32Array;
  readonly labels: ReadonlyMap<number, Label>;
  /** People that a face is not. */
  readonly rejections: ReadonlyMap<number, ReadonlySet<number>>;
  /** Pairs of faces that are, or are not, the same person. They contradict neither each other nor the above. */
  readonly links: readonly Link[];
}

export const notJudged = -2;

export interface Reconciled {
  /** Per face: a person, 0 for nobody, −n for the n-th new person. */
  readonly shown: Int32Array;
  /** New people that have to be made. */
  readonly created: number;
}

/**
 * Maps clusters to people. What the user said always stands: a labelled face stays with its person, a rejected
 * one never comes back to it. The rest follows the clusters:
 * - a cluster with labelled faces belongs to the person with the most weight of labels in it;
 * - one without belongs to a labelled person if at least half of it was shown as that person and still lies near
 *   its labelled faces: so a person may have several clusters, and a stranger that crept in leaves again;
 * - any other cluster is a group of its own and keeps the id of the group it shares most faces with;
 * - a face in no cluster stays with a labelled person that it lies near, or becomes unknown;
 * - faces that are said to be the same are shown as one, and never as one where they are said to differ.
 * Groups that end without faces are the caller's to clear away.
 */
export function reconcile(input: ReconcileInput): Reconciled {
  const { faces, clusters, near, shown, labels, rejections } = input;
  const labelled = new Set<number>();
  for (const { person } of labels.values()) labelled.add(person);
  const owners = ownersByFacts(input, labelled);
  let created = nameRemaining(input, labelled, owners);

  const result = Int32Array.from(faces, (face, at) => {
    const label = labels.get(face);
    if (label) return label.person;
    const cluster = clusters[at] ?? -1;
    const before = shown[at] ?? 0;
    const stays = cluster === notJudged || (cluster < 0 && before !== 0 && near[at] === before);
    const person = stays ? before : (owners.get(cluster) ?? 0);
    return rejections.get(face)?.has(person) ? 0 : person;
  });
  const placed = placeLinked(linkedFaces(input, result), input.links, () => -++created);
  for (const [at, face] of placed.size > 0 ? faces.entries() : []) result[at] = placed.get(face) ?? result[at] ?? 0;
  return { shown: result, created };
}

function linkedFaces({ faces, labels, rejections, links }: ReconcileInput, shown: Int32Array): LinkedFace[] {
  const linked = new Set(links.flatMap(({ a, b }) => [a, b]));
  if (linked.size === 0) return [];
  return Array.from(faces.entries(), ([at, id]) => ({ id, at }))
    .filter(({ id }) => linked.has(id))
    .map(({ id, at }) => ({
      id,
      label: labels.get(id)?.person ?? 0,
      shown: shown[at] ?? 0,
      rejected: rejections.get(id) ?? new Set(),
    }));
}

/** Clusters that belong to a person through labels, or through faces that still lie near labelled ones. */
function ownersByFacts(
  { faces, clusters, near, shown, labels, rejections }: ReconcileInput,
  labelled: ReadonlySet<number>,
): Map<number, number> {
  const votes = new Tally();
  const stayers = new Tally();
  const sizes = new Map<number, number>();
  for (const [at, face] of faces.entries()) {
    const cluster = clusters[at] ?? -1;
    if (cluster < 0) continue;
    sizes.set(cluster, (sizes.get(cluster) ?? 0) + 1);
    const label = labels.get(face);
    const before = shown[at] ?? 0;
    if (label) votes.add(cluster, label.person, labelWeight[label.strength]);
    else if (labelled.has(before) && near[at] === before && !rejections.get(face)?.has(before))
      stayers.add(cluster, before, 1);
  }
  const owners = new Map<number, number>();
  for (const cluster of sizes.keys()) {
    const [person] = votes.most(cluster);
    const [stayer, count] = stayers.most(cluster);
    if (person) owners.set(cluster, person);
    else if (count * 2 >= (sizes.get(cluster) ?? 0)) owners.set(cluster, stayer);
  }
  return owners;
}

/** Gives every other cluster the group it overlaps most, each group once, or a new one. Returns how many are new. */
function nameRemaining(
  { faces, clusters, shown, rejections }: ReconcileInput,
  labelled: ReadonlySet<number>,
  owners: Map<number, number>,
): number {
  const overlaps = new Tally();
  const remaining = new Set<number>();
  for (const [at, face] of faces.entries()) {
    const cluster = clusters[at] ?? -1;
    if (cluster < 0 || owners.has(cluster)) continue;
    remaining.add(cluster);
    const before = shown[at] ?? 0;
    if (before !== 0 && !labelled.has(before) && !rejections.get(face)?.has(before)) overlaps.add(cluster, before, 1);
  }
  const taken = new Set<number>();
  for (const { cluster, person } of overlaps.descending()) {
    if (owners.has(cluster) || taken.has(person)) continue;
    owners.set(cluster, person);
    taken.add(person);
  }
  let created = 0;
  for (const cluster of [...remaining].sort((a, b) => a - b)) if (!owners.has(cluster)) owners.set(cluster, -++created);
  return created;
}

/** Weights of people by cluster. Ties go to the lower person, then the lower cluster: always the same way. */
class Tally {
  readonly #weights = new Map<number, Map<number, number>>();

  add(cluster: number, person: number, weight: number): void {
    const people = this.#weights.get(cluster) ?? new Map<number, number>();
    this.#weights.set(cluster, people.set(person, (people.get(person) ?? 0) + weight));
  }

  /** The person with the most weight, [0, 0] where there is none. */
  most(cluster: number): readonly [person: number, weight: number] {
    let best: readonly [number, number] = [0, 0];
    for (const [person, weight] of this.#weights.get(cluster) ?? []) {
      if (weight > best[1] || (weight === best[1] && person < best[0])) best = [person, weight];
    }
    return best;
  }

  descending(): { cluster: number; person: number; weight: number }[] {
    const all = [...this.#weights].flatMap(([cluster, people]) =>
      Array.from(people, ([person, weight]) => ({ cluster, person, weight })),
    );
    return all.sort((p, q) => q.weight - p.weight || p.person - q.person || p.cluster - q.cluster);
  }
}

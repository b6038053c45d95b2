import type { PersonId } from '../../contract/ids.ts';
import type { QueryNode } from './query.ts';
import type { PhotoList } from './timeline.ts';

/** A face of somebody whom a query asks for. */
export interface MatchedFace {
  readonly photo: number;
  readonly person: number;
  /** How far it lies from the person's other faces: the smaller, the better it matches. */
  readonly distance: number;
}

/** The people that a photo has to show, each entry one of several; who is excluded is not asked for. */
export function askedPeople(node: QueryNode): PersonId[][] {
  switch (node.kind) {
    case 'people':
      return [[...node.people]];
    case 'only':
      return node.names.map((people) => [...people]);
    case 'any':
      return [node.parts.flatMap(askedPeople).flat()].filter((people) => people.length > 0);
    case 'all':
      return node.parts.flatMap(askedPeople);
    default:
      return [];
  }
}

/**
 * Photos by how well their faces match, the best first: each asked person counts by the best face in the photo, and the
 * photo by the person that matches worst. Equal ones, and photos without any, stay in their order.
 */
export function orderByMatch(
  { ids, ratios }: PhotoList,
  asked: readonly (readonly PersonId[])[],
  faces: readonly MatchedFace[],
): PhotoList {
  const worst = new Map<number, number>();
  for (const people of asked) {
    const wanted = new Set<number>(people);
    const best = new Map<number, number>();
    for (const { photo, person, distance } of faces) {
      if (wanted.has(person)) best.set(photo, Math.min(distance, best.get(photo) ?? Infinity));
    }
    for (const [photo, distance] of best) worst.set(photo, Math.max(distance, worst.get(photo) ?? 0));
  }
  const distances = Float64Array.from(ids, (id) => worst.get(id) ?? Infinity);
  const places = Int32Array.from(ids, (_, at) => at);
  places.sort((p, q) => {
    const [near, far] = [distances[p] ?? 0, distances[q] ?? 0];
    return near === far ? p - q : near - far;
  });
  const ordered = Float64Array.from(places, (place) => ratios[place] ?? 1);
  return { ids: places.map((place) => ids[place] ?? 0), ratios: ordered, months: [] };
}

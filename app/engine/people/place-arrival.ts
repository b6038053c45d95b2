/** A face that lies near a new one, nearest first. */
export interface NearFace {
  readonly id: number;
  readonly photo: number;
  /** Person it is shown as, 0 for none. */
  readonly person: number;
  /** Good enough to join others. */
  readonly core: boolean;
  /** L2. */
  readonly distance: number;
}

export interface Arrival {
  readonly photo: number;
  readonly core: boolean;
  readonly near: readonly NearFace[];
  /** People that it cannot be: somebody else in the photo, or rejected. */
  readonly excluded: ReadonlySet<number>;
}

/** Where a new face belongs at once: to a person, into a new group with another face, or nowhere yet. */
export type Placement = { readonly person: number } | { readonly groupWith: number } | undefined;

/** How many of the nearest faces have a say. */
const voters = 5;

/**
 * Places a face without looking at the rest of the library: with its nearest core face within `eps`, provided
 * that at least half of the five nearest agree. What is not clear is left to the next full grouping.
 */
export function placeArrival({ photo, core, near, excluded }: Arrival, eps: number): Placement {
  const voting = near.filter((face) => face.core && face.distance <= eps && face.photo !== photo).slice(0, voters);
  const [nearest] = voting;
  if (!nearest) return undefined;
  if (nearest.person === 0) return core ? { groupWith: nearest.id } : undefined;
  const agreeing = voting.filter((face) => face.person === nearest.person).length;
  if (excluded.has(nearest.person) || agreeing * 2 < voting.length) return undefined;
  return { person: nearest.person };
}

import { settings } from '../settings.ts';

const { manyFaces } = settings.cluster;

export interface HoldBackInput {
  /** The arrays below run along with it. */
  readonly faces: Int32Array;
  /** Person that each is shown as, 0 for none. */
  readonly shown: Int32Array;
  /** Person that grouping would show it as; 0 for nobody, below zero a new group. */
  readonly wanted: Int32Array;
  /** People with names. */
  readonly named: ReadonlySet<number>;
  /** The newest face that the last full grouping saw. */
  readonly settledTo: number;
  /** Faces that the user spoke of just so: where they go is their word. */
  readonly spoken: ReadonlySet<number>;
}

/** Faces that would go from a person with a name to another, a new group (below zero) or nobody (0). */
export interface HeldBack {
  readonly from: number;
  readonly to: number;
  readonly faces: number[];
}

/**
 * Parts what grouping may do by itself from what the user is asked about first.
 *
 * A background run touches a named person when it takes faces *away* from it that a full run has left there before: the
 * user may have seen them, and relies on them. Those stay, and are offered as a preview. Nor does it give a named person
 * `manyFaces` or more of a group that stood by itself: that may well be somebody else, for there are people whom no distance
 * tells apart. Those stay where they are, and the review asks about them, as about every group that is near a person.
 *
 * It does not count as touching that a few faces come to a named person (they are near it, and a look at the person
 * shows them), that a face leaves which came after the last full run (its place was only a first guess), or that groups
 * without a name change. Faces with labels never leave, so who names a group is asked about nothing in it.
 */
export function holdBack(input: HoldBackInput): { readonly wanted: Int32Array; readonly held: readonly HeldBack[] } {
  const { faces, shown, named, settledTo, spoken } = input;
  const moves = new Map<string, HeldBack>();
  const joined = new Map<string, number>();
  const keyOf = (at: number): string => `${shown[at] ?? 0} ${input.wanted[at] ?? 0}`;
  const isJoining = (from: number, to: number): boolean =>
    from !== to && from !== 0 && !named.has(from) && named.has(to);
  for (const [at, face] of faces.entries()) {
    if (face > settledTo || !isJoining(shown[at] ?? 0, input.wanted[at] ?? 0)) continue;
    joined.set(keyOf(at), (joined.get(keyOf(at)) ?? 0) + 1);
  }
  const wanted = input.wanted.map((to, at) => {
    const [face, from] = [faces[at] ?? 0, shown[at] ?? 0];
    if (to === from || spoken.has(face)) return to;
    if (isJoining(from, to)) return (joined.get(keyOf(at)) ?? 0) >= manyFaces ? from : to;
    if (!named.has(from) || face > settledTo) return to;
    const move = moves.get(keyOf(at)) ?? { from, to, faces: [] };
    move.faces.push(face);
    moves.set(keyOf(at), move);
    return from;
  });
  return { wanted, held: [...moves.values()] };
}

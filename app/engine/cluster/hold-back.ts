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
  const areManyJoining = countJoining(input);
  const moves = new Map<string, HeldBack>();
  const wanted = input.wanted.map((to, at) => {
    const [face, from] = [faces[at] ?? 0, shown[at] ?? 0];
    if (to === from || spoken.has(face)) return to;
    if (areManyJoining(from, to)) return from;
    if (!named.has(from) || face > settledTo) return to;
    const key = `${from} ${to}`;
    const move = moves.get(key) ?? { from, to, faces: [] };
    move.faces.push(face);
    moves.set(key, move);
    return from;
  });
  return { wanted, held: [...moves.values()] };
}

/** Whether many settled faces of a group without a name would go to a person with one. */
function countJoining({
  faces,
  shown,
  wanted,
  named,
  settledTo,
}: HoldBackInput): (from: number, to: number) => boolean {
  const counts = new Map<string, number>();
  for (const [at, face] of faces.entries()) {
    const [from, to] = [shown[at] ?? 0, wanted[at] ?? 0];
    if (from === to || from === 0 || named.has(from) || !named.has(to) || face > settledTo) continue;
    const key = `${from} ${to}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return (from, to) => (counts.get(`${from} ${to}`) ?? 0) >= manyFaces;
}

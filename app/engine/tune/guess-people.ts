/** Faces joined by pairs that lie close enough to be surely one person. */
export interface GuessInput {
  /** Faces 0 … count − 1. */
  readonly count: number;
  /** Pairs within the widest radius that is asked about: a, b, a, b, … with their L2 distances. */
  readonly pairs: ArrayLike<number>;
  readonly distances: ArrayLike<number>;
  /** 1 for a face that the user has named. */
  readonly named: Uint8Array;
  /** Pairs up to here are taken for one person. */
  readonly tight: number;
  /** A face this near to a named one may be that person, so it teaches nothing. */
  readonly doubtful: number;
}

/** Who a face is guessed to be: −1 for a lone face, −2 for one in doubt or named, else the number of a group. */
export const inDoubt = -2;

/**
 * Groups of faces without a name that hang together by tight pairs. A group of which one face is in doubt is in doubt
 * as a whole.
 */
export function guessPeople(input: GuessInput): Int32Array {
  const { count, pairs, distances, named } = input;
  const parent = Int32Array.from({ length: count }, (_, face) => face);
  const root = (face: number): number => {
    let top = face;
    while (parent[top] !== top) top = parent[top] ?? top;
    for (let at = face; at !== top;) {
      const next = parent[at] ?? top;
      parent[at] = top;
      at = next;
    }
    return top;
  };
  const doubt = new Uint8Array(count);
  for (let i = 0; i < distances.length; i++) {
    const [a, b, distance] = [pairs[2 * i] ?? 0, pairs[2 * i + 1] ?? 0, distances[i] ?? Infinity];
    if (named[a] && named[b]) continue;
    if (named[a] || named[b]) {
      if (distance <= input.doubtful) doubt[named[a] ? b : a] = 1;
    } else if (distance <= input.tight) parent[root(a)] = root(b);
  }
  const sizes = new Int32Array(count);
  const doubted = new Uint8Array(count);
  for (let face = 0; face < count; face++) {
    const top = root(face);
    sizes[top] = (sizes[top] ?? 0) + 1;
    if (doubt[face]) doubted[top] = 1;
  }
  const numbers = new Map<number, number>();
  return Int32Array.from(parent, (_, face) => {
    const top = root(face);
    if (named[face] || doubted[top]) return inDoubt;
    if (sizes[top] === 1) return -1;
    const number = numbers.get(top) ?? numbers.size;
    numbers.set(top, number);
    return number;
  });
}

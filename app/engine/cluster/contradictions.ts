/**
 * That two things are, or are not, one person. A face is its id, a person its id below zero; two people are never
 * the same one.
 */
export interface Claim {
  readonly a: number;
  readonly b: number;
  readonly same: boolean;
}

/**
 * Those claims that cannot stand together with the ones before them: with the newest first, the newest word wins
 * (A = B, B = C, A ≠ C: of the three the last is false). Gives their places in the list.
 */
export function findContradicted(claims: readonly Claim[]): number[] {
  const classes = createClasses();
  const apart: Claim[] = [];
  return Array.from(claims.keys()).filter((at) => {
    const claim = claims[at];
    if (!claim) return false;
    const [a, b] = [classes.root(claim.a), classes.root(claim.b)];
    if (!claim.same) {
      if (a !== b) apart.push(claim);
      return a === b;
    }
    if (a === b) return false;
    const parted = apart.some((other) => {
      const [x, y] = [classes.root(other.a), classes.root(other.b)];
      return (x === a && y === b) || (x === b && y === a);
    });
    // The root of a class with a person in it is that person.
    if (parted || (a < 0 && b < 0)) return true;
    classes.join(a, b);
    return false;
  });
}

/** Things that are one; what stands for a class is its lowest member, so a person where there is one. */
export function createClasses(): { root(member: number): number; join(a: number, b: number): void } {
  const parent = new Map<number, number>();
  const root = (member: number): number => {
    let top = member;
    for (let next = parent.get(top); next !== undefined; next = parent.get(top)) top = next;
    for (let at = member; at !== top;) {
      const next = parent.get(at) ?? top;
      parent.set(at, top);
      at = next;
    }
    return top;
  };
  return {
    root,
    join: (a, b) => {
      const [low, high] = [root(a), root(b)].sort((x, y) => x - y);
      if (low !== undefined && high !== undefined && low !== high) parent.set(high, low);
    },
  };
}

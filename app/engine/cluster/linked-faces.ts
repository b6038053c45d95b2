import { createClasses } from './contradictions.ts';

/** The user said that two faces are, or are not, the same person, whoever that is. */
export interface Link {
  readonly a: number;
  readonly b: number;
  readonly same: boolean;
}

/** A face that a link speaks of. */
export interface LinkedFace {
  readonly id: number;
  /** Person that it is labelled as, 0 for none. */
  readonly label: number;
  /** Person that it is shown as or is about to be, 0 for none; below zero a new one. */
  readonly shown: number;
  /** People that it is not. */
  readonly rejected: ReadonlySet<number>;
}

interface Class {
  readonly members: LinkedFace[];
  readonly apart: Set<number>;
}

/**
 * Whom linked faces are shown as, so that faces that are the same are shown as one person and others are not: all as
 * the one that is labelled, else as the one that most of them are shown as, unless that is refused. Links, labels and
 * rejections do not contradict each other. Faces that are gone are left out.
 * @param fresh a person for faces that are the same and that nobody is shown as; 0 leaves them with nobody
 */
export function placeLinked(
  faces: readonly LinkedFace[],
  links: readonly Link[],
  fresh: () => number,
): Map<number, number> {
  const classes = gatherClasses(faces, links);
  const labelOf = ({ members }: Class): number => members.find(({ label }) => label !== 0)?.label ?? 0;
  const order = [...classes].sort(([a, x], [b, y]) => Number(labelOf(y) !== 0) - Number(labelOf(x) !== 0) || a - b);
  const personOf = new Map<number, number>();
  for (const [root, one] of order) {
    const refused = new Set(one.members.flatMap(({ rejected }) => [...rejected]));
    for (const other of one.apart) refused.add(personOf.get(other) ?? 0);
    const chosen = labelOf(one) || mostShown(one.members, refused);
    personOf.set(root, chosen || (one.members.length > 1 ? fresh() : 0));
  }
  return new Map([...classes].flatMap(([root, { members }]) => members.map(({ id }) => [id, personOf.get(root) ?? 0])));
}

/** By the lowest face of each class. */
function gatherClasses(faces: readonly LinkedFace[], links: readonly Link[]): Map<number, Class> {
  const classes = createClasses();
  for (const { a, b, same } of links) if (same) classes.join(a, b);
  const found = new Map<number, Class>();
  for (const face of faces) {
    const root = classes.root(face.id);
    const one = found.get(root) ?? { members: [], apart: new Set() };
    one.members.push(face);
    found.set(root, one);
  }
  for (const { a, b, same } of links) {
    if (same) continue;
    const [x, y] = [classes.root(a), classes.root(b)];
    found.get(x)?.apart.add(y);
    found.get(y)?.apart.add(x);
  }
  return found;
}

/** The lowest id where two are shown alike often; people who exist before new ones. */
function mostShown(members: readonly LinkedFace[], refused: ReadonlySet<number>): number {
  const counts = new Map<number, number>();
  for (const { shown } of members) {
    if (shown !== 0 && !refused.has(shown)) counts.set(shown, (counts.get(shown) ?? 0) + 1);
  }
  const rank = (person: number): number => (person < 0 ? Number.MAX_SAFE_INTEGER + person : person);
  const [first] = [...counts].sort(([p, m], [q, n]) => n - m || rank(p) - rank(q));
  return first?.[0] ?? 0;
}

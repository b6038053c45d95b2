import type { Change } from './change.ts';

/** What is to be forgotten. */
export interface Forgotten {
  readonly people: ReadonlySet<number>;
  readonly faces: ReadonlySet<number>;
  /** Whether a search, as the user typed it, is one for them. */
  readonly isSearch: (query: string) => boolean;
}

/**
 * A change without what is to be forgotten, so that undoing or redoing it brings none of it back; null where nothing is
 * left of it. A change that has nothing of it is given back itself.
 */
export function stripChange(change: Change, forgotten: Forgotten): Change | null {
  const { people, faces, isSearch } = forgotten;
  const left = (some: readonly number[]): number[] => some.filter((face) => !faces.has(face));
  switch (change.table) {
    case 'mirror':
    case 'favourite':
    case 'grouping_distances':
      return change;
    case 'saved_search':
      return isSearch(change.query) ? null : change;
    case 'person': {
      if (people.has(change.id)) return null;
      const before = withoutCover(change.before, faces);
      const after = withoutCover(change.after, faces);
      return before === change.before && after === change.after ? change : { ...change, before, after };
    }
    case 'link':
      return left(change.faces).length < 2 ? null : change;
    case 'overruled': {
      const said = stripSaid(change.said, forgotten);
      return said && (said === change.said ? change : { ...change, said });
    }
    case 'rejection':
      return people.has(change.person) ? null : withFaces(change, left(change.faces));
    case 'not_face':
    case 'not_person':
    case 'drawn':
      return withFaces(change, left(change.faces));
    case 'label': {
      const [before, after] = [change.before, change.after].map((label) =>
        label && people.has(label.person) ? null : label,
      );
      const same = before === change.before && after === change.after;
      if (!before && !after) return null;
      return withFaces(same ? change : { ...change, before: before ?? null, after: after ?? null }, left(change.faces));
    }
    case 'shown': {
      const [before = null, after = null] = [change.before, change.after].map((who) =>
        who !== null && people.has(who) ? null : who,
      );
      if (before === after) return null;
      const same = before === change.before && after === change.after;
      return withFaces(same ? change : { ...change, before, after }, left(change.faces));
    }
  }
}

type SaidOf = Extract<Change, { table: 'overruled' }>['said'];

/** The same for something overruled. */
export function stripSaid(said: SaidOf, { people, faces }: Forgotten): SaidOf | null {
  const left = said.faces.filter((face) => !faces.has(face));
  if ('person' in said) {
    if (people.has(said.person) || left.length === 0) return null;
    return left.length === said.faces.length ? said : { ...said, faces: left };
  }
  return left.length === said.faces.length ? said : null;
}

function withFaces<C extends { readonly faces: readonly number[] }>(change: C, left: number[]): C | null {
  if (left.length === 0) return null;
  return left.length === change.faces.length ? change : { ...change, faces: left };
}

function withoutCover<P extends { readonly cover: number | null } | null>(row: P, faces: ReadonlySet<number>): P {
  return row?.cover !== null && row?.cover !== undefined && faces.has(row.cover) ? { ...row, cover: null } : row;
}

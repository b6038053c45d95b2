import type { DatabaseSync } from 'node:sqlite';

import type { Link, LinkedFace } from '../cluster/linked-faces.ts';
import type { Label } from '../history/change.ts';

/** `a` is the lower of the two faces; the newer of two links has the higher id. */
export interface KeptLink extends Link {
  readonly id: number;
}

/** One thing said about a face that a link speaks of. */
export type Statement =
  | { readonly kind: 'label'; readonly face: number; readonly person: number; readonly strength: Label['strength'] }
  | { readonly kind: 'rejection'; readonly face: number; readonly person: number }
  | ({ readonly kind: 'link' } & KeptLink);

/** Reads what was said of pairs of faces. Links are few; where there are none these cost nothing. */
export interface LinkQueries {
  /** Every link that leads from these faces to others, over any number of links. */
  around(...faces: (readonly number[])[]): KeptLink[];
  all(): KeptLink[];
  /** The firmest first: confirmed labels, rejections, accepted labels, then the links from the newest on. */
  statements(links: readonly KeptLink[]): Statement[];
  /** The faces of these links that may be shown as somebody. */
  faces(links: readonly KeptLink[]): LinkedFace[];
  nextId(): number;
}

/** From so many faces on all links are read instead of looking up every face. */
const many = 500;

const someFaces = 'IN (SELECT value FROM json_each(?))';

export function createLinkQueries(sql: DatabaseSync): LinkQueries {
  const any = sql.prepare('SELECT 1 FROM link LIMIT 1');
  const all = sql.prepare('SELECT id, a_id AS a, b_id AS b, same FROM link ORDER BY id');
  const touching = sql.prepare(`
    SELECT id, a_id AS a, b_id AS b, same FROM link WHERE a_id ${someFaces} UNION
    SELECT id, a_id, b_id, same FROM link WHERE b_id ${someFaces}`);
  const labels = sql.prepare(`
    SELECT face_id AS face, person_id AS person, strength FROM label WHERE face_id ${someFaces} ORDER BY face_id`);
  const rejections = sql.prepare(`
    SELECT face_id AS face, person_id AS person FROM rejection WHERE face_id ${someFaces} ORDER BY face_id, person_id`);
  const shown = sql.prepare(`
    SELECT id, coalesce(person_id, 0) AS person FROM face
    WHERE id ${someFaces} AND gone = 0 AND NOT EXISTS (SELECT 1 FROM not_person WHERE face_id = face.id) ORDER BY id`);
  const highest = sql.prepare("SELECT seq FROM sqlite_sequence WHERE name = 'link'");

  const readLinks = (rows: Record<string, unknown>[]): KeptLink[] =>
    rows.map((row) => ({
      id: Number(row['id']),
      a: Number(row['a']),
      b: Number(row['b']),
      same: row['same'] === 1,
    }));
  const facesOf = (links: readonly KeptLink[]): string =>
    JSON.stringify([...new Set(links.flatMap(({ a, b }) => [a, b]))]);
  const readTouching = (faces: readonly number[]): KeptLink[] => {
    const list = JSON.stringify(faces);
    return readLinks(touching.all(list, list));
  };
  const touchedBy = (faces: ReadonlySet<number>): KeptLink[] =>
    readLinks(all.all()).filter(({ a, b }) => faces.has(a) || faces.has(b));
  const labelsOf = (faces: string) =>
    labels.all(faces) as unknown as { face: number; person: number; strength: Label['strength'] }[];
  const rejectionsOf = (faces: string) => rejections.all(faces) as unknown as { face: number; person: number }[];

  return {
    around: (...lists) => {
      const found = new Map<number, KeptLink>();
      if (!any.get()) return [];
      const seen = new Set(lists.flat());
      for (let edge = [...seen]; edge.length > 0;) {
        const touched = edge.length > many ? touchedBy(seen) : readTouching(edge);
        edge = [];
        for (const link of touched) {
          found.set(link.id, link);
          for (const face of [link.a, link.b]) {
            if (!seen.has(face)) edge.push(face);
            seen.add(face);
          }
        }
      }
      return [...found.values()];
    },
    all: () => readLinks(all.all()),
    statements: (links) => {
      const faces = facesOf(links);
      const said = labelsOf(faces).map((label) => ({ kind: 'label' as const, ...label }));
      return [
        ...said.filter(({ strength }) => strength === 'confirmed'),
        ...rejectionsOf(faces).map((rejection) => ({ kind: 'rejection' as const, ...rejection })),
        ...said.filter(({ strength }) => strength === 'accepted'),
        ...links.toSorted((p, q) => q.id - p.id).map((link) => ({ kind: 'link' as const, ...link })),
      ];
    },
    faces: (links) => {
      const faces = facesOf(links);
      const labelOf = new Map(labelsOf(faces).map(({ face, person }) => [face, person]));
      const refused = Map.groupBy(rejectionsOf(faces), ({ face }) => face);
      return shown.all(faces).map((row) => {
        const id = Number(row['id']);
        const rejected = new Set(refused.get(id)?.map(({ person }) => person));
        return { id, label: labelOf.get(id) ?? 0, shown: Number(row['person']), rejected };
      });
    },
    nextId: () => Number(highest.get()?.['seq'] ?? 0) + 1,
  };
}

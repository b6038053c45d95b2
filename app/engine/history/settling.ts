import { findContradicted, type Claim } from '../cluster/contradictions.ts';
import { placeLinked } from '../cluster/linked-faces.ts';
import type { Facts } from '../db/facts.ts';
import type { KeptLink, Statement } from '../db/links.ts';
import { blankPerson, type Change, type PersonRow } from './change.ts';
import type { Said } from './said.ts';

/** Gathers what an action says, and settles it at the end. */
export interface Settling {
  labelled(faces: readonly number[]): void;
  rejected(faces: readonly number[], person: number): void;
  linked(faces: readonly number[], link: number): void;
  /** They may be shown as somebody again, or not any more. */
  touched(faces: readonly number[]): void;
  readonly finish: () => void;
}

/** What the recorder lends. */
interface Hand {
  readonly make: (change: Change) => void;
  readonly show: (faces: readonly number[], person: number | null) => void;
  readonly overrule: (said: Said) => void;
  readonly addPerson: (row: PersonRow) => number;
}

/**
 * Keeps facts free of contradictions where links lead from one face to the next. The newest word wins; of what was
 * said before, who a face is stands before whom it is like, and a newer link before an older one. What loses is
 * overruled. Where no link is near there is nothing to do: a face has one label, and it takes its rejection back.
 */
export function createSettling(facts: Facts, { make, show, overrule, addPerson }: Hand): Settling {
  /** What the action says, and of which faces. Looked at only where there are links: a merge may be of 50,000 faces. */
  const words: { readonly faces: readonly number[]; readonly keyOf?: (face: number) => string }[] = [];
  const takeBack = (statement: Statement): void => {
    if (statement.kind === 'link') {
      const { id, a, b, same } = statement;
      make({ table: 'link', id, faces: [a, b], same, before: true, after: false });
      overrule({ kind: same ? 'same' : 'different', faces: [a, b] });
      return;
    }
    const { kind, face, person } = statement;
    if (kind === 'label') {
      make({ table: 'label', faces: [face], before: { person, strength: statement.strength }, after: null });
      show([face], null);
    } else {
      make({ table: 'rejection', faces: [face], person, before: true, after: false });
    }
    overrule({ kind: kind === 'label' ? 'is' : 'is-not', faces: [face], person });
  };
  const place = (links: readonly KeptLink[]): void => {
    let made = 0;
    // Faces that are the same are shown together at once, even where nobody knows yet who it is.
    const people = new Map<number, number>();
    const placed = placeLinked(facts.links.faces(links), links, () => --made);
    const personOf = (person: number): number | null => {
      if (person >= 0) return person || null;
      const known = people.get(person) ?? addPerson(blankPerson);
      people.set(person, known);
      return known;
    };
    for (const [face, person] of placed) show([face], personOf(person));
  };
  return {
    labelled: (faces) => words.push({ faces, keyOf: (face) => `label ${face}` }),
    rejected: (faces, person) => words.push({ faces, keyOf: (face) => `rejection ${face} ${person}` }),
    linked: (faces, link) => words.push({ faces, keyOf: () => `link ${link}` }),
    touched: (faces) => words.push({ faces }),
    finish: () => {
      const links = facts.links.around(...words.map(({ faces }) => faces));
      if (links.length === 0) return;
      const linked = new Set(links.flatMap(({ a, b }) => [a, b]));
      const said = new Set(
        words.flatMap(({ faces, keyOf: key }) => (key ? faces.filter((face) => linked.has(face)).map(key) : [])),
      );
      const statements = facts.links.statements(links);
      const isNew = (statement: Statement): boolean => said.has(keyOf(statement));
      const ordered = [...statements.filter(isNew), ...statements.filter((statement) => !isNew(statement))];
      const lost = findContradicted(ordered.map(toClaim)).flatMap((at) => ordered[at] ?? []);
      for (const statement of lost) takeBack(statement);
      place(links.filter(({ id }) => !lost.some((statement) => statement.kind === 'link' && statement.id === id)));
    },
  };
}

function keyOf(statement: Statement): string {
  if (statement.kind === 'link') return `link ${statement.id}`;
  return statement.kind === 'label' ? `label ${statement.face}` : `rejection ${statement.face} ${statement.person}`;
}

function toClaim(statement: Statement): Claim {
  if (statement.kind === 'link') return statement;
  return { a: statement.face, b: -statement.person, same: statement.kind === 'label' };
}

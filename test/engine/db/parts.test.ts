import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { createParts, type FaceState, type Parts } from '../../../app/engine/db/parts.ts';
import { createRandom, createTestLibrary, type TestLibrary } from '../../factories/library.ts';

const count = 1500;
const people = [1, 2, 3];

describe('parts', () => {
  let library: TestLibrary;
  let parts: Parts;
  beforeEach(() => {
    library = createTestLibrary();
    parts = createParts(library.db.sql);
    for (const person of people) library.person(`Person ${person}`);
    library.db.write(() => {
      const photo = library.photo();
      for (let i = 0; i < count; i++) library.face({ photo });
    });
  });
  afterEach(() => library.close());

  const all = Array.from({ length: count }, (_, i) => i + 1);
  const rows = (text: string): Record<string, unknown>[] =>
    library.db.sql
      .prepare(text)
      .all()
      .map((row) => ({ ...row }));
  /** How many rows `work` changes. */
  const cost = (work: () => void): number => {
    const changes = (): number => Number(rows('SELECT total_changes() AS changes')[0]!['changes']);
    const before = changes();
    work();
    return changes() - before;
  };
  const show = (faces: readonly number[], person: number | null): void =>
    parts.change(faces, (state) => ({ ...state, person }));
  const accept = (faces: readonly number[], person: number | null): void =>
    parts.change(faces, (state) => ({ ...state, label: person === null ? null : { person, strength: 'accepted' } }));

  it('say of every face what was said of it, of however many at once', () => {
    const random = createRandom(3);
    const upTo = (most: number): number => Math.floor(random() * most);
    const model = new Map<number, FaceState>(all.map((face) => [face, { person: null, label: null, rejected: [] }]));
    const someFaces = (): number[] => {
      const owner = people[upTo(3)];
      const [from, length] = [upTo(count), 1 + upTo([5, 700, 1500][upTo(3)]!)];
      const choices = [
        () => all.filter((face) => model.get(face)!.person === owner),
        () => rows(`SELECT id FROM face WHERE person_id = ${owner}`).map(({ id }) => Number(id)),
        () => all.filter((face) => model.get(face)!.label?.person === owner && upTo(50) > 0),
        () => all.slice(from, from + length),
        () => all.slice(from, from + length).sort(() => random() - 0.5),
        () => [count + 1, ...all.slice(from, from + length)],
      ];
      return choices[upTo(choices.length)]!();
    };
    for (let round = 0; round < 250; round++) {
      const faces = someFaces();
      const person = people[upTo(3)]!;
      const changes: readonly ((state: FaceState) => FaceState)[] = [
        (state) => ({ ...state, person }),
        (state) => ({ ...state, person: null }),
        (state) => ({ ...state, label: { person, strength: 'accepted' } }),
        (state) => ({ ...state, label: { person, strength: 'confirmed' } }),
        (state) => ({ ...state, label: null }),
        (state) => ({ ...state, rejected: [...new Set([...state.rejected, person])].sort() }),
        (state) => ({ ...state, rejected: state.rejected.filter((one) => one !== person) }),
      ];
      const to = changes[upTo(changes.length)]!;
      parts.change(faces, to);
      for (const face of faces) if (model.has(face)) model.set(face, to(model.get(face)!));
      if (round % 50 === 0) parts.clearEmpty();
      const asked = upTo(2) > 0 ? all : someFaces();
      const found = parts.states(asked).flatMap(({ state, faces: some }) => some.map((face) => [face, state] as const));
      expect(new Map(found)).toEqual(
        new Map(asked.flatMap((face) => (model.has(face) ? [[face, model.get(face)]] : []))),
      );
    }
    expect(rows('SELECT face_id, person_id, strength FROM label ORDER BY face_id')).toEqual(
      all.flatMap((face) => {
        const { label } = model.get(face)!;
        return label ? [{ face_id: face, person_id: label.person, strength: label.strength }] : [];
      }),
    );
    expect(rows('SELECT face_id, person_id FROM rejection ORDER BY face_id, person_id')).toEqual(
      all.flatMap((face) => model.get(face)!.rejected.map((person) => ({ face_id: face, person_id: person }))),
    );
    expect(rows('SELECT person_id FROM face ORDER BY id').map((row) => row['person_id'])).toEqual(
      all.map((face) => model.get(face)!.person),
    );
  });

  it('change a few rows where the same is said of all faces of a person, and take it back as cheaply', () => {
    show(all.slice(0, 1000), 1);
    show(all.slice(1000), 2);
    expect(cost(() => accept(all.slice(0, 1000), 1))).toBeLessThan(10);
    const merged = (): void => show(all.slice(0, 1000), 2);
    expect(cost(merged)).toBeLessThan(10);
    expect(cost(() => show(all.slice(0, 1000), 1))).toBeLessThan(10);
  });

  it('move the fewer faces where something is said of some of a part', () => {
    show(all, 1);
    // A row and what its triggers write.
    const perFace = 6;
    expect(cost(() => show(all.slice(0, 3), 2))).toBeLessThan(perFace * 3 + 10);
    expect(cost(() => show(all.slice(6), 3))).toBeLessThan(perFace * 3 + 10);
    expect(rows('SELECT person_id, count(*) AS faces FROM face GROUP BY 1')).toEqual([
      { person_id: 1, faces: 3 },
      { person_id: 2, faces: 3 },
      { person_id: 3, faces: count - 6 },
    ]);
  });

  it('are gone once they have no faces, but not those that have', () => {
    show(all.slice(0, 5), 1);
    show(all.slice(0, 2), 2);
    show(all.slice(0, 2), 1);
    parts.clearEmpty();
    expect(rows('SELECT DISTINCT part_id FROM face WHERE part_id IS NOT NULL').length).toBe(
      rows('SELECT 1 FROM part').length,
    );
    expect(rows('SELECT count(*) AS faces FROM face WHERE person_id = 1')).toEqual([{ faces: 5 }]);
  });
});

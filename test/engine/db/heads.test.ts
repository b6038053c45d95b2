import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { HeadId } from '../../../app/contract/ids.ts';
import { createHeadTable, type HeadTable } from '../../../app/engine/db/heads.ts';
import { plannedHead } from '../../factories/heads.ts';
import { createTestLibrary, testVersion, type TestLibrary } from '../../factories/library.ts';

describe('learnt heads in the library', () => {
  let library: TestLibrary;
  let heads: HeadTable;
  let faces: number[];
  beforeEach(() => {
    library = createTestLibrary();
    heads = createHeadTable(library.db.sql);
    const photo = library.photo();
    faces = Array.from({ length: 6 }, () => library.face({ photo }));
  });
  afterEach(() => library.close());

  /** Learnt from these faces of the person with this number. */
  const adopted = (person: number, some: readonly number[], from: HeadId | null = null): HeadId => {
    const people = Int32Array.from(some, () => person);
    const id = heads.add(plannedHead({ from, faces: Int32Array.from(some), people }));
    heads.activate(testVersion, id);
    return id;
  };

  it('come back as they were kept, the newest first', () => {
    const weights = Float32Array.of(0.5, -1, 0, 3);
    const first = heads.add(plannedHead({ weights }));
    const second = heads.add(plannedHead({ state: 'refused', weights: null, distances: null, from: first }));
    expect(heads.list().map(({ id, state, whole, from }) => ({ id, state, whole, from }))).toEqual([
      { id: second, state: 'refused', whole: false, from: first },
      { id: first, state: 'waiting', whole: true, from: null },
    ]);
    expect(heads.weights(first)).toEqual(weights);
    expect(heads.weights(second)).toBeNull();
    expect(heads.get(first)?.record).toEqual(plannedHead().record);
  });

  it('are in use one at a time for each embedding version', () => {
    const one = heads.add(plannedHead());
    const two = heads.add(plannedHead());
    const other = heads.add(plannedHead({ version: 'other' }));
    heads.activate(testVersion, one);
    heads.activate(testVersion, two);
    heads.activate('other', other);
    expect(heads.active(testVersion)).toMatchObject({ id: two, distances: { eps: 0.8 } });
    expect(heads.active('other')?.id).toBe(other);
    expect(heads.get(one)).toMatchObject({ active: false, state: 'adopted' });
    heads.activate(testVersion, null);
    expect(heads.active(testVersion)).toBeUndefined();
    expect(heads.active('other')?.id).toBe(other);
  });

  it('of another embedding version are not brought into use', () => {
    const other = heads.add(plannedHead({ version: 'other' }));
    heads.activate(testVersion, other);
    expect(heads.active(testVersion)).toBeUndefined();
  });

  it('go when a person whom they know goes, and the newest adopted one that did not takes their place', () => {
    const oldest = adopted(1, [faces[0]!]);
    const middle = adopted(1, [faces[1]!]);
    heads.add(plannedHead({ state: 'declined', faces: Int32Array.of(faces[1]!), people: Int32Array.of(1) }));
    const newest = adopted(2, [faces[2]!, faces[3]!]);
    expect(heads.forget([2], [])).toBe(1);
    expect(heads.get(newest)).toBeUndefined();
    expect(heads.active(testVersion)?.id).toBe(middle);
    expect(heads.forget([], [faces[1]!])).toBe(2);
    expect(heads.active(testVersion)?.id).toBe(oldest);
    expect(heads.forget([1], [])).toBe(1);
    expect(heads.active(testVersion)).toBeUndefined();
    expect(library.db.sql.prepare('SELECT count(*) AS rows FROM head_face').get()).toEqual({ rows: 0 });
  });

  it('go with one that they went on from, because they know whom it knew', () => {
    const parent = adopted(1, [faces[0]!]);
    const child = adopted(2, [faces[1]!], parent);
    adopted(3, [faces[2]!], child);
    const apart = heads.add(plannedHead());
    expect(heads.forget([1], [])).toBe(3);
    expect(heads.list().map(({ id }) => id)).toEqual([apart]);
  });

  it('know a face that was nobody to them', () => {
    const id = heads.add(plannedHead({ faces: Int32Array.of(faces[5]!), people: Int32Array.of(0) }));
    expect(heads.forget([0, 9], [])).toBe(0);
    expect(heads.forget([], [faces[5]!])).toBe(1);
    expect(heads.get(id)).toBeUndefined();
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { notJudged, reconcile, type Reconciled } from '../../../app/engine/cluster/reconcile.ts';
import type { Label } from '../../../app/engine/history/change.ts';

interface Face {
  readonly cluster: number;
  readonly shown?: number;
  readonly near?: number;
  readonly label?: number;
  readonly strength?: Label['strength'];
  readonly rejected?: readonly number[];
}

/** Faces are numbered from 1 in order. */
function run(faces: readonly Face[]): Reconciled {
  const labels = new Map<number, Label>();
  const rejections = new Map<number, Set<number>>();
  for (const [at, { label, strength = 'confirmed', rejected }] of faces.entries()) {
    if (label) labels.set(at + 1, { person: label, strength });
    if (rejected?.length) rejections.set(at + 1, new Set(rejected));
  }
  return reconcile({
    faces: Int32Array.from(faces, (_, at) => at + 1),
    clusters: Int32Array.from(faces, ({ cluster }) => cluster),
    near: Int32Array.from(faces, ({ near = 0, label = 0 }) => label || near),
    shown: Int32Array.from(faces, ({ shown = 0 }) => shown),
    labels,
    rejections,
    links: [],
  });
}
const shownBy = (faces: readonly Face[]): number[] => [...run(faces).shown];

describe('reconcile', () => {
  it('makes a new person for a cluster of faces that belonged to nobody', () => {
    expect(run([{ cluster: 0 }, { cluster: 0 }, { cluster: -1 }])).toEqual({
      shown: Int32Array.of(-1, -1, 0),
      created: 1,
    });
  });

  it('keeps the id of an unnamed group by the largest overlap', () => {
    const before = [
      { cluster: 0, shown: 7 },
      { cluster: 0, shown: 7 },
      { cluster: 1, shown: 7 },
      { cluster: 1, shown: 8 },
      { cluster: 1, shown: 8 },
    ];
    expect(shownBy(before)).toEqual([7, 7, 8, 8, 8]);
  });

  it('splits an unnamed group in two: one keeps the id, the other is new', () => {
    expect(
      shownBy([
        { cluster: 0, shown: 7 },
        { cluster: 1, shown: 7 },
        { cluster: 1, shown: 7 },
        { cluster: 0, shown: 7 },
        { cluster: 0, shown: 7 },
      ]),
    ).toEqual([7, -1, -1, 7, 7]);
  });

  it('gives a cluster to the person with the most labels in it, a confirmed one weighing three accepted ones', () => {
    const accepted: Face = { cluster: 0, label: 1, strength: 'accepted' };
    expect(shownBy([accepted, accepted, { cluster: 0, label: 2 }, { cluster: 0 }])).toEqual([1, 1, 2, 2]);
    expect(shownBy([accepted, accepted, accepted, accepted, { cluster: 0, label: 2 }, { cluster: 0 }])).toEqual([
      1, 1, 1, 1, 2, 1,
    ]);
  });

  it('lets several clusters belong to one labelled person', () => {
    expect(shownBy([{ cluster: 0, label: 1 }, { cluster: 0 }, { cluster: 1, label: 1 }, { cluster: 1 }])).toEqual([
      1, 1, 1, 1,
    ]);
    expect(
      shownBy([
        { cluster: 0, label: 1 },
        { cluster: 1, shown: 1, near: 1 },
        { cluster: 1, shown: 1, near: 1 },
      ]),
    ).toEqual([1, 1, 1]);
  });

  it('lets a stranger go that crept into a named person and lies near none of its labelled faces', () => {
    expect(
      shownBy([
        { cluster: 0, label: 1 },
        { cluster: 1, shown: 1 },
        { cluster: 1, shown: 1 },
      ]),
    ).toEqual([1, -1, -1]);
  });

  it('keeps a face that fell out of all clusters only where it lies near its person', () => {
    expect(
      shownBy([
        { cluster: 0, label: 1 },
        { cluster: -1, shown: 1, near: 1 },
        { cluster: -1, shown: 1 },
        { cluster: -1, near: 1 },
      ]),
    ).toEqual([1, 1, 0, 0]);
  });

  it('never gives a rejected face back', () => {
    expect(
      shownBy([
        { cluster: 0, label: 1 },
        { cluster: 0, rejected: [1] },
        { cluster: -1, shown: 1, near: 1, rejected: [1] },
      ]),
    ).toEqual([1, 0, 0]);
  });

  it('leaves a face alone that the clustering had not seen', () => {
    expect(shownBy([{ cluster: notJudged, shown: 4 }, { cluster: notJudged }])).toEqual([4, 0]);
  });

  const person = fc.integer({ min: 0, max: 4 });
  const face: fc.Arbitrary<Face> = fc
    .record({
      cluster: fc.integer({ min: -2, max: 5 }),
      shown: person,
      near: person,
      label: person,
      strength: fc.constantFrom('confirmed' as const, 'accepted' as const),
      rejected: fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 2 }),
    })
    // The facts never contradict each other: a label takes the rejection away.
    .map((one) => ({ ...one, rejected: one.rejected.filter((id) => id !== one.label) }));
  const library = fc.array(face, { maxLength: 40 });

  it('keeps every label and every rejection, whatever the clusters', () => {
    fc.assert(
      fc.property(library, (faces) => {
        for (const [at, shown] of run(faces).shown.entries()) {
          if (faces[at]!.label) expect(shown).toBe(faces[at]!.label);
          expect(faces[at]!.rejected).not.toContain(shown);
        }
      }),
    );
  });

  it('shows all unlabelled faces of a cluster as one person, or as nobody where they are rejected for it', () => {
    fc.assert(
      fc.property(library, (faces) => {
        const owner = new Map<number, number>();
        for (const [at, shown] of run(faces).shown.entries()) {
          const { cluster, label, rejected } = faces[at]!;
          if (cluster < 0 || label || (shown === 0 && rejected!.length > 0)) continue;
          expect(shown).not.toBe(0);
          expect(owner.get(cluster) ?? shown).toBe(shown);
          owner.set(cluster, shown);
        }
      }),
    );
  });

  it('never gives two clusters to one unlabelled person, and numbers new people without gaps', () => {
    fc.assert(
      fc.property(library, (faces) => {
        const { shown, created } = run(faces);
        const labelled = new Set(faces.map(({ label }) => label));
        const clusterOf = new Map<number, number>();
        for (const [at, who] of shown.entries()) {
          const { cluster } = faces[at]!;
          expect(who).toBeGreaterThanOrEqual(-created);
          if (cluster < 0 || who === 0 || labelled.has(who)) continue;
          expect(clusterOf.get(who) ?? cluster).toBe(cluster);
          clusterOf.set(who, cluster);
        }
      }),
    );
  });

  it('changes nothing more when it runs again on its own result', () => {
    fc.assert(
      fc.property(library, (faces) => {
        const first = run(faces).shown;
        const settled = faces.map((one, at) => ({ ...one, shown: first[at]! < 0 ? 100 - first[at]! : first[at]! }));
        expect(shownBy(settled)).toEqual(settled.map(({ shown }) => shown));
      }),
    );
  });
});

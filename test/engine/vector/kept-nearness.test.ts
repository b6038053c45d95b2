import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { openFaceIndex } from '../../../app/engine/vector/face-index.ts';
import { createKeptNearness } from '../../../app/engine/vector/kept-nearness.ts';
import { nearestPeople, type NearestPeople } from '../../../app/engine/vector/nearest-people.ts';
import { createIdentities } from '../../factories/identities.ts';
import { createRandom } from '../../factories/library.ts';

const [faces, people, dimensions, radius] = [300, 8, 16, 1.1];

test('rows that are brought up to date are those that all faces compared anew would give', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'familiar-test-'));
  const index = openFaceIndex(dir, 'test', dimensions);
  const identities = createIdentities(5, dimensions, 0.8);
  for (let id = 1; id <= faces; id++) index.add(id, identities.face(id % people));
  await index.link();
  const random = createRandom(3);
  const kept = createKeptNearness(index.compared, { radius, reach: 2 });
  const [unitOf, personOf] = [new Map<number, number>(), new Map<number, number>()];
  const rows = new Map<string, unknown>();
  for (let round = 0; round < 12; round++) {
    const moving = Array.from({ length: faces }, (_, at) => at + 1).filter(() => random() < (round === 0 ? 1 : 0.03));
    const touched = { units: new Set<number>(), people: new Set<number>() };
    const [units, persons]: [number[], number[]] = [[], []];
    for (const face of moving) {
      const isUnit = random() < 0.5;
      const [unit, person] = [isUnit ? 1 + Math.floor(random() * 40) : 0, isUnit ? 0 : Math.floor(random() * 12)];
      touched.units.add(unitOf.get(face) ?? 0).add(unit);
      touched.people.add(personOf.get(face) ?? 0).add(person);
      unitOf.set(face, unit);
      personOf.set(face, person);
      units.push(face, unit);
      persons.push(face, person);
    }
    const told = kept.change({ units: Int32Array.from(units), people: Int32Array.from(persons) });
    // A face that stays where it is touches nobody: what is told replaces what was known of the same two.
    const fresh = byPair(nearestPeople(index.compared, { units: pairs(unitOf), people: pairs(personOf), radius }));
    for (const key of rows.keys()) {
      const [unit, person] = key.split(' ').map(Number);
      const isTouched = touched.units.has(unit!) || touched.people.has(person!);
      if (isTouched && !fresh.has(key)) rows.delete(key);
    }
    for (const [key, row] of byPair(told)) rows.set(key, row);
    expect(new Map([...rows].sort())).toEqual(new Map([...fresh].sort()));
    expect(told.near).toBe(new Set([...fresh.keys()].map((key) => key.split(' ')[0])).size);
  }
  rmSync(dir, { recursive: true, force: true });
});

function pairs(keyOf: ReadonlyMap<number, number>): Int32Array<ArrayBuffer> {
  return Int32Array.from([...keyOf].filter(([, key]) => key !== 0).flat());
}

/** Distances to what float32 sums can tell. */
function byPair(found: NearestPeople): Map<string, unknown> {
  return new Map(
    Array.from(found.units, (unit, row) => [
      `${unit} ${found.people[row]}`,
      [
        found.faces[row],
        found.nearest[row],
        ...[found.distances[row], found.averages[row], found.looks[row]].map((value) => value!.toFixed(4)),
      ],
    ]),
  );
}

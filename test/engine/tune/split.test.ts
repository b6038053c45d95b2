import { describe, expect, it } from 'vitest';

import { seededRandom } from '../../../app/engine/seeded-random.ts';
import { part, splitFaces } from '../../../app/engine/tune/split.ts';
import { rowsByPerson } from '../../../app/engine/tune/training-faces.ts';
import { madeFaces } from './made-faces.ts';

const shares = { folds: 3, unseen: 0.15 };

function burstyFaces() {
  const faces = madeFaces({ people: 20, each: 6, lone: 30 });
  // Three events of two photos each; the last two people are only guessed.
  const events = faces.events.map((event) => event >> 1);
  const trust = faces.trust.map((_, row) => (faces.people[row]! >= 18 ? 0.5 : 1));
  return { ...faces, events, trust };
}

describe('splitting faces', () => {
  it('never puts one event on both sides', () => {
    const faces = burstyFaces();
    for (let seed = 1; seed <= 20; seed++)
      for (const parts of splitFaces(faces, shares, seededRandom(seed))) {
        for (const rows of rowsByPerson(faces).values())
          for (const some of Map.groupBy(rows, (row) => faces.events[row]!).values())
            expect(new Set(some.map((row) => parts[row])).size).toBe(1);
      }
  });

  it('holds every face out once, and some people as a whole', () => {
    const faces = burstyFaces();
    const folds = splitFaces(faces, shares, seededRandom(3));
    expect(folds).toHaveLength(3);
    for (const row of faces.people.keys())
      expect(folds.filter((parts) => parts[row] !== part.training).length).toBeGreaterThanOrEqual(1);
    const unseen = folds.map(
      (parts) => new Set([...parts.keys()].filter((row) => parts[row] === part.unseen).map((row) => faces.people[row])),
    );
    expect(unseen.map((people) => people.size)).toEqual([2, 2, 2]);
    expect(new Set(unseen.flatMap((people) => [...people])).size).toBe(6);
    for (const [fold, people] of unseen.entries())
      for (const [row, person] of faces.people.entries())
        if (people.has(person)) expect(folds[fold]![row]).toBe(part.unseen);
  });

  it('keeps people of a single event in the training, and holds out guesses only as strangers', () => {
    const faces = { ...burstyFaces() };
    const events = faces.events.map((event, row) => (faces.people[row] === 0 ? 0 : event + 1));
    for (const parts of splitFaces({ ...faces, events }, shares, seededRandom(1)))
      for (const [row, person] of faces.people.entries()) {
        if (person === 0) expect(parts[row]).toBe(part.training);
        if (person >= 18 || person < 0) expect([part.training, part.stranger]).toContain(parts[row]);
      }
  });
});

import { describe, expect, it } from 'vitest';

import { createBatches } from '../../../app/engine/tune/batches.ts';
import { seededRandom } from '../../../app/engine/seeded-random.ts';
import { lone, type TrainingFaces } from '../../../app/engine/tune/training-faces.ts';

function faces(people: number[], events = [...people.keys()]): TrainingFaces {
  return {
    dimensions: 1,
    vectors: new Float32Array(people.length).fill(1),
    people: Int32Array.from(people),
    trust: new Float32Array(people.length).fill(1),
    events: Int32Array.from(events),
    apart: new Int32Array(0),
  };
}

const repeat = (person: number, times: number): number[] => Array.from({ length: times }, () => person);

describe('batches', () => {
  it('hold so many faces of so many people, and lone faces', () => {
    const people = [...[0, 1, 2, 3, 4, 5].flatMap((person) => repeat(person, 4)), ...repeat(lone, 9)];
    const next = createBatches(faces(people), { people: 3, named: 0.5, faces: 2, lone: 5 }, seededRandom(1));
    for (let i = 0; i < 20; i++) {
      const rows = next();
      expect(new Set(rows).size).toBe(11);
      const counts = Map.groupBy(rows, (row) => people[row]!);
      expect(counts.get(lone)).toHaveLength(5);
      expect([...counts.values()].map((some) => some.length).sort()).toEqual([2, 2, 2, 5]);
    }
  });

  it('give everybody a turn before anybody has two, however many faces they have', () => {
    const people = [...repeat(0, 1000), ...[1, 2, 3, 4].flatMap((person) => repeat(person, 2))];
    const next = createBatches(faces(people), { people: 2, named: 0.5, faces: 2, lone: 0 }, seededRandom(1));
    const turns = new Map<number, number>();
    for (let i = 0; i < 50; i++)
      for (const person of new Set(next().map((row) => people[row]!))) turns.set(person, (turns.get(person) ?? 0) + 1);
    expect([...turns.values()]).toEqual(repeat(20, 5));
  });

  it('keep a share for people whom the user named, everybody in turn', () => {
    const people = Array.from({ length: 24 }, (_, person) => repeat(person, 2)).flat();
    const trust = Float32Array.from(people, (person) => (person < 4 ? 1 : 0.5));
    const next = createBatches(
      { ...faces(people), trust },
      { people: 4, named: 0.5, faces: 2, lone: 0 },
      seededRandom(1),
    );
    const drawn = Array.from({ length: 10 }, () => [...new Set(next().map((row) => people[row] ?? lone))]);
    for (const some of drawn) expect(some.filter((person) => person < 4)).toHaveLength(2);
    const turns = Map.groupBy(drawn.flat(), (person) => person);
    expect([0, 1, 2, 3].map((person) => turns.get(person)?.length)).toEqual(repeat(5, 4));
    expect(turns.size).toBe(24);
  });

  it('fill up with guessed people where few are named, and with named people where few are guessed', () => {
    const people = Array.from({ length: 8 }, (_, person) => repeat(person, 2)).flat();
    const namedOf = (named: number): number[] => {
      const trust = Float32Array.from(people, (person) => (person < named ? 1 : 0.5));
      const shape = { people: 6, named: 0.5, faces: 1, lone: 0 };
      return createBatches({ ...faces(people), trust }, shape, seededRandom(1))().map((row) => people[row] ?? lone);
    };
    expect([1, 7].map((named) => namedOf(named).filter((person) => person < named).length)).toEqual([1, 5]);
    expect([1, 7].map((named) => namedOf(named).length)).toEqual([6, 6]);
  });

  it('take one face from each event before a second one from a burst', () => {
    const events = [...repeat(7, 50), 8, 9, 10];
    const next = createBatches(
      faces([...repeat(0, 53), 1, 1], [...events, 11, 12]),
      { people: 2, named: 0.5, faces: 4, lone: 0 },
      seededRandom(1),
    );
    for (let i = 0; i < 20; i++) {
      const own = next().filter((row) => row < 53);
      expect(new Set(own.map((row) => events[row])).size).toBe(4);
    }
  });

  it('fill up from a burst where there is nothing else, each face once', () => {
    const next = createBatches(
      faces([0, 0, 0, 1, 1], [1, 1, 1, 2, 3]),
      { people: 2, named: 0.5, faces: 5, lone: 3 },
      seededRandom(1),
    );
    expect(next().toSorted()).toEqual([0, 1, 2, 3, 4]);
  });

  it('leave out people of one face, who have no positive', () => {
    const next = createBatches(faces([0, 1, 1]), { people: 9, named: 0.5, faces: 9, lone: 9 }, seededRandom(1));
    expect(next().toSorted()).toEqual([1, 2]);
  });

  it('are the same again for the same seed', () => {
    const people = [0, 1, 2, 3].flatMap((person) => repeat(person, 5));
    const [one, again, other] = [1, 1, 2].map((seed) => {
      const next = createBatches(faces(people), { people: 2, named: 0.5, faces: 3, lone: 0 }, seededRandom(seed));
      return [next(), next(), next()];
    });
    expect(again).toEqual(one);
    expect(other).not.toEqual(one);
  });
});

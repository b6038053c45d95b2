import { shuffled } from '../seeded-random.ts';
import { lone, rowsByPerson, type TrainingFaces } from './training-faces.ts';

export interface BatchShape {
  /** P: people in a batch, at most. */
  readonly people: number;
  /** Share of P that is kept for people whom the user has named, 0 to 1; either kind fills up for the other. */
  readonly named: number;
  /** K: faces of each of them, at most. */
  readonly faces: number;
  /** Faces of nobody known, at most: only ever negatives. */
  readonly lone: number;
}

/**
 * P people × K faces, again and again (Hermans et al. 2017, arXiv 1703.07737, section 2). Of the named everybody has a
 * turn before anybody has a second one, however many faces they have, and so of the guessed, who are often many more: if
 * all took turns together, two named people who look alike would hardly ever meet in a batch. A person's faces come
 * from as many events as there are, so that a burst is not taken for many looks.
 * @returns a function that gives the rows of the next batch
 */
export function createBatches(faces: TrainingFaces, shape: BatchShape, random: () => number): () => number[] {
  const own = rowsByPerson(faces);
  const people = [...own].filter(([, rows]) => rows.length > 1);
  const isNamed = (rows: readonly number[]): boolean => rows.some((row) => faces.trust[row] === 1);
  const named = people.filter(([, rows]) => isNamed(rows)).map(([person]) => person);
  const guessed = people.filter(([, rows]) => !isNamed(rows)).map(([person]) => person);
  const namedShare = Math.max(Math.round(shape.named * shape.people), shape.people - guessed.length);
  const namedCount = Math.min(namedShare, named.length);
  const nextNamed = inTurn(named, random);
  const nextGuessed = inTurn(guessed, random);
  const nextLone = inTurn(
    [...faces.people.keys()].filter((row) => faces.people[row] === lone),
    random,
  );
  const takers = new Map(Array.from(own, ([person, rows]) => [person, facesInTurn(faces, rows, random)]));
  return () => {
    const drawn = [...nextNamed(namedCount), ...nextGuessed(shape.people - namedCount)];
    const rows = drawn.flatMap((person) => takers.get(person)?.(shape.faces) ?? []);
    return [...rows, ...nextLone(shape.lone)];
  };
}

/** Gives so many different items at a time, all of them in turn, in a new order each round. */
function inTurn<T>(items: readonly T[], random: () => number): (count: number) => T[] {
  let waiting: T[] = [];
  return (count) => {
    const taken = waiting.splice(0, count);
    if (taken.length < Math.min(count, items.length)) {
      const already = new Set(taken);
      const round = shuffled(items, random);
      waiting = round.filter((item) => already.has(item));
      const fresh = round.filter((item) => !already.has(item));
      taken.push(...fresh.splice(0, count - taken.length));
      waiting.unshift(...fresh);
    }
    return taken;
  };
}

/** Gives different faces of one person, from every event before a second one from any. */
function facesInTurn(
  { events }: TrainingFaces,
  rows: readonly number[],
  random: () => number,
): (count: number) => number[] {
  const byEvent = new Map<number, number[]>();
  for (const row of rows) byEvent.set(events[row] ?? 0, [...(byEvent.get(events[row] ?? 0) ?? []), row]);
  const nextEvent = inTurn([...byEvent.keys()], random);
  const nextOf = new Map(Array.from(byEvent, ([event, some]) => [event, inTurn(some, random)]));
  return (count) => {
    const taken: number[] = nextEvent(count).flatMap((event) => nextOf.get(event)?.(1) ?? []);
    if (taken.length === count || taken.length === rows.length) return taken;
    const others = rows.filter((row) => !taken.includes(row));
    return [...taken, ...shuffled(others, random).slice(0, count - taken.length)];
  };
}

import { shuffled } from '../seeded-random.ts';
import { lone, rowsByPerson, type TrainingFaces } from './training-faces.ts';

/**
 * At most so many faces that stand for all: people are taken as a whole, those whom the user has named for half of it,
 * guessed ones and faces of nobody known for the other half; either half is larger where the other has not as many.
 * @returns rows, ascending
 */
export function sampleRows(faces: TrainingFaces, most: number, random: () => number): number[] {
  const rows = [...faces.people.keys()];
  if (rows.length <= most) return rows;
  const [named, guessed] = [[], []] as [number[][], number[][]];
  for (const own of rowsByPerson(faces).values())
    (own.some((row) => faces.trust[row] === 1) ? named : guessed).push(own);
  const others = [...guessed, ...rows.filter((row) => faces.people[row] === lone).map((row) => [row])];
  const othersCount = others.reduce((sum, own) => sum + own.length, 0);
  const taken = takeWhole(shuffled(named, random), Math.max(most / 2, most - othersCount));
  return [...taken, ...takeWhole(shuffled(others, random), most - taken.length)].sort((a, b) => a - b);
}

/** Whole people in turn, as long as they fit. */
function takeWhole(people: readonly (readonly number[])[], most: number): number[] {
  const taken: number[] = [];
  for (const own of people) if (taken.length + own.length <= most) taken.push(...own);
  return taken;
}

import type { GroupingDistances } from '../../contract/measures.ts';
import { seededRandom } from '../seeded-random.ts';
import { dealHalves } from './people-halves.ts';
import { bestTrial, judge, meanTrials, type Trial } from './trials.ts';

/** What some distances made of the labelled faces. All candidates have the same faces in the same order. */
export interface Candidate {
  readonly distances: GroupingDistances;
  readonly people: Int32Array;
  readonly groups: Int32Array;
}

export interface Choice {
  readonly distances: GroupingDistances;
  /** Mean B-cubed F1 on people on whom the distances were not chosen, of the chosen and of the standard ones. */
  readonly f1: number;
  readonly standardF1: number;
}

/**
 * The distances that suit the labelled people best. People are dealt into halves several times; what is best on one half
 * is judged on the other, and only where that is better than the standard distances are on the average, the distances
 * that are best over all halves are taken.
 * @param standard one of the candidates
 */
export async function chooseDistances(
  candidates: readonly Candidate[],
  standard: Candidate,
  { deals, precision }: { readonly deals: number; readonly precision: number },
  rest: () => Promise<void>,
): Promise<Choice> {
  const people = Array.from(standard.people);
  const halves: Trial[][] = [];
  for (let seed = 1; seed <= deals; seed++) {
    for (const rows of dealHalves(people, seededRandom(seed))) {
      halves.push(candidates.map((candidate) => judgeRows(candidate, rows)));
      await rest();
    }
  }
  // Trials lie along with the candidates.
  const best = (trials: readonly Trial[]): number => trials.indexOf(bestTrial(trials, precision));
  const f1Of = (half: number, candidate: number): number => 1 - (halves[half]?.[candidate]?.error ?? 1);
  const mean = (of: (half: number) => number): number =>
    [...halves.keys()].reduce((sum, half) => sum + of(half), 0) / halves.length;
  const f1 = mean((half) => f1Of(half, best(halves[half ^ 1] ?? [])));
  const standardF1 = mean((half) => f1Of(half, candidates.indexOf(standard)));
  const chosen = f1 > standardF1 ? candidates[best(meanTrials(halves))] : standard;
  return { distances: (chosen ?? standard).distances, f1, standardF1 };
}

function judgeRows({ distances, people, groups }: Candidate, rows: readonly number[]): Trial {
  return judge(
    `${distances.eps}, ${distances.acceptance}`,
    [],
    rows.map((row) => people[row] ?? 0),
    rows.map((row) => groups[row] ?? -1),
  );
}

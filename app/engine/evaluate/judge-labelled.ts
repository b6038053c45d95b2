import type { ComparedFaces } from '../vector/compared-faces.ts';
import { gatherVectors } from '../vector/gather-vectors.ts';
import { createPause } from '../vector/pause.ts';
import { allPairs } from './all-pairs.ts';
import { hasBothKinds } from './cross-validate.ts';
import { createDistanceHistogram } from './distance-histogram.ts';
import { totals, type PairCounts } from './pair-counts.ts';
import { createPairTally } from './pair-tally.ts';
import { rocOf } from './roc.ts';
import { ratesOf, verification, type Verification } from './verification.ts';

/** Faces whose people are known. The arrays run along. */
export interface LabelledInput {
  readonly ids: Int32Array<ArrayBuffer>;
  readonly people: Int32Array<ArrayBuffer>;
  /** For each way to part the faces, the part that each is in, from 0 on, or −1. No part is in two ways. */
  readonly ways: readonly Int32Array<ArrayBuffer>[];
  /** Parts of all ways together. */
  readonly parts: number;
}

export interface LabelledMeasures extends Verification {
  /** Which of the faces the index holds, and could be judged. */
  readonly ids: Int32Array<ArrayBuffer>;
  /** Of each part the pairs with a face in it. */
  readonly parts: readonly PartMeasures[];
}

export interface PartMeasures {
  readonly faces: number;
  readonly pairs: number;
  /** Null where there are not pairs of one person and of two. */
  readonly eer: number | null;
  readonly tar: Record<string, number>;
}

/** Bins of a part's histogram: 0.0001 apart. A part has few pairs, and there may be a dozen. */
const partBins = 2 ** 14;

/**
 * All pairs of labelled faces, as they are compared now.
 * @throws {Failure} `bad-request` where there are not pairs of both kinds, `cancelled`
 */
export async function judgeLabelled(
  index: ComparedFaces,
  input: LabelledInput,
  signal: AbortSignal,
): Promise<LabelledMeasures> {
  const { dimensions } = index.store;
  const pause = createPause(signal);
  const { found, vectors } = gatherVectors(index, input.ids);
  const people = renumbered(found.map((at) => input.people[at] ?? 0));
  const ways = input.ways.map((way) => found.map((at) => way[at] ?? -1));
  const tally = createPairTally(Math.max(-1, ...new Set(people)) + 1);
  const parts = Array.from({ length: input.parts }, () => createDistanceHistogram(partBins));
  const take = (distance: number, i: number, j: number): void => {
    const [one, other] = [people[i] ?? 0, people[j] ?? 0];
    tally.add(distance, one, other);
    for (const way of ways) {
      const [a = -1, b = -1] = [way[i], way[j]];
      parts[a]?.add(distance, one === other);
      if (a !== b) parts[b]?.add(distance, one === other);
    }
  };
  await allPairs(vectors, dimensions, take, async () => {
    if (pause.isDue) await pause.rest();
  });
  return {
    ...(await verification(tally.counts(), pause.rest)),
    ids: Int32Array.from(found, (at) => input.ids[at] ?? 0),
    parts: parts.map((histogram, part) => ({
      faces: ways.reduce((sum, way) => sum + way.filter((one) => one === part).length, 0),
      ...measurePart(histogram.counts()),
    })),
  };
}

function measurePart(counts: PairCounts): Omit<PartMeasures, 'faces'> {
  const { same, different } = totals(counts);
  if (!hasBothKinds(counts)) return { pairs: same + different, eer: null, tar: {} };
  const roc = rocOf(counts);
  return { pairs: same + different, eer: roc.eer, tar: ratesOf(roc) };
}

/** The same people numbered from 0 on, in order of appearance. */
function renumbered(people: readonly number[]): number[] {
  const numbers = new Map<number, number>();
  for (const person of people) if (!numbers.has(person)) numbers.set(person, numbers.size);
  return people.map((person) => numbers.get(person) ?? 0);
}

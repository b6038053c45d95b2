import { createBlockTally, type BlockCounts } from './block-counts.ts';
import { createDistanceHistogram } from './distance-histogram.ts';
import { joinCounts, type PairCounts } from './pair-counts.ts';

/** Pairs of faces that are judged, counted by distance. */
export interface CountedPairs {
  /** Parts of them that share no person. */
  readonly folds: readonly PairCounts[];
  readonly all: PairCounts;
  /** All of them again, by who is in them. */
  readonly blocks: BlockCounts;
}

/** Counts any number of pairs in constant memory. */
export interface PairTally {
  /** `distance`: L2 between unit vectors, or Infinity; `one` and `other`: people, from 0 on. */
  add(distance: number, one: number, other: number): void;
  counts(): CountedPairs;
}

/** Folds of the LFW protocol; fewer where there are fewer than two people for each. */
const mostFolds = 10;

/** People are dealt to folds in turn; a fold holds the pairs among its people. */
export function createPairTally(people: number): PairTally {
  const folds = Math.max(1, Math.min(mostFolds, Math.floor(people / 2)));
  const within = Array.from({ length: folds }, () => createDistanceHistogram());
  const between = createDistanceHistogram();
  const blocks = createBlockTally(people);
  return {
    add: (distance, one, other) => {
      const histogram = one % folds === other % folds ? within[one % folds] : between;
      histogram?.add(distance, one === other);
      blocks.add(distance, one, other);
    },
    counts: () => {
      const counted = within.map((histogram) => histogram.counts());
      return { folds: counted, all: [between.counts(), ...counted].reduce(joinCounts), blocks };
    },
  };
}

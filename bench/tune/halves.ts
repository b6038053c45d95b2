import { dealHalves } from '../../app/engine/insights/people-halves.ts';
import { bestTrial, smoothTrials } from '../../app/engine/insights/trials.ts';
import type { TensorFlow } from '../../app/engine/model/engines/tfjs/backend.ts';
import type { GroupingDistances } from '../../app/engine/tune/group-alone.ts';
import type { KnownFaces } from '../../scripts/calibration/embed-folders.ts';
import { pickKnown } from '../../scripts/calibration/pick-known.ts';
import { thresholdGrid } from '../../scripts/calibration/threshold-grid.ts';
import { tryThresholds } from '../../scripts/calibration/try-thresholds.ts';
import { createRandom } from '../../test/factories/library.ts';
import { compareAll } from './compare-all.ts';
import { learnAs, type Outcome } from './outcome.ts';
import { openSeenLibrary } from './seen-library.ts';
import { simulateUser } from './simulated-user.ts';

/** As bench:grouping wants it. */
const wantedPrecision = 0.98;

/**
 * A user whose library is one half of the people, grouped by distances that were chosen on the other half. The distances
 * of a pack were chosen on these very photos, so no head can be compared fairly with what they come to there.
 * @param pair the pair threshold of the pack, L2
 */
export async function learnOnHalf(
  tf: typeof TensorFlow,
  known: KnownFaces,
  pair: number,
  seed: number,
  half: 0 | 1,
): Promise<Outcome> {
  const halves = dealHalves(known.people, createRandom(seed));
  const distances = await chooseDistances(pickKnown(known, halves[half === 0 ? 1 : 0]), pair);
  const own = pickKnown(known, halves[half]);
  const { near } = compareAll(tf, own.vectors, own.people, [], [], distances.eps);
  const userSeed = 2 * seed + half;
  const user = simulateUser(own, near, distances.eps, userSeed);
  return learnAs(tf, own, await openSeenLibrary(own), distances, user, userSeed);
}

async function chooseDistances(known: KnownFaces, pair: number): Promise<GroupingDistances> {
  const trials = smoothTrials(await tryThresholds(known, pair));
  const chosen = thresholdGrid(pair)[trials.indexOf(bestTrial(trials, wantedPrecision))];
  if (!chosen) throw new Error('nothing was tried');
  return chosen;
}

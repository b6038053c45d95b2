import { judge, type Trial } from '../../app/engine/insights/trials.ts';
import type { KnownFaces } from './embed-folders.ts';
import { indexKnown } from './known-groups.ts';
import { thresholdGrid } from './threshold-grid.ts';

/** What every setting makes of known faces: the trials lie along with `thresholdGrid(pair)`. */
export async function tryThresholds(known: KnownFaces, pair: number): Promise<Trial[]> {
  const { group } = await indexKnown(known);
  const trials: Trial[] = [];
  for (const thresholds of thresholdGrid(pair)) {
    const { eps, acceptance } = thresholds;
    trials.push(judge(`${eps}, ${acceptance}`, [eps / pair, acceptance / pair], known.people, await group(thresholds)));
  }
  return trials;
}

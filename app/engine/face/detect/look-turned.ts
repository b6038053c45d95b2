import type { DetectedFace } from '../../model/model-service.ts';
import type { Sampler } from '../sampler.ts';
import { faceTurnedBack, turnedSampler, type Quarters } from './turned.ts';

export interface TurningSettings {
  /** Score, 0 to 1, from which a face shows which way is up. */
  readonly sure: number;
  /** Long side in pixels of the picture in which the way up is looked for. */
  readonly side: number;
}

type Look = (samplers: readonly Sampler[]) => Promise<DetectedFace[][]>;

const ways: readonly Quarters[] = [1, 2, 3];
/** Scores end here when they are weighed: the network hardly tells 0.9999 from 1. */
const mostCertain = 0.9999;

/**
 * Looks at a picture the other ways round, where no face in it shows that it is upright: a photo that was taken with a
 * turned camera and does not say so. First it is looked at small, each way; then properly, the way for which most speaks,
 * if more does than for `upright`, the faces found as it is. Gives faces in the picture as it is.
 */
export async function lookTurned(
  look: Look,
  sampler: Sampler,
  upright: DetectedFace[],
  { sure, side }: TurningSettings,
): Promise<DetectedFace[]> {
  const showsWay = (faces: readonly DetectedFace[]): boolean => faces.some(({ score }) => score >= sure);
  if (showsWay(upright)) return upright;
  const small = await look(ways.map((way) => turnedSampler(sampler, way, side)));
  const [best] = ways
    .map((way, i) => ({ way, found: small[i] ?? [] }))
    .filter(({ found }) => showsWay(found))
    .toSorted((one, other) => evidenceOf(other.found) - evidenceOf(one.found));
  if (!best) return upright;
  const [found = []] = await look([turnedSampler(sampler, best.way)]);
  if (evidenceOf(found) <= evidenceOf(upright)) return upright;
  return found.map((face) => faceTurnedBack(face, best.way, sampler));
}

/** How much faces speak for the way they were found: the sum of their log odds. */
function evidenceOf(faces: readonly DetectedFace[]): number {
  return faces.reduce((sum, { score }) => {
    const likely = Math.min(score, mostCertain);
    return sum + Math.log(likely / (1 - likely));
  }, 0);
}

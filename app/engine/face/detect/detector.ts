import type { RgbImage } from '../../image/rgb-image.ts';
import type { DetectedFace } from '../../model/model-service.ts';
import type { Network } from '../../model/network.ts';
import { createSampler, type Sampler } from '../sampler.ts';
import type { Candidate } from './boxes.ts';
import { lookTurned, type TurningSettings } from './look-turned.ts';
import type { MtcnnSettings } from './mtcnn-settings.ts';
import { locate } from './refine.ts';

/** Names places that may hold a face, too many rather than too few: one list a picture. */
export type Propose = (samplers: readonly Sampler[]) => Promise<Candidate[][]>;

/** Finds the faces of pictures, one list a picture, best first, with boxes and points in its pixels. */
export type Detect = (images: readonly RgbImage[]) => Promise<DetectedFace[][]>;

/**
 * Proposals from anywhere, judged and located by MTCNN's O-Net (Zhang et al. 2016). Pictures in which that finds nothing
 * that is surely a face are looked at turned, too; `turning` is null where they are not.
 */
export function createDetector(
  propose: Propose,
  onet: Network,
  cascade: MtcnnSettings,
  turning: TurningSettings | null,
): Detect {
  const look = async (samplers: readonly Sampler[]): Promise<DetectedFace[][]> =>
    locate(onet, samplers, await propose(samplers), cascade);
  return async (images) => {
    const samplers = images.map(createSampler);
    const upright = await look(samplers);
    if (!turning) return upright;
    const faces = [];
    for (const [i, sampler] of samplers.entries())
      faces.push(await lookTurned(look, sampler, upright[i] ?? [], turning));
    return faces;
  };
}

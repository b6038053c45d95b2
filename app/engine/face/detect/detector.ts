import type { RgbImage } from '../../image/rgb-image.ts';
import type { DetectedFace } from '../../model/model-service.ts';
import type { Network } from '../../model/network.ts';
import { createSampler, type Sampler } from '../sampler.ts';
import type { Candidate } from './boxes.ts';
import type { MtcnnSettings } from './mtcnn-settings.ts';
import { locate, refine } from './refine.ts';

/** Names places that may hold a face; too many rather than too few. */
export type Propose = (sampler: Sampler) => Promise<Candidate[]>;

/** Finds the faces of a picture, best first, with boxes and points in its pixels. */
export type Detect = (image: RgbImage) => Promise<DetectedFace[]>;

/** MTCNN's cascade (Zhang et al. 2016): proposals from anywhere, sifted by R-Net, judged and located by O-Net. */
export function createDetector(propose: Propose, rnet: Network, onet: Network, settings: MtcnnSettings): Detect {
  return async (image) => {
    if (image.width < 1 || image.height < 1) return [];
    const sampler = createSampler(image);
    const proposed = await propose(sampler);
    return locate(onet, sampler, await refine(rnet, sampler, proposed, settings), settings);
  };
}

import type { RgbImage } from '../../image/rgb-image.ts';
import type { DetectedFace } from '../../model/model-service.ts';
import type { Network } from '../../model/network.ts';
import { createSampler, type Sampler } from '../sampler.ts';
import type { Candidate } from './boxes.ts';
import type { MtcnnSettings } from './mtcnn-settings.ts';
import { locate } from './refine.ts';

/** Names places that may hold a face; too many rather than too few. */
export type Propose = (sampler: Sampler) => Promise<Candidate[]>;

/** Finds the faces of a picture, best first, with boxes and points in its pixels. */
export type Detect = (image: RgbImage) => Promise<DetectedFace[]>;

/** Proposals from anywhere, judged and located by MTCNN's O-Net (Zhang et al. 2016). */
export function createDetector(propose: Propose, onet: Network, settings: MtcnnSettings): Detect {
  return async (image) => {
    if (image.width < 1 || image.height < 1) return [];
    const sampler = createSampler(image);
    return locate(onet, sampler, await propose(sampler), settings);
  };
}

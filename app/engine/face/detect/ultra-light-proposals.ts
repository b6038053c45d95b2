import { outputOf, type Network } from '../../model/network.ts';
import type { Sampler } from '../sampler.ts';
import { suppress, type Candidate } from './boxes.ts';
import type { Propose } from './detector.ts';
import { grey, type MtcnnSettings } from './mtcnn-settings.ts';

/** The sides of the anchors of each map, and how far its cells lie apart, in pixels: the network's own. */
const maps = [
  { stride: 8, sides: [10, 16, 24] },
  { stride: 16, sides: [32, 48] },
  { stride: 32, sides: [64, 96] },
  { stride: 64, sides: [128, 192, 256] },
] as const;

/** How the box shifts were scaled in training (SSD's variances). */
const centreVariance = 0.1;
const sizeVariance = 0.2;

/** One look at the picture: its long side in pixels, and the border round it in pixels. */
interface Look {
  readonly side: number;
  readonly border: number;
}

export interface UltraLightSettings {
  readonly looks: readonly Look[];
  readonly score: number;
}

/** Looks for faces with the Ultra-Light network at a few sizes. */
export function createUltraLightProposals(
  network: Network,
  settings: UltraLightSettings,
  { proposalOverlap }: MtcnnSettings,
): Propose {
  return async (sampler) => {
    const found: Candidate[] = [];
    const { width, height } = sampler.image;
    const sizes = new Set<number>();
    for (const { side, border } of settings.looks) {
      const scale = Math.min(1, side / Math.max(width, height));
      if (border === 0 && sizes.has(scale)) continue;
      sizes.add(scale);
      found.push(...(await look(network, sampler, scale, border, settings.score)));
    }
    return suppress(found, proposalOverlap);
  };
}

async function look(
  network: Network,
  { image, sample }: Sampler,
  scale: number,
  border: number,
  least: number,
): Promise<Candidate[]> {
  const width = Math.max(1, Math.round(image.width * scale)) + 2 * border;
  const height = Math.max(1, Math.round(image.height * scale)) + 2 * border;
  const data = new Uint8Array(3 * width * height);
  sample({ a: 1 / scale, b: 0, tx: -border / scale, ty: -border / scale }, width, height, data, 0, grey);
  const outputs = await network.run({ image: { data, dims: [1, height, width, 3] } });
  const scores = outputOf(outputs, 'face_scores').data;
  const shifts = outputOf(outputs, 'shifts').data;
  const found: Candidate[] = [];
  let anchor = 0;
  // A map's cell covers `stride` pixels; maps are rounded up from map to map, as the convolutions do.
  for (const { stride, sides } of maps) {
    const columns = Math.ceil(width / stride);
    const rows = Math.ceil(height / stride);
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        for (const side of sides) {
          const score = scores[2 * anchor + 1] ?? 0;
          if (score >= least) {
            const x = stride * (column + 0.5) + (shifts[4 * anchor] ?? 0) * centreVariance * side;
            const y = stride * (row + 0.5) + (shifts[4 * anchor + 1] ?? 0) * centreVariance * side;
            const halfWidth = (side * Math.exp((shifts[4 * anchor + 2] ?? 0) * sizeVariance)) / 2;
            const halfHeight = (side * Math.exp((shifts[4 * anchor + 3] ?? 0) * sizeVariance)) / 2;
            found.push({
              left: (x - halfWidth - border) / scale,
              top: (y - halfHeight - border) / scale,
              right: (x + halfWidth - border) / scale,
              bottom: (y + halfHeight - border) / scale,
              score,
            });
          }
          anchor++;
        }
      }
    }
  }
  return found;
}

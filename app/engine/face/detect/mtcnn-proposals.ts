import { outputOf, type Network } from '../../model/network.ts';
import type { Sampler } from '../sampler.ts';
import { shifted, suppress, type Candidate } from './boxes.ts';
import type { Propose } from './detector.ts';
import { grey, type MtcnnSettings } from './mtcnn-settings.ts';
import { refine } from './refine.ts';

/** P-Net looks at squares of 12 pixels, 2 pixels apart (Zhang et al. 2016, section 2.2). */
const cell = 12;
const stride = 2;

/**
 * Looks for faces with P-Net over a pyramid of smaller and smaller pictures, framed so that a face may fill it, and
 * sifts them with R-Net.
 */
export function createMtcnnProposals(pnet: Network, rnet: Network, settings: MtcnnSettings): Propose {
  const proposeIn = async (sampler: Sampler): Promise<Candidate[]> => {
    const found: Candidate[] = [];
    for (const scale of pyramidScales(sampler.width, sampler.height, settings)) {
      const level = await proposeAt(pnet, sampler, scale, settings);
      found.push(...suppress(level, settings.levelOverlap));
    }
    return suppress(found, settings.proposalOverlap);
  };
  return async (samplers) => {
    const found = [];
    for (const sampler of samplers) found.push(await proposeIn(sampler));
    return refine(rnet, samplers, found, settings);
  };
}

/** From the scale at which the smallest face is one cell to that at which the framed picture hardly is one. */
export function pyramidScales(width: number, height: number, settings: MtcnnSettings): number[] {
  const { smallestFace, largestSide, frame, pyramidFactor } = settings;
  const fit = Math.min(1, largestSide / Math.max(width, height));
  const framed = (1 + 2 * frame) * Math.min(width, height);
  const scales: number[] = [];
  for (let scale = (fit * cell) / smallestFace; scale * framed >= cell; scale *= pyramidFactor) scales.push(scale);
  return scales;
}

async function proposeAt(
  pnet: Network,
  { width: sourceWidth, height: sourceHeight, sample }: Sampler,
  scale: number,
  { frame, proposalScore }: MtcnnSettings,
): Promise<Candidate[]> {
  // The frame matters to faces about as large as the picture, which only coarse levels find.
  const short = Math.min(sourceWidth, sourceHeight);
  const border = Math.min(frame * short, (4 * cell) / scale);
  const width = Math.ceil((sourceWidth + 2 * border) * scale);
  const height = Math.ceil((sourceHeight + 2 * border) * scale);
  if (width < cell || height < cell) return [];
  const data = new Uint8Array(3 * width * height);
  sample({ a: 1 / scale, b: 0, tx: -border, ty: -border }, width, height, data, 0, grey);
  const outputs = await pnet.run({ image: { data, dims: [1, height, width, 3] } });
  const { data: scores, dims } = outputOf(outputs, 'scores');
  const { data: shifts } = outputOf(outputs, 'shifts');
  const columns = dims[3] ?? 0;
  const found: Candidate[] = [];
  const ofCell = new Float32Array(4);
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i] ?? 0;
    if (score < proposalScore) continue;
    const left = (stride * (i % columns)) / scale - border;
    const top = (stride * Math.floor(i / columns)) / scale - border;
    for (let edge = 0; edge < 4; edge++) ofCell[edge] = shifts[edge * scores.length + i] ?? 0;
    const box = { left, top, right: left + cell / scale, bottom: top + cell / scale, score };
    found.push(shifted(box, ofCell, 0));
  }
  return found;
}

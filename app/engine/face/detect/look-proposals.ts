import { outputOf, type FloatTensor, type Network } from '../../model/network.ts';
import type { Sampler } from '../sampler.ts';
import { suppress, type Candidate } from './boxes.ts';
import type { Propose } from './detector.ts';
import { grey, type MtcnnSettings } from './mtcnn-settings.ts';

/** One look at the picture: about its long side in pixels, and the border round it in pixels. */
export interface Look {
  readonly side: number;
  readonly border: number;
}

export interface LookSettings {
  readonly looks: readonly Look[];
  /** Below this, 0 to 1, a place is dropped. */
  readonly score: number;
}

/** What a network made of a look. */
export interface Seen {
  /** Of the look, in pixels. */
  readonly width: number;
  readonly height: number;
  readonly output: (name: string) => FloatTensor;
}

/** The places of at least the score `least`, in pixels of the look. */
export type ReadPlaces = (seen: Seen, least: number) => Candidate[];

/** Looks for faces at a few sizes with one network that sees the whole picture. */
export function createLookProposals(
  network: Network,
  read: ReadPlaces,
  { looks, score }: LookSettings,
  { proposalOverlap }: MtcnnSettings,
): Propose {
  const proposeIn = async (sampler: Sampler): Promise<Candidate[]> => {
    const found: Candidate[] = [];
    const scales = new Set<number>();
    for (const { side, border } of looks) {
      const scale = scaleFor(sampler, side);
      if (border === 0 && scales.has(scale)) continue;
      scales.add(scale);
      const places = read(await look(network, sampler, scale, border), score);
      found.push(...places.map((place) => toPicture(place, scale, border)));
    }
    return suppress(found, proposalOverlap);
  };
  return async (samplers) => {
    const found = [];
    for (const sampler of samplers) found.push(await proposeIn(sampler));
    return found;
  };
}

/** How much longer than asked for a look may be where it is then the picture halved, which need not be sampled again. */
const longerHalved = 1.15;

/** Shrinks the picture's long side to about `side`; never enlarges. */
function scaleFor({ width, height }: Sampler, side: number): number {
  const wanted = Math.min(1, side / Math.max(width, height));
  const halved = 2 ** Math.ceil(Math.log2(wanted));
  return halved <= longerHalved * wanted ? halved : wanted;
}

/** The networks cannot look at less, in pixels. */
const smallestLook = 32;

async function look(network: Network, sampler: Sampler, scale: number, border: number): Promise<Seen> {
  const width = Math.max(smallestLook, Math.floor(sampler.width * scale) + 2 * border);
  const height = Math.max(smallestLook, Math.floor(sampler.height * scale) + 2 * border);
  const data = new Uint8Array(3 * width * height);
  sampler.sample({ a: 1 / scale, b: 0, tx: -border / scale, ty: -border / scale }, width, height, data, 0, grey);
  const outputs = await network.run({ image: { data, dims: [1, height, width, 3] } });
  return { width, height, output: (name) => outputOf(outputs, name) };
}

function toPicture({ left, top, right, bottom, score }: Candidate, scale: number, border: number): Candidate {
  return {
    left: (left - border) / scale,
    top: (top - border) / scale,
    right: (right - border) / scale,
    bottom: (bottom - border) / scale,
    score,
  };
}

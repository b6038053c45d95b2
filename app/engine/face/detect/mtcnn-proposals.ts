import { outputOf, type Network } from '../../model/network.ts';
import type { Sampler } from '../sampler.ts';
import { shifted, suppress, type Candidate } from './boxes.ts';
import type { Propose } from './detector.ts';
import { grey, type MtcnnSettings } from './mtcnn-settings.ts';
import { packLevels } from './pack-levels.ts';
import { refine } from './refine.ts';

/** P-Net looks at squares of 12 pixels, 2 pixels apart (Zhang et al. 2016, section 2.2). */
const cell = 12;
const stride = 2;

/**
 * Looks for faces with P-Net over a pyramid of smaller and smaller pictures, framed so that a face may fill it, and
 * sifts them with R-Net. The pyramid lies on one canvas, and photos of one size go through P-Net together.
 */
export function createMtcnnProposals(pnet: Network, rnet: Network, settings: MtcnnSettings): Propose {
  const { proposalOverlap, canvasPixels } = settings;
  return async (samplers) => {
    const found: Candidate[][] = samplers.map(() => []);
    for (const { members, canvases } of bySize(samplers, settings)) {
      for (const canvas of canvases) {
        const most = Math.max(1, Math.floor(canvasPixels / (canvas.width * canvas.height)));
        for (let start = 0; start < members.length; start += most) {
          const part = members.slice(start, start + most);
          const shown = part.flatMap((member) => samplers[member] ?? []);
          const proposed = await proposeOn(pnet, shown, canvas, settings);
          part.forEach((member, i) => found[member]?.push(...(proposed[i] ?? [])));
        }
      }
    }
    return refine(
      rnet,
      samplers,
      found.map((all) => suppress(all, proposalOverlap)),
      settings,
    );
  };
}

/** One picture of the pyramid. */
interface Level {
  readonly scale: number;
  /** Round the picture, in its own pixels. */
  readonly border: number;
  readonly width: number;
  readonly height: number;
}

type Canvas = ReturnType<typeof packLevels<Level>>;

interface SameSize {
  /** Places in the list of photos. */
  readonly members: number[];
  readonly canvases: readonly Canvas[];
}

function bySize(samplers: readonly Sampler[], settings: MtcnnSettings): Iterable<SameSize> {
  const groups = new Map<string, SameSize>();
  samplers.forEach(({ width, height }, place) => {
    const key = `${width}×${height}`;
    const canvases = groups.get(key)?.canvases ?? layOut(pyramid(width, height, settings), settings.canvasPixels);
    groups.set(key, { canvases, members: [...(groups.get(key)?.members ?? []), place] });
  });
  return groups.values();
}

/** As many levels on a canvas as have room in so many pixels, at least one. */
function layOut(levels: readonly Level[], pixels: number): Canvas[] {
  const canvases: Canvas[] = [];
  let together: Level[] = [];
  let canvas: Canvas | undefined;
  for (const level of levels) {
    const grown = packLevels([...together, level]);
    const full = canvas && grown.width * grown.height > pixels;
    if (full && canvas) canvases.push(canvas);
    together = full ? [level] : [...together, level];
    canvas = full ? packLevels(together) : grown;
  }
  return canvas ? [...canvases, canvas] : [];
}

/** From the scale at which the smallest face is one cell to that at which the framed picture hardly is one. */
export function pyramid(width: number, height: number, settings: MtcnnSettings): Level[] {
  const { smallestFace, largestSide, frame, pyramidFactor } = settings;
  const short = Math.min(width, height);
  const levels: Level[] = [];
  let scale = (Math.min(1, largestSide / Math.max(width, height)) * cell) / smallestFace;
  for (; scale * (1 + 2 * frame) * short >= cell; scale *= pyramidFactor) {
    // The frame matters to faces about as large as the picture, which only coarse levels find.
    const border = Math.min(frame * short, (4 * cell) / scale);
    const across = (length: number): number => Math.ceil((length + 2 * border) * scale);
    levels.push({ scale, border, width: across(width), height: across(height) });
  }
  return levels.filter((level) => level.width >= cell && level.height >= cell);
}

async function proposeOn(
  pnet: Network,
  samplers: readonly Sampler[],
  { width, height, levels }: Canvas,
  { proposalScore, levelOverlap }: MtcnnSettings,
): Promise<Candidate[][]> {
  const data = new Uint8Array(3 * width * height * samplers.length);
  samplers.forEach((sampler, i) => {
    const canvas = data.subarray(3 * width * height * i, 3 * width * height * (i + 1));
    for (const level of levels) draw(sampler, level, canvas, width);
  });
  const outputs = await pnet.run({ image: { data, dims: [samplers.length, height, width, 3] } });
  const scores = outputOf(outputs, 'scores');
  const shifts = outputOf(outputs, 'shifts').data;
  const [columns = 0, rows = 0] = scores.dims.toReversed();
  return samplers.map((_, i) => {
    const at = rows * columns * i;
    const maps = { columns, cells: rows * columns, scores: scores.data.subarray(at), shifts: shifts.subarray(4 * at) };
    return levels.flatMap((level) => suppress(readLevel(maps, level, proposalScore), levelOverlap));
  });
}

type PlacedLevel = Canvas['levels'][number];

/** Draws the picture as it is at a level into its place on a canvas of `across` pixels' width. */
function draw({ sample }: Sampler, level: PlacedLevel, canvas: Uint8Array, across: number): void {
  const { scale, border, width, height, left, top } = level;
  const rows = new Uint8Array(3 * width * height);
  sample({ a: 1 / scale, b: 0, tx: -border, ty: -border }, width, height, rows, 0, grey);
  for (let y = 0; y < height; y++) {
    canvas.set(rows.subarray(3 * width * y, 3 * width * (y + 1)), 3 * (across * (top + y) + left));
  }
}

interface Maps {
  readonly columns: number;
  readonly cells: number;
  readonly scores: Float32Array;
  /** Four planes of `cells`. */
  readonly shifts: Float32Array;
}

/** The cells that lie within a level wholly. */
function readLevel({ columns, cells, scores, shifts }: Maps, level: PlacedLevel, least: number): Candidate[] {
  const { scale, border, width, height, left, top } = level;
  const found: Candidate[] = [];
  const ofCell = new Float32Array(4);
  const side = cell / scale;
  for (let y = 0; y <= height - cell; y += stride) {
    for (let x = 0; x <= width - cell; x += stride) {
      const at = ((top + y) / stride) * columns + (left + x) / stride;
      const score = scores[at] ?? 0;
      if (score < least) continue;
      for (let edge = 0; edge < 4; edge++) ofCell[edge] = shifts[edge * cells + at] ?? 0;
      const [fromX, fromY] = [x / scale - border, y / scale - border];
      found.push(shifted({ left: fromX, top: fromY, right: fromX + side, bottom: fromY + side, score }, ofCell, 0));
    }
  }
  return found;
}

import type { DetectedFace } from '../../model/model-service.ts';
import { outputOf, type FloatTensor, type Network } from '../../model/network.ts';
import type { Sampler } from '../sampler.ts';
import { iom, shifted, squared, suppress, type Candidate } from './boxes.ts';
import { grey, type Agreement, type MtcnnSettings } from './mtcnn-settings.ts';

interface FaceCandidate extends Candidate {
  readonly points: Float32Array;
}

const rnetSize = 24;
const onetSize = 48;

/** R-Net: tells faces from the rest and corrects the boxes. One list of candidates a picture. */
export async function refine(
  rnet: Network,
  samplers: readonly Sampler[],
  candidates: readonly (readonly Candidate[])[],
  settings: MtcnnSettings,
): Promise<Candidate[][]> {
  const judged = await inBatches(rnet, rnetSize, samplers, candidates, settings.batch, (box, i, outputs) => {
    const score = outputOf(outputs, 'scores').data[i] ?? 0;
    return shifted({ ...box, score }, outputOf(outputs, 'shifts').data, 4 * i);
  });
  const { refinementScore, refinementOverlap } = settings;
  return judged.map((boxes) =>
    suppress(
      boxes.filter(({ score }) => score >= refinementScore),
      refinementOverlap,
    ),
  );
}

/**
 * O-Net: the final verdict, the box and the five points. Each face is looked at again in the box that was found, and the
 * points of both looks are averaged: verification on lfw-dev gains 0.2 points of accuracy by it (scripts/calibrate-pairs.ts).
 */
export async function locate(
  onet: Network,
  samplers: readonly Sampler[],
  candidates: readonly (readonly Candidate[])[],
  { batch, faceScore, faceOverlap, agreement }: MtcnnSettings,
): Promise<DetectedFace[][]> {
  const judged = await judge(onet, samplers, candidates, batch, agreement);
  const faces = judged.map((found) =>
    suppress(
      found.filter(({ score }) => score >= faceScore),
      faceOverlap,
      iom,
    ),
  );
  const again = await judge(onet, samplers, faces, batch, null);
  return faces.map((found, picture) =>
    found.map(({ left, top, right, bottom, score, points }, i) => ({
      box: [left, top, right - left, bottom - top],
      points: points.map((place, at) => (place + (again[picture]?.[i]?.points[at] ?? place)) / 2),
      score,
    })),
  );
}

function judge(
  onet: Network,
  samplers: readonly Sampler[],
  candidates: readonly (readonly Candidate[])[],
  batch: number,
  agreement: Agreement | null,
): Promise<FaceCandidate[][]> {
  return inBatches(onet, onetSize, samplers, candidates, batch, (box, i, outputs) => {
    const score = verdict(box.score, outputOf(outputs, 'scores').data[i] ?? 0, agreement);
    const points = pointsIn(box, outputOf(outputs, 'points').data, 10 * i);
    return shifted({ ...box, score, points }, outputOf(outputs, 'shifts').data, 4 * i);
  });
}

function verdict(proposed: number, judged: number, agreement: Agreement | null): number {
  const agreed = agreement && proposed >= agreement.proposal && judged >= agreement.from;
  return agreed ? Math.max(judged, agreement.counts) : judged;
}

type Outputs = ReadonlyMap<string, FloatTensor>;

/** Shows the network the squares around all boxes of all pictures, `batch` at a time; `take` reads the i-th of a batch. */
async function inBatches<T>(
  network: Network,
  size: number,
  samplers: readonly Sampler[],
  candidates: readonly (readonly Candidate[])[],
  batch: number,
  take: (box: Candidate, i: number, outputs: Outputs) => T,
): Promise<T[][]> {
  const boxes = candidates.flatMap((found, picture) => found.map((one) => ({ ...squared(one), picture })));
  const taken: T[][] = candidates.map(() => []);
  const bytes = 3 * size * size;
  for (let start = 0; start < boxes.length; start += batch) {
    const part = boxes.slice(start, start + batch);
    const data = new Uint8Array(bytes * part.length);
    part.forEach(({ left, top, right, picture }, i) => {
      samplers[picture]?.sample(
        { a: (right - left) / size, b: 0, tx: left, ty: top },
        size,
        size,
        data,
        bytes * i,
        grey,
      );
    });
    const outputs = await network.run({ image: { data, dims: [part.length, size, size, 3] } });
    part.forEach(({ picture, ...box }, i) => taken[picture]?.push(take(box, i, outputs)));
  }
  return taken;
}

/** From 5 × x, 5 × y as parts of the box's sides to 5 × (x, y) in pixels. */
function pointsIn({ left, top, right, bottom }: Candidate, parts: Float32Array, at: number): Float32Array {
  const points = new Float32Array(10);
  for (let i = 0; i < 5; i++) {
    points[2 * i] = left + (right - left) * (parts[at + i] ?? 0);
    points[2 * i + 1] = top + (bottom - top) * (parts[at + 5 + i] ?? 0);
  }
  return points;
}

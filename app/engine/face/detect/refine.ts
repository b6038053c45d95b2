import type { DetectedFace } from '../../model/model-service.ts';
import { outputOf, type FloatTensor, type Network } from '../../model/network.ts';
import type { Sampler } from '../sampler.ts';
import { iom, shifted, squared, suppress, type Candidate } from './boxes.ts';
import { grey, type MtcnnSettings } from './mtcnn-settings.ts';

interface FaceCandidate extends Candidate {
  readonly points: Float32Array;
}

const rnetSize = 24;
const onetSize = 48;

/** R-Net: tells faces from the rest and corrects the boxes. */
export async function refine(
  rnet: Network,
  sampler: Sampler,
  candidates: readonly Candidate[],
  settings: MtcnnSettings,
): Promise<Candidate[]> {
  const found: Candidate[] = [];
  await inBatches(rnet, rnetSize, sampler, candidates.map(squared), settings.batch, (boxes, outputs) => {
    const scores = outputOf(outputs, 'scores').data;
    const shifts = outputOf(outputs, 'shifts').data;
    boxes.forEach((box, i) => {
      const score = scores[i] ?? 0;
      if (score >= settings.refinementScore) found.push(shifted({ ...box, score }, shifts, 4 * i));
    });
  });
  return suppress(found, settings.refinementOverlap);
}

/**
 * O-Net: the final verdict, the box and the five points. Each face is looked at again in the box that was found, and the
 * points of both looks are averaged: verification on lfw-dev gains 0.2 points of accuracy by it (scripts/calibrate-pairs.ts).
 */
export async function locate(
  onet: Network,
  sampler: Sampler,
  candidates: readonly Candidate[],
  settings: MtcnnSettings,
): Promise<DetectedFace[]> {
  const { batch, faceScore, faceOverlap } = settings;
  const judged = (await judge(onet, sampler, candidates, batch)).filter(({ score }) => score >= faceScore);
  const faces = suppress(judged, faceOverlap, iom);
  const again = await judge(onet, sampler, faces, batch);
  return faces.map(({ left, top, right, bottom, score, points }, i) => ({
    box: [left, top, right - left, bottom - top],
    points: points.map((place, at) => (place + (again[i]?.points[at] ?? place)) / 2),
    score,
  }));
}

async function judge(
  onet: Network,
  sampler: Sampler,
  candidates: readonly Candidate[],
  batch: number,
): Promise<FaceCandidate[]> {
  const found: FaceCandidate[] = [];
  await inBatches(onet, onetSize, sampler, candidates.map(squared), batch, (boxes, outputs) => {
    const scores = outputOf(outputs, 'scores').data;
    const shifts = outputOf(outputs, 'shifts').data;
    const points = outputOf(outputs, 'points').data;
    boxes.forEach((box, i) => {
      const score = scores[i] ?? 0;
      found.push(shifted({ ...box, score, points: pointsIn(box, points, 10 * i) }, shifts, 4 * i));
    });
  });
  return found;
}

type Outputs = ReadonlyMap<string, FloatTensor>;

async function inBatches(
  network: Network,
  size: number,
  { sample }: Sampler,
  boxes: readonly Candidate[],
  batch: number,
  take: (boxes: readonly Candidate[], outputs: Outputs) => void,
): Promise<void> {
  const bytes = 3 * size * size;
  for (let start = 0; start < boxes.length; start += batch) {
    const part = boxes.slice(start, start + batch);
    const data = new Uint8Array(bytes * part.length);
    part.forEach(({ left, top, right }, i) => {
      sample({ a: (right - left) / size, b: 0, tx: left, ty: top }, size, size, data, bytes * i, grey);
    });
    take(part, await network.run({ image: { data, dims: [part.length, size, size, 3] } }));
  }
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

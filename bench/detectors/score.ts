import { iou } from '../../app/engine/face/detect/boxes.ts';
import type { DetectedFace } from '../../app/engine/model/model-service.ts';
import { clip } from './compose.ts';
import type { Box, Scene } from './scene.ts';

/** What a detector made of a scene: scores, 0 to 1. */
export interface Outcome {
  readonly row: string;
  /** One a face: how sure the detector was of it, 0 where it was not found. */
  readonly hits: readonly number[];
  /** Found where no face is, or twice. */
  readonly wrong: readonly number[];
  /** CPU milliseconds. */
  readonly ms: number;
}

/** Detectors draw their boxes differently: from this overlap (intersection over union) on, a face is found. */
const overlap = 0.3;

export function scoreScene({ row, image, faces, patches }: Scene, found: readonly DetectedFace[], ms: number): Outcome {
  const boxes = found.map(({ box, score }) => ({ box: clip(box, image.width, image.height), score }));
  const free = new Set(boxes);
  const hits = faces.map((face) => {
    let best: (typeof boxes)[number] | undefined;
    let most = overlap;
    for (const one of free) {
      const common = iou(edges(one.box), edges(face));
      if (common >= most) [best, most] = [one, common];
    }
    if (best) free.delete(best);
    return best?.score ?? 0;
  });
  const wrong = [...free].filter(({ box }) => {
    const within = (area: Box): boolean => holds(area, box[0] + box[2] / 2, box[1] + box[3] / 2);
    return faces.some(within) || !patches.some(within);
  });
  return { row, hits, wrong: wrong.map(({ score }) => score), ms };
}

/**
 * The lowest score from which on at least the share `precision` of what is found are faces; recall is best there.
 * 1 where no score does.
 */
export function thresholdFor(outcomes: readonly Outcome[], precision: number): number {
  const hits = outcomes.flatMap((outcome) => outcome.hits).filter((score) => score > 0);
  const wrong = outcomes.flatMap((outcome) => outcome.wrong);
  const right = (threshold: number): boolean => {
    const [true_, false_] = [above(hits, threshold), above(wrong, threshold)];
    return true_ >= precision * (true_ + false_);
  };
  return [...hits, ...wrong].toSorted((one, other) => one - other).find(right) ?? 1;
}

export function above(scores: readonly number[], threshold: number): number {
  return scores.filter((score) => score >= threshold).length;
}

function holds([left, top, width, height]: Box, x: number, y: number): boolean {
  return x >= left && x <= left + width && y >= top && y <= top + height;
}

function edges([left, top, width, height]: Box): { left: number; top: number; right: number; bottom: number } {
  return { left, top, right: left + width, bottom: top + height };
}

import type { Candidate } from './boxes.ts';
import type { ReadPlaces } from './look-proposals.ts';

/** Pixels from cell to cell. */
const stride = 32;
/** Width and height of the anchors, in cells: the network's own. */
const anchors = [
  [1.603231, 2.094468],
  [6.041143, 7.080126],
  [2.882459, 3.518061],
  [4.266906, 5.178857],
  [9.041765, 10.66308],
] as const;

/** Reads what the tiny face detector makes of a look, coded as in YOLO v2 (Redmon and Farhadi 2017, section 2). */
export const readTinyFace: ReadPlaces = (seen, least) => {
  const { data, dims } = seen.output('cells');
  const columns = dims[3] ?? 0;
  const cells = columns * (dims[2] ?? 0);
  const found: Candidate[] = [];
  anchors.forEach(([wide, high], anchor) => {
    const number = (which: number, cell: number): number => data[(5 * anchor + which) * cells + cell] ?? 0;
    for (let cell = 0; cell < cells; cell++) {
      const score = logistic(number(4, cell));
      if (score < least) continue;
      const x = stride * ((cell % columns) + logistic(number(0, cell)));
      const y = stride * (Math.floor(cell / columns) + logistic(number(1, cell)));
      const halfWidth = (stride * wide * Math.exp(number(2, cell))) / 2;
      const halfHeight = (stride * high * Math.exp(number(3, cell))) / 2;
      found.push({ left: x - halfWidth, top: y - halfHeight, right: x + halfWidth, bottom: y + halfHeight, score });
    }
  });
  return found;
};

function logistic(value: number): number {
  return 1 / (1 + Math.exp(-value));
}

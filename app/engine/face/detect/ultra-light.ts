import { readAnchors, type AnchorMap } from './anchors.ts';
import type { ReadPlaces } from './look-proposals.ts';

const squares = (...sides: readonly number[]): AnchorMap['sizes'] => sides.map((side) => [side, side]);

/** The anchors that Ultra-Light was trained with. */
const maps: readonly AnchorMap[] = [
  { stride: 8, sizes: squares(10, 16, 24) },
  { stride: 16, sizes: squares(32, 48) },
  { stride: 32, sizes: squares(64, 96) },
  { stride: 64, sizes: squares(128, 192, 256) },
];

/** Reads what Ultra-Light makes of a look. */
export const readUltraLight: ReadPlaces = (seen, least) => {
  const { data } = seen.output('face_scores');
  return readAnchors(maps, seen, (anchor) => data[2 * anchor + 1] ?? 0, seen.output('shifts').data, least);
};

import { readAnchors, type AnchorMap } from './anchors.ts';
import type { ReadPlaces } from './look-proposals.ts';

/** Pixels of the pictures it was trained on; anchors are parts of that. */
const trainedSide = 512;
/** Sides of square anchors by map, evenly from 0.2 to 0.95 (Liu et al. 2016, equation 4), and 1 behind the last. */
const parts = [0.2, 0.35, 0.5, 0.65, 0.8, 0.95, 1];
const firstStride = 16;

const anchor = (part: number, ratio: number): readonly [number, number] => [
  trainedSide * part * Math.sqrt(ratio),
  (trainedSide * part) / Math.sqrt(ratio),
];

/** Ratios and order are those of the detection code it was trained with; they give the boxes that its file lists. */
export const ssdMobilenetMaps: readonly AnchorMap[] = parts.slice(0, -1).map((part, i) => ({
  stride: firstStride * 2 ** i,
  sizes:
    i === 0
      ? [anchor(part / 2, 1), anchor(part, 2), anchor(part, 1 / 2)]
      : [
          anchor(part, 1),
          anchor(Math.sqrt(part * (parts[i + 1] ?? 1)), 1),
          ...[2, 1 / 2, 3, 1 / 3].map((ratio) => anchor(part, ratio)),
        ],
}));

/** Reads what SSD-MobileNet makes of a look. */
export const readSsdMobilenet: ReadPlaces = (seen, least) => {
  const { data } = seen.output('scores');
  return readAnchors(ssdMobilenetMaps, seen, (place) => data[place] ?? 0, seen.output('shifts').data, least);
};

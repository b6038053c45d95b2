import type { LibraryMeasures } from '../../contract/measures.ts';
import type { LabelledFace } from '../db/labelled-faces.ts';
import { settings } from '../settings.ts';
import type { PartMeasures } from './judge-labelled.ts';

type Subgroup = LibraryMeasures['subgroups'][number];

const { ages, sizes, sharpness } = settings.evaluate;

/** The ways in which faces are parted. `limits` ascend; a part goes from one up to the next. */
const ways: readonly {
  readonly by: Subgroup['by'];
  readonly limits: readonly number[];
  readonly of: (face: LabelledFace) => number | null;
  readonly unit: string;
}[] = [
  { by: 'age', limits: ages, of: ({ age }) => age, unit: ' years' },
  { by: 'size', limits: sizes, of: ({ side }) => side, unit: ' pixels' },
  { by: 'sharpness', limits: sharpness, of: (face) => face.sharpness, unit: '' },
];

/** How many parts lie before those of each way. */
const firsts = ways.map((_, at) => ways.slice(0, at).reduce((sum, { limits }) => sum + limits.length + 1, 0));

export const partCount = ways.reduce((sum, { limits }) => sum + limits.length + 1, 0);

/** For each way the part that each face is in, −1 where it is not known. */
export function partsOf(faces: readonly LabelledFace[]): Int32Array<ArrayBuffer>[] {
  return ways.map(({ limits, of }, way) =>
    Int32Array.from(faces, (face) => {
      const value = of(face);
      // Before the birth nobody has an age: the day is wrong.
      if (value === null || value < 0) return -1;
      return (firsts[way] ?? 0) + limits.filter((limit) => value >= limit).length;
    }),
  );
}

/** The measures of the parts with their names; parts without faces are left out. */
export function namedParts(parts: readonly PartMeasures[]): Subgroup[] {
  return ways.flatMap(({ by, limits, unit }, way) =>
    [...limits, Infinity].flatMap((_, at) => {
      const part = parts[(firsts[way] ?? 0) + at];
      return part && part.faces > 0 ? [{ by, name: nameOf(limits, at, unit), ...part }] : [];
    }),
  );
}

function nameOf(limits: readonly number[], at: number, unit: string): string {
  const [from, to] = [limits[at - 1], limits[at]];
  if (from === undefined) return `under ${to}${unit}`;
  return to === undefined ? `${from}${unit} and over` : `${from} to under ${to}${unit}`;
}

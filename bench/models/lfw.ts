import { readFileSync } from 'node:fs';

import { crossValidate } from '../../app/engine/evaluate/cross-validate.ts';
import { parseLfwPairs } from '../../app/engine/evaluate/lfw-pairs.ts';
import { joinCounts } from '../../app/engine/evaluate/pair-counts.ts';
import { bestThreshold } from '../../app/engine/evaluate/roc.ts';
import { countFold, pathOf } from '../../scripts/calibration/count-fold.ts';
import { knownFaces } from '../../scripts/calibration/known-faces.ts';
import { shared } from '../../test/fixtures/photos.ts';
import { table } from './table.ts';

/** Per cent of the same pairs judged right when others measured the same weights, with face-api's detector. */
const elsewhere: Readonly<Record<string, number>> = { 'fr-feature': 99.1, facenet: 99.03, 'dlib-resnet': 98.97 };

/** The LFW protocol (Huang et al. 2007) on the pairs of lfw-dev, from the photos, with our detector and alignment. */
export async function measureLfw(packs: readonly string[]): Promise<string> {
  const pairs = parseLfwPairs(readFileSync(shared('data/lfw-dev-pairs.txt'), 'utf8'));
  const photos = new Set(pairs.flat().flatMap((pair) => pair.photos.map(pathOf)));
  const rows: string[][] = [];
  for (const name of packs) {
    const faces = await knownFaces(name, shared('data/lfw-dev'));
    const found = new Set(faces.paths);
    const folds = pairs.map((fold) => countFold(fold, faces));
    const { accuracy, std } = crossValidate(folds);
    const { threshold } = bestThreshold(folds.reduce(joinCounts));
    const undetected = [...photos].filter((path) => !found.has(path)).length;
    const [right, deviation] = [100 * accuracy, 100 * std];
    const wanted = elsewhere[name] ?? NaN;
    const verdict = right >= wanted ? 'above' : right >= wanted - deviation ? 'within one deviation' : 'below';
    rows.push([
      name,
      `${right.toFixed(2)} ± ${deviation.toFixed(2)}`,
      wanted.toFixed(2),
      verdict,
      threshold.toFixed(3),
      `${undetected} of ${photos.size}`,
    ]);
  }
  const count = pairs.flat().length.toLocaleString('en');
  return table(['pack', `% of ${count} pairs`, 'elsewhere', 'so', 'best threshold', 'photos without a face'], rows);
}

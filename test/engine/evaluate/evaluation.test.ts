import { resolve } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { requests } from '../../../app/contract/api.ts';
import { createEvaluation } from '../../../app/engine/evaluate/evaluation.ts';
import { createTestLibrary, testPacks, type FacePlan, type TestLibrary } from '../../factories/library.ts';

const signal = new AbortController().signal;
const root = resolve('/lfw');
/** Faces are directions in a plane. */
const flatPacks = { ...testPacks, embedder: { ...testPacks.embedder, dimensions: 2 } };
let library: TestLibrary;
beforeEach(() => (library = createTestLibrary({ packs: () => flatPacks })));
afterEach(() => library.close());

/** A photo of a person with a face in the middle at an angle, in degrees; null: without a face. */
function photo(name: string, number: number, angle: number | null, face: Partial<FacePlan> = {}): void {
  const path = `${root}/${name}/${name.replace('/', '_')}_${String(number).padStart(4, '0')}.jpg`;
  const added = library.photo({ path, width: 250, height: 250 });
  if (angle !== null) library.face({ photo: added, box: [75, 75, 100, 100], vector: direction(angle), ...face });
}
const direction = (angle: number): number[] => [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)];
/** L2 distance of two directions. */
const apart = (angle: number): number => 2 * Math.sin((angle * Math.PI) / 360);

const comparePairs = async (pairs: string) =>
  requests['evaluate.pairs'].output.parse(
    await createEvaluation(library.context).handlers['evaluate.pairs']({ root, pairs }, signal),
  );
const compareFolders = async () =>
  requests['evaluate.folders'].output.parse(
    await createEvaluation(library.context).handlers['evaluate.folders']({ root }, signal),
  );

test('pairs are judged by distance', async () => {
  photo('Anna', 1, 0);
  photo('Anna', 2, 10);
  photo('Ben', 1, 90);
  const result = await comparePairs('1 1\nAnna 1 2\nAnna 2 Ben 1');
  expect(result).toMatchObject({ accuracy: 1, std: 0, auc: 1, eer: 0, pairs: 2, undetected: 0 });
  expect(result.tar).toEqual({ '0.01': 1, '0.001': 1, '0.0001': 1 });
  expect(result.threshold).toBeCloseTo((apart(10) + apart(80)) / 2, 5);
});

test('a pair with a photo without a face is not accepted', async () => {
  photo('Anna', 1, 0);
  photo('Anna', 2, null);
  photo('Anna', 3, 5);
  photo('Ben', 1, 90);
  const result = await comparePairs('1 2\nAnna 1 2\nAnna 1 3\nAnna 2 Ben 1\nAnna 1 Ben 1');
  expect(result).toMatchObject({ accuracy: 0.75, pairs: 4, undetected: 1 });
  expect(result.tar['0.01']).toBe(0.5);
});

test('the face of a photo is the large one in the middle', async () => {
  photo('Anna', 1, 0);
  const group = library.photo({ path: `${root}/Anna/Anna_0002.png`, width: 250, height: 250 });
  library.face({ photo: group, box: [0, 0, 110, 110], vector: direction(90) });
  library.face({ photo: group, box: [80, 70, 100, 100], vector: direction(3) });
  library.face({ photo: group, box: [120, 120, 20, 20], vector: direction(60) });
  library.face({ photo: group, box: [0, 0, 250, 250], vector: direction(70), gone: true });
  photo('Ben', 1, 45);
  expect((await comparePairs('1 1\nAnna 1 2\nAnna 2 Ben 1')).accuracy).toBe(1);
});

test('folders are people: all pairs and the groups of the library are judged', async () => {
  const group = library.person(null);
  const anna = library.person('Anna');
  photo('Anna', 1, 0, { person: anna });
  photo('Anna', 2, 8, { person: anna });
  photo('Anna', 3, 4);
  photo('Ben', 1, 90, { person: group });
  photo('Ben', 2, 95, { person: group });
  photo('Carl', 1, 180, { person: group });
  photo('Carl', 2, null);
  library.photo({ path: `${root}/loose.jpg` });
  const result = await compareFolders();
  // 7 photos: 3 + 1 + 1 pairs of one person, of which Carl's cannot be seen; 16 of two.
  expect(result).toMatchObject({ pairs: 21, undetected: 1 });
  expect(result.tar['0.0001']).toBe(4 / 5);
  // 6 faces in groups of 2, 1 and 3.
  expect(result.pairwise).toEqual({ precision: 2 / 4, recall: 2 / 4, f1: 0.5 });
  expect(result.bcubed.precision).toBeCloseTo((1 + 1 + 1 + 2 / 3 + 2 / 3 + 1 / 3) / 6, 12);
});

test('photos in a folder young are the same person, and pairs across the ages are measured on their own', async () => {
  const [anna, child] = [library.person('Anna'), library.person(null)];
  photo('Anna', 1, 0, { person: anna });
  photo('Anna', 2, 4, { person: anna });
  photo('Anna/young', 3, 30, { person: anna });
  photo('Anna/young', 4, 50, { person: child });
  photo('Ben', 1, 90);
  photo('Ben/young', 2, 60, { person: child });
  photo('Ben/young', 3, null);
  const result = await compareFolders();
  expect(result).toMatchObject({ pairs: 21, undetected: 1 });
  // Young photos: 2 of Anna and 2 of Ben; the others: 2 and 1. 6 such pairs are of one person, 6 of two.
  expect(result.crossAge).toMatchObject({ pairs: 12, undetected: 1 });
  // Pairs of one person lie 26, 30, 46, 50 and 30 degrees apart and one is never seen; those of two from 40 on.
  expect(result.crossAge?.tar['0.0001']).toBe(3 / 6);
  // Taken together Anna is at 40 and 2 degrees, Ben at 60 and 90: 38 and 30 apart, and 50 and 58 from one another.
  expect(result.crossAge?.looks).toMatchObject({ pairs: 4, undetected: 0, tar: { '0.0001': 1 } });
  // The groups hold two of the five that were seen, and no such pair of two people.
  expect(result.crossAge?.pairwise).toMatchObject({ precision: 1, recall: 2 / 5 });
  photo('Carl', 1, 70, { person: child });
  expect((await compareFolders()).crossAge?.pairwise.precision).toBe(2 / 4);
});

test('without young photos there is nothing across ages', async () => {
  photo('Anna', 1, 0);
  photo('Anna', 2, 8);
  photo('Ben', 1, 90);
  expect(await compareFolders()).not.toHaveProperty('crossAge');
});

test('a folder that was not scanned, or that has nothing to compare, is refused in words', async () => {
  await expect(compareFolders()).rejects.toThrow(/scan the folder first/);
  photo('Anna', 1, 0);
  photo('Anna', 2, 1);
  await expect(compareFolders()).rejects.toThrow(/two people/);
  await expect(comparePairs('1 1\nEva 1 2\nEva 1 Fred 1')).rejects.toThrow(/none of the photos/);
});

test('a comparison of many faces stops when it is cancelled', async () => {
  for (let i = 1; i <= 40; i++) photo(i % 2 ? 'Anna' : 'Ben', i, i);
  const controller = new AbortController();
  const running = createEvaluation(library.context).handlers['evaluate.folders']({ root }, controller.signal);
  controller.abort();
  await expect(running).rejects.toMatchObject({ code: 'cancelled' });
});

import { expect, test } from 'vitest';

import { createInsightsLibrary } from '../../factories/insights-library.ts';

const standard = { eps: 0.8, acceptance: 0.9 };
const many = (people: number, faces: number): number[] => new Array<number>(people).fill(faces);

test('with few labels nothing is suggested, and it is said what lacks', async () => {
  const home = createInsightsLibrary();
  await home.fill([4, 4], ['Anna', null]);
  const { basis, ...distances } = await home.insight('insights.calibration', {});
  expect(distances).toEqual({ current: standard, standard, suggested: null });
  expect(basis).toMatch(/1 named person has two faces or more, 4 together\. At least 10 people with 50 faces/);
});

test('distances that do as well as any stay', async () => {
  const home = createInsightsLibrary();
  await home.fill(many(12, 5));
  const { suggested, basis } = await home.insight('insights.calibration', {});
  expect(suggested).toEqual(standard);
  expect(basis).toMatch(/12 named people with 60 faces.*those of the model stay/);
});

test('where the people of a library lie farther apart than usual, wider distances are suggested', async () => {
  // At a spread of 0.75 two photos of one person lie about 0.85 apart: the standard distances part many.
  const home = createInsightsLibrary({ spread: 0.75 });
  await home.fill(many(12, 5));
  const { suggested, basis } = await home.insight('insights.calibration', {});
  expect(suggested!.acceptance).toBeGreaterThan(standard.acceptance);
  expect(basis).toMatch(/B-cubed F1/);
  const [before, after] = [standard, suggested!].map((distances) => home.insight('insights.preview', distances));
  expect((await after!).bcubed!.f1).toBeGreaterThan((await before!).bcubed!.f1);
});

test('chosen distances are in force for this recognition until they are taken back', async () => {
  const home = createInsightsLibrary();
  await home.fill([4, 4], [null, null]);
  const tight = { eps: 0.01, acceptance: 0.01 };
  await home.insight('insights.calibrate', { distances: tight });
  expect(await home.insight('insights.calibration', {})).toMatchObject({ current: tight, standard });
  expect(home.context.recognition().thresholds).toMatchObject({ ...tight, pair: 1 });
  expect((await home.ask('people.list', { hidden: false })).filter(({ faces }) => faces > 1)).toEqual([]);
  await home.insight('insights.calibrate', { distances: null });
  expect(await home.insight('insights.calibration', {})).toMatchObject({ current: standard });
  expect((await home.ask('people.list', { hidden: false })).map(({ faces }) => faces)).toEqual([4, 4]);
});

test('choosing distances is taken back and made again like anything else that the user does', async () => {
  const home = createInsightsLibrary();
  await home.fill([4, 4], [null, null]);
  const groups = async (): Promise<number[]> =>
    (await home.ask('people.list', { hidden: false })).filter(({ faces }) => faces > 1).map(({ faces }) => faces);
  const tight = { eps: 0.01, acceptance: 0.02 };
  const { label } = await home.insight('insights.calibrate', { distances: tight });
  expect(label).toBe('Changed the distances for groups to 0.01 and 0.02');
  expect(await groups()).toEqual([]);
  expect(await home.ask('history.undo', {})).toMatchObject({ kind: 'calibrate', label });
  expect(home.context.recognition().thresholds).toMatchObject(standard);
  expect(await groups()).toEqual([4, 4]);
  await home.ask('history.redo', {});
  expect(home.context.recognition().thresholds).toMatchObject(tight);
  expect(await groups()).toEqual([]);
});

test('what was written down and cannot be read counts as not chosen', async () => {
  const home = createInsightsLibrary();
  for (const value of ['{"eps": 5, "acceptance": 1}', 'nonsense', '{}']) {
    home.library.db.sql
      .prepare('INSERT OR REPLACE INTO setting (key, value) VALUES (?, ?)')
      .run(`grouping distances ${home.recognition().version}`, value);
    expect(home.context.recognition().thresholds).toMatchObject(standard);
  }
});

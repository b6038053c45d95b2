import { expect, test } from 'vitest';

import { createInsightsLibrary } from '../../factories/insights-library.ts';

const usual = { eps: 0.8, acceptance: 0.9 };

test('says what the library is grouped by now, and changes nothing', async () => {
  const home = createInsightsLibrary();
  await home.fill([5, 4, 3], ['Anna', 'Ben', null]);
  const before = home.library.db.sql.prepare('SELECT id, person_id FROM face').all();
  const preview = await home.insight('insights.preview', usual);
  expect(preview).toMatchObject({ distances: usual, groups: 3, alone: 0, moved: 0, peopleTouched: 0, merged: 0 });
  expect(preview.bcubed).toEqual({ precision: 1, recall: 1, f1: 1 });
  // None of the pairs that labels know is wrong, which leaves a few that may be.
  expect(preview).toMatchObject({ falsePairs: 0, falsePairsLow: 0 });
  expect(preview.falsePairsHigh).toBeGreaterThan(0);
  expect(home.library.db.sql.prepare('SELECT id, person_id FROM face').all()).toEqual(before);
});

test('distances that are far too wide would put people together that the labels keep apart', async () => {
  const home = createInsightsLibrary();
  await home.fill([5, 4, 3], ['Anna', 'Ben', null]);
  const preview = await home.insight('insights.preview', { eps: 2, acceptance: 2 });
  expect(preview.merged).toBe(2);
  expect(preview.bcubed!.precision).toBeLessThan(0.6);
  expect(preview.falsePairs).toBeGreaterThan(0);
  expect(preview.falsePairsLow).toBeLessThan(preview.falsePairs!);
  expect(preview.falsePairsHigh).toBeGreaterThanOrEqual(preview.falsePairs!);
});

test('distances that are far too narrow would leave everybody alone, and move who is only near a name', async () => {
  const home = createInsightsLibrary();
  const [anna] = await home.fill([5, 4], ['Anna', null]);
  await home.take([0]);
  await home.ask('cluster.run', {});
  const preview = await home.insight('insights.preview', { eps: 0.01, acceptance: 0.01 });
  expect(anna).toHaveLength(5);
  expect(preview).toMatchObject({ groups: 0, alone: 10, doubtful: 0, moved: 1, peopleTouched: 1, merged: 0 });
});

test('faces that are nearly too far from their group are doubtful', async () => {
  const home = createInsightsLibrary();
  await home.fill([6, 6], ['Anna', 'Ben']);
  expect((await home.insight('insights.preview', usual)).doubtful).toBe(0);
  // Made-up faces of one person lie about 0.5 apart.
  expect((await home.insight('insights.preview', { eps: 0.8, acceptance: 0.52 })).doubtful).toBeGreaterThan(0);
});

test('without labels it is not said how many are wrong', async () => {
  const home = createInsightsLibrary();
  await home.fill([4, 4], [null, null]);
  expect(await home.insight('insights.preview', usual)).toMatchObject({ groups: 2, falsePairs: null, bcubed: null });
});

test('an empty library has a preview of nothing', async () => {
  const home = createInsightsLibrary();
  expect(await home.insight('insights.preview', usual)).toMatchObject({ groups: 0, alone: 0, moved: 0 });
});

test('distances that are none are refused, and a preview stops when the slider goes on', async () => {
  const home = createInsightsLibrary();
  await expect(home.insight('insights.preview', { eps: NaN, acceptance: 0.9 })).rejects.toThrow();
  await expect(home.insight('insights.preview', { eps: 0.8, acceptance: 0 })).rejects.toThrow();
  await home.fill([3, 3], ['Anna', 'Ben']);
  const controller = new AbortController();
  const asked = home.insight('insights.preview', usual, controller.signal);
  controller.abort();
  await expect(asked).rejects.toMatchObject({ code: 'cancelled' });
});

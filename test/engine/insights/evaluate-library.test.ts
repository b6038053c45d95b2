import { expect, test } from 'vitest';

import { createInsightsLibrary, personNamed } from '../../factories/insights-library.ts';

test('people that lie apart are told apart, and the groups are right without the labels', async () => {
  const home = createInsightsLibrary();
  await home.fill([5, 4, 3, 6], ['Anna', 'Ben', 'Carl', null]);
  const measures = await home.insight('evaluate.library', {});
  expect(measures).toMatchObject({ people: 3, faces: 12, undetected: 0, pairs: 66, same: 19, auc: 1, eer: 0 });
  expect(measures.bcubed).toEqual({ precision: 1, recall: 1, f1: 1 });
  expect(measures.tar).toEqual({ '0.01': 1, '0.001': 1, '0.0001': 1 });
  expect(measures.frr).toEqual({ '0.01': 0, '0.001': 0, '0.0001': 0 });
  expect(measures.distances).toBe('Test, without anything learnt');
  const { same, different, edges } = measures.histogram;
  expect(edges).toHaveLength(same.length + 1);
  expect(same.concat(different).reduce((sum, count) => sum + count)).toBe(66);
});

test('groups that only the labels hold together count as wrong', async () => {
  const home = createInsightsLibrary();
  const [anna, child] = await home.fill([4, 4, 4], [null, null, 'Ben']);
  await home.ask('faces.move', { faces: [...anna!, ...child!], to: { name: 'Anna' } });
  await home.ask('cluster.run', {});
  const { bcubed, tar } = await home.insight('evaluate.library', {});
  // Anna's eight faces fall into two groups of four: each finds half of her.
  expect(bcubed).toMatchObject({ precision: 1, recall: (8 * 0.5 + 4) / 12 });
  expect(tar['0.01']).toBeLessThan(1);
});

test('is measured by age, size and sharpness where these are known', async () => {
  const home = createInsightsLibrary();
  await home.fill([4, 4], ['Anna', 'Ben']);
  // The photos are of 2020; everybody else is of no age.
  await home.ask('people.birth', { person: personNamed(home, 'Anna'), birth: Date.UTC(2010, 0, 1) });
  home.library.db.sql.exec('UPDATE face_row SET width = 30, height = 20 WHERE id = 1');
  const { subgroups } = await home.insight('evaluate.library', {});
  // The pairs of Anna among themselves and with Ben.
  expect(subgroups.find(({ by }) => by === 'age')).toMatchObject({
    name: '3 to under 13 years',
    faces: 4,
    pairs: 22,
    eer: 0,
  });
  expect(subgroups.filter(({ by }) => by === 'size').map(({ name, faces, pairs }) => [name, faces, pairs])).toEqual([
    ['under 40 pixels', 1, 7],
    ['80 to under 160 pixels', 7, 28],
  ]);
});

test('needs two people with names, and says so', async () => {
  const home = createInsightsLibrary();
  await expect(home.insight('evaluate.library', {})).rejects.toThrow(/nobody with a name/);
  await home.fill([4, 4, 1], ['Anna', null, 'Carl']);
  await expect(home.insight('evaluate.library', {})).rejects.toThrow(/only one person.*two people at least/);
});

test('a face without a usable vector is counted and left out', async () => {
  const home = createInsightsLibrary();
  await home.fill([3, 3], ['Anna', 'Ben']);
  const person = personNamed(home, 'Anna');
  const broken = home.library.face({ photo: home.library.photo(), person, vector: new Array<number>(32).fill(NaN) });
  home.library.label(broken, person);
  expect(await home.insight('evaluate.library', {})).toMatchObject({ faces: 6, undetected: 1, pairs: 15, auc: 1 });
});

test('stops when it is cancelled', async () => {
  const home = createInsightsLibrary();
  await home.fill([3, 3], ['Anna', 'Ben']);
  const controller = new AbortController();
  const asked = home.insight('evaluate.library', {}, controller.signal);
  controller.abort();
  await expect(asked).rejects.toMatchObject({ code: 'cancelled' });
});

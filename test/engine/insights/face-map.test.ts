import { expect, test } from 'vitest';

import { createInsightsLibrary, personNamed } from '../../factories/insights-library.ts';

test('people lie in places of their own, named ones under their name, and always the same', async () => {
  const home = createInsightsLibrary();
  const [anna, ben] = await home.fill([12, 12, 12], ['Anna', 'Ben', null]);
  const map = await home.insight('insights.map', {});
  expect(map.total).toBe(36);
  expect(map.people.map(({ name }) => name)).toEqual(['Anna', 'Ben']);
  const of = (faces: readonly number[]) => map.points.filter(({ face }) => faces.includes(face));
  expect(new Set(of(anna!).map(({ person }) => person))).toEqual(new Set([personNamed(home, 'Anna')]));
  expect(map.points.filter(({ person }) => person === null)).toHaveLength(12);
  const middle = (points: typeof map.points) => [
    points.reduce((sum, { x }) => sum + x / points.length, 0),
    points.reduce((sum, { y }) => sum + y / points.length, 0),
  ];
  const [[ax, ay], [bx, by]] = [middle(of(anna!)), middle(of(ben!))] as [number[], number[]];
  for (const { x, y } of of(anna!)) {
    expect(Math.hypot(x - ax!, y - ay!)).toBeLessThan(Math.hypot(x - bx!, y - by!));
    expect(Math.max(x, y, 1 - x, 1 - y)).toBeLessThanOrEqual(1);
  }
  const other = createInsightsLibrary();
  await other.fill([12, 12, 12], ['Anna', 'Ben', null]);
  expect((await other.insight('insights.map', {})).points).toEqual(map.points);
});

test('a handful of faces, or none, has a map too', async () => {
  const home = createInsightsLibrary();
  expect(await home.insight('insights.map', {})).toEqual({ points: [], people: [], total: 0 });
  await home.fill([1, 1], [null, null]);
  const { points } = await home.insight('insights.map', {});
  expect(points.map(({ x, y }) => [x, y])).toEqual([
    [0, 0],
    [1, 0],
  ]);
});

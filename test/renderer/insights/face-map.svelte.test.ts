import { expect, it } from 'vitest';

import type { FaceId, PersonId } from '../../../app/contract/ids.ts';
import type { FaceMap } from '../../../app/contract/measures.ts';
import { FaceMapPage } from '../../../renderer/insights/face-map.svelte.ts';
import { fakeBackend } from '../fake-backend.ts';

const point = (face: number, person: number | null, x: number, y: number): FaceMap['points'][number] => ({
  face: face as FaceId,
  person: person as PersonId | null,
  x,
  y,
});
const map: FaceMap = {
  points: [point(1, 7, 0, 0), point(2, 8, 10, 0), point(3, 8, 10, 1), point(4, null, 5, 5), point(5, 8, 90, 90)],
  people: [
    { id: 7 as PersonId, name: 'Anna' },
    { id: 8 as PersonId, name: 'Ben' },
    { id: 9 as PersonId, name: 'Carl' },
  ],
  total: 900,
};

async function setUp(): Promise<FaceMapPage> {
  const page = new FaceMapPage(fakeBackend({ 'insights.map': () => map }));
  page.size = { width: 500, height: 500 };
  await page.map.refresh();
  return page;
}

it('gives each person of the map a colour of their own and a middle that a stray face does not move', async () => {
  const page = await setUp();
  expect(page.people.map(({ name, faces, middle }) => [name, faces, middle])).toEqual([
    ['Ben', 3, { x: 10, y: 1 }],
    ['Anna', 1, { x: 0, y: 0 }],
  ]);
  expect(new Set(page.people.map(({ hue }) => hue)).size).toBe(2);
  page.close();
});

it('goes from face to face with the keys, and keeps the face in sight when it is close', async () => {
  const page = await setUp();
  page.zoom(20, { x: 28, y: 28 });
  page.pointAt({ x: 28, y: 28 });
  expect(page.point?.face).toBe(1);
  expect(page.nameOf(page.point!)).toBe('Anna');
  page.step('ArrowRight');
  expect(page.point?.face).toBe(2);
  const { scale, x } = page.view;
  expect(10 * scale + x).toBeGreaterThan(0);
  expect(10 * scale + x).toBeLessThan(500);
  expect(page.step('ArrowUp')).toBe(false);
  page.showAll();
  expect(page.view).toBe(page.fit);
  page.close();
});

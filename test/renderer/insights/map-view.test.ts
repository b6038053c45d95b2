import { describe, expect, it } from 'vitest';

import { fitView, nearest, nextPlace, toScreen, zoomed } from '../../../renderer/insights/map-view.ts';

const size = { width: 400, height: 200 };
const places = [
  { x: 0, y: 0 },
  { x: 10, y: 0 },
  { x: 10, y: 5 },
];

describe('what is seen of the map', () => {
  it('is all of it, with its shape kept and a margin around', () => {
    const view = fitView(places, size, 20);
    const shown = places.map((place) => toScreen(view, place));
    expect(shown.map(({ x }) => Math.round(x))).toEqual([40, 360, 360]);
    expect(shown.map(({ y }) => Math.round(y))).toEqual([20, 20, 180]);
  });

  it('is in the middle for a single face, and nothing breaks without any', () => {
    expect(toScreen(fitView([{ x: 3, y: 4 }], size, 20), { x: 3, y: 4 })).toEqual({ x: 200, y: 100 });
    expect(fitView([], size, 20)).toEqual({ scale: 1, x: 200, y: 100 });
  });

  it('comes closer around the pointer, within bounds', () => {
    const fit = fitView(places, size, 20);
    const at = { x: 100, y: 50 };
    const closer = zoomed(fit, 2, at, fit, [1, 4]);
    expect(closer.scale).toBeCloseTo(2 * fit.scale);
    const under = { x: (at.x - fit.x) / fit.scale, y: (at.y - fit.y) / fit.scale };
    expect(toScreen(closer, under).x).toBeCloseTo(at.x);
    expect(zoomed(fit, 100, at, fit, [1, 4]).scale).toBeCloseTo(4 * fit.scale);
    expect(zoomed(fit, 0.1, at, fit, [1, 4]).scale).toBeCloseTo(fit.scale);
  });
});

describe('a face of the map', () => {
  const view = { scale: 10, x: 0, y: 0 };

  it('is pointed at when it is the nearest within reach', () => {
    expect(nearest(places, view, { x: 96, y: 3 }, 14)).toBe(1);
    expect(nearest(places, view, { x: 50, y: 20 }, 14)).toBeNull();
  });

  it('leads on to the next one in the direction of an arrow', () => {
    expect([nextPlace(places, 0, 'ArrowRight'), nextPlace(places, 1, 'ArrowDown')]).toEqual([1, 2]);
    expect([nextPlace(places, 2, 'ArrowUp'), nextPlace(places, 1, 'ArrowLeft')]).toEqual([1, 0]);
    expect([nextPlace(places, 0, 'ArrowLeft'), nextPlace(places, 0, 'Enter')]).toEqual([null, null]);
  });
});

import { describe, expect, it } from 'vitest';

import { layoutGrid, stepInGrid, visibleRows } from '../../../renderer/shared/grid-layout.ts';

const shape = { minTile: 132, gap: 24, below: 50 };

describe('a grid', () => {
  it('has as many columns as fit and fills the width with them', () => {
    const layout = layoutGrid(100, 1000, shape);
    expect(layout.columns).toBe(6);
    const used = layout.columns * layout.tile + (layout.columns - 1) * shape.gap;
    expect(used).toBeLessThanOrEqual(1000);
    expect(used).toBeGreaterThan(1000 - layout.columns);
  });

  it('has one column in a window narrower than a tile', () => {
    expect(layoutGrid(10, 90, shape)).toMatchObject({ columns: 1, tile: 90, rows: 10 });
  });

  it('draws only rows near the window', () => {
    const layout = layoutGrid(20_000, 1000, shape);
    const { first, end } = visibleRows(layout, 100_000, 800, 2);
    expect(end - first).toBeLessThan(10);
    expect(first * layout.rowHeight).toBeLessThan(100_000);
    expect(end * layout.rowHeight).toBeGreaterThan(100_800);
  });

  it('draws nothing when it is far below the window', () => {
    const { first, end } = visibleRows(layoutGrid(10, 1000, shape), -100_000, 800, 2);
    expect(end - first).toBe(0);
  });
});

describe('the keys in a grid of 4 columns and 10 tiles', () => {
  const step = (key: string, index: number) => stepInGrid(key, index, 4, 10);

  it.each([
    ['ArrowRight', 3, 4],
    ['ArrowLeft', 0, 0],
    ['ArrowDown', 1, 5],
    ['ArrowDown', 7, 9],
    ['ArrowDown', 9, 9],
    ['ArrowUp', 5, 1],
    ['ArrowUp', 2, 2],
    ['Home', 6, 0],
    ['End', 2, 9],
    ['ArrowRight', 9, 9],
  ])('%s leads from %i to %i', (key, from, to) => {
    expect(step(key, from)).toBe(to);
  });

  it('do nothing for other keys or in an empty grid', () => {
    expect(step('Enter', 3)).toBeNull();
    expect(stepInGrid('ArrowRight', 0, 4, 0)).toBeNull();
  });
});

import { describe, expect, it } from 'vitest';

import type { PhotoId } from '../../../app/contract/ids.ts';
import { timelineColumns, type TimelineColumns } from '../../../renderer/photos/timeline-columns.ts';
import {
  layoutTimeline,
  placeRow,
  rowOf,
  stepInTimeline,
  visibleMonths,
  type TimelineLayout,
} from '../../../renderer/photos/timeline-layout.ts';

const shape = { width: 1000, rowHeight: 200, gap: 4, heading: 48, below: 12 };

/** Months of so many photos each, with ratios that repeat 3:2, 2:3, 1:1, 16:9. */
function columns(...counts: number[]): TimelineColumns {
  const ratios = [3 / 2, 2 / 3, 1, 16 / 9];
  let id = 0;
  const months = counts.map((n, month) => ({
    month: `2019-${String(12 - (month % 12)).padStart(2, '0')}`,
    ids: Array.from({ length: n }, () => ++id as PhotoId),
    ratios: Array.from({ length: n }, (_, i) => ratios[i % 4]!),
  }));
  return timelineColumns({ months });
}

const allRows = (layout: TimelineLayout): number[] => Array.from({ length: layout.rows }, (_, row) => row);

describe('the layout of a timeline', () => {
  it('fills every row but the last of a month to the right edge', () => {
    const layout = layoutTimeline(columns(37, 23), shape);
    const last = new Set(layout.months.map((month) => month.firstRow + month.rows - 1));
    for (const row of allRows(layout).filter((each) => !last.has(each))) {
      const end = placeRow(layout, row).at(-1)!;
      expect(end.left + end.width).toBeCloseTo(shape.width, 6);
    }
  });

  it('keeps rows near the height aimed at', () => {
    const layout = layoutTimeline(columns(500), shape);
    for (const height of layout.rowHeight) {
      expect(height).toBeGreaterThan(shape.rowHeight * 0.7);
      expect(height).toBeLessThan(shape.rowHeight * 1.45);
    }
  });

  it('shows every photo once, in order', () => {
    const layout = layoutTimeline(columns(41, 1, 7), shape);
    const shown = allRows(layout).flatMap((row) => placeRow(layout, row).map(({ index }) => index));
    expect(shown).toEqual(Array.from({ length: 49 }, (_, i) => i));
  });

  it('sets rows 4 px apart and lets none overlap the next month', () => {
    const layout = layoutTimeline(columns(30, 30), shape);
    for (const { top, height, firstRow, rows } of layout.months) {
      expect(layout.rowTop[firstRow]).toBeCloseTo(top + shape.heading, 6);
      for (let row = firstRow + 1; row < firstRow + rows; row++) {
        expect(layout.rowTop[row]! - layout.rowTop[row - 1]! - layout.rowHeight[row - 1]!).toBeCloseTo(4, 6);
      }
      const last = firstRow + rows - 1;
      expect(layout.rowTop[last]! + layout.rowHeight[last]! + shape.below).toBeCloseTo(top + height, 6);
    }
    expect(layout.height).toBe(layout.months[1]!.top + layout.months[1]!.height);
  });

  it('does not stretch a lonely photo over the window', () => {
    const layout = layoutTimeline(columns(1), shape);
    expect(layout.rowHeight[0]).toBe(shape.rowHeight);
    expect(placeRow(layout, 0)[0]!.width).toBeCloseTo(300);
  });

  it('crops a panorama to three times its height', () => {
    const panorama = timelineColumns({ months: [{ month: '2019-01', ids: [1 as PhotoId], ratios: [40] }] });
    expect(panorama.ratios[0]).toBe(3);
  });

  it('fits a row into a window narrower than one photo', () => {
    const layout = layoutTimeline(columns(5), { ...shape, width: 120 });
    for (const row of allRows(layout)) {
      const end = placeRow(layout, row).at(-1)!;
      expect(end.left + end.width).toBeLessThanOrEqual(120.001);
    }
  });

  it('has no rows and no height without photos', () => {
    const layout = layoutTimeline(columns(), shape);
    expect([layout.rows, layout.height, visibleMonths(layout, 0, 800)]).toEqual([0, 0, []]);
  });
});

describe('100,000 photos', () => {
  const many = columns(...Array.from({ length: 200 }, () => 500));

  it('are laid out within a frame or two', () => {
    layoutTimeline(many, shape);
    const times = Array.from({ length: 5 }, () => {
      const start = performance.now();
      layoutTimeline(many, shape);
      return performance.now() - start;
    });
    // Measured at 3 ms; the bound leaves room for a busy machine and still catches anything quadratic.
    expect(Math.min(...times)).toBeLessThan(60);
  });

  it('leave only what is near the window to draw', () => {
    const layout = layoutTimeline(many, shape);
    for (const top of [0, layout.height / 2, layout.height - 800]) {
      const months = visibleMonths(layout, top, 800);
      const rows = months.reduce((sum, { from, to }) => sum + to - from, 0);
      expect(rows).toBeGreaterThanOrEqual(3);
      expect(rows).toBeLessThanOrEqual(8);
    }
  });

  it('are found by row in both directions', () => {
    const layout = layoutTimeline(many, shape);
    for (const index of [0, 1, 499, 500, 77_777, 99_999]) {
      const row = rowOf(layout, index);
      expect(placeRow(layout, row).some((photo) => photo.index === index)).toBe(true);
    }
  });
});

describe('the arrow keys', () => {
  const layout = layoutTimeline(columns(40, 40), shape);

  it('go to the photo that lies under the middle of the present one', () => {
    const here = placeRow(layout, 2)[1]!;
    const down = stepInTimeline(layout, here.index, 'ArrowDown')!;
    expect(rowOf(layout, down)).toBe(3);
    const under = placeRow(layout, 3).find(({ index }) => index === down)!;
    const middle = here.left + here.width / 2;
    expect(middle).toBeGreaterThanOrEqual(under.left - shape.gap);
    expect(middle).toBeLessThanOrEqual(under.left + under.width + shape.gap);
  });

  it('cross from month to month and stop at both ends', () => {
    expect(stepInTimeline(layout, 39, 'ArrowRight')).toBe(40);
    expect(stepInTimeline(layout, 0, 'ArrowLeft')).toBe(0);
    expect(stepInTimeline(layout, 0, 'ArrowUp')).toBe(0);
    expect(stepInTimeline(layout, 79, 'ArrowDown')).toBe(79);
    expect(stepInTimeline(layout, 5, 'End')).toBe(79);
    expect(stepInTimeline(layout, 5, 'Home')).toBe(0);
  });

  it('leave other keys alone', () => {
    expect(stepInTimeline(layout, 5, 'x')).toBeNull();
  });
});

import type { TimelineColumns } from './timeline-columns.ts';

/** Lengths in CSS pixels. */
export interface TimelineShape {
  readonly width: number;
  /** The height that rows aim at. */
  readonly rowHeight: number;
  readonly gap: number;
  /** Height of a month's heading. */
  readonly heading: number;
  /** Space below a month. */
  readonly below: number;
}

export interface MonthLayout {
  readonly month: string;
  readonly top: number;
  /** Heading, rows and the space below. */
  readonly height: number;
  readonly firstRow: number;
  readonly rows: number;
  readonly count: number;
}

/** Where everything of a timeline lies: row `r` holds the photos from `rowFirst[r]` to before `rowFirst[r + 1]`. */
export interface TimelineLayout {
  readonly shape: TimelineShape;
  readonly ratios: Float32Array;
  readonly height: number;
  readonly months: readonly MonthLayout[];
  readonly rows: number;
  readonly rowTop: Float64Array;
  readonly rowHeight: Float64Array;
  readonly rowFirst: Int32Array;
}

export interface PlacedPhoto {
  readonly index: number;
  readonly left: number;
  readonly width: number;
}

/** A month's last row is stretched to the edge only when it nearly reaches it: at most to this many row heights. */
const tallestLast = 1.15;

/**
 * Breaks a timeline into justified rows, one pass over the ratios. A row ends where its height comes closest
 * to the one aimed at.
 */
export function layoutTimeline(columns: TimelineColumns, shape: TimelineShape): TimelineLayout {
  const { ratios } = columns;
  const rowTop: number[] = [];
  const rowHeights: number[] = [];
  const rowFirst: number[] = [];
  const months: MonthLayout[] = [];
  let top = 0;
  for (const { month, first, count } of columns.months) {
    const monthTop = top;
    const firstRow = rowTop.length;
    top += shape.heading;
    for (let index = first; index < first + count;) {
      const { end, height } = nextRow(ratios, index, first + count, shape);
      rowTop.push(top);
      rowHeights.push(height);
      rowFirst.push(index);
      top += height + shape.gap;
      index = end;
    }
    top += shape.below - shape.gap;
    months.push({ month, top: monthTop, height: top - monthTop, firstRow, rows: rowTop.length - firstRow, count });
  }
  rowFirst.push(ratios.length);
  return {
    shape,
    ratios,
    height: top,
    months,
    rows: rowTop.length,
    rowTop: Float64Array.from(rowTop),
    rowHeight: Float64Array.from(rowHeights),
    rowFirst: Int32Array.from(rowFirst),
  };
}

function nextRow(
  ratios: Float32Array,
  first: number,
  end: number,
  { width, rowHeight, gap }: TimelineShape,
): { end: number; height: number } {
  let sum = 0;
  let before = Infinity;
  for (let index = first; index < end; index++) {
    sum += ratios[index] ?? 1;
    const height = (width - gap * (index - first)) / sum;
    if (height <= rowHeight) {
      // Without this photo the row would be `before` high: take whichever is nearer.
      const withoutIt = before / rowHeight < rowHeight / height;
      return withoutIt ? { end: index, height: before } : { end: index + 1, height };
    }
    before = height;
  }
  return { end, height: before <= rowHeight * tallestLast ? before : rowHeight };
}

/** The photos of a row from left to right. */
export function placeRow(layout: TimelineLayout, row: number): PlacedPhoto[] {
  const placed: PlacedPhoto[] = [];
  const height = layout.rowHeight[row] ?? 0;
  let left = 0;
  for (let index = layout.rowFirst[row] ?? 0; index < (layout.rowFirst[row + 1] ?? 0); index++) {
    const width = (layout.ratios[index] ?? 1) * height;
    placed.push({ index, left, width });
    left += width + layout.shape.gap;
  }
  return placed;
}

/** The last index whose value is at most `value` in ascending `values`, 0 where there is none. */
function lastAtMost(values: ArrayLike<number>, value: number, length: number): number {
  let low = 0;
  let high = length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((values[middle] ?? 0) <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The row that a photo is in. */
export const rowOf = (layout: TimelineLayout, index: number): number => lastAtMost(layout.rowFirst, index, layout.rows);

/** The row at a height, or the next one above it. */
export const rowAt = (layout: TimelineLayout, top: number): number => lastAtMost(layout.rowTop, top, layout.rows);

/** The month that a height lies in. */
export function monthAt(layout: TimelineLayout, top: number): MonthLayout | undefined {
  return layout.months.findLast((month) => month.top <= top) ?? layout.months[0];
}

export interface VisibleMonth extends MonthLayout {
  /** Rows to draw: from `from` to before `to`. */
  readonly from: number;
  readonly to: number;
}

/** The months and rows that touch the stretch from `top` over `height`. */
export function visibleMonths(layout: TimelineLayout, top: number, height: number): VisibleMonth[] {
  if (layout.rows === 0) return [];
  const firstRow = rowAt(layout, top);
  const lastRow = rowAt(layout, top + height);
  return layout.months
    .filter((month) => month.top < top + height && month.top + month.height > top)
    .map((month) => ({
      ...month,
      from: Math.max(month.firstRow, firstRow),
      to: Math.min(month.firstRow + month.rows, lastRow + 1),
    }));
}

/** Where a key leads from a photo: beside it, or to the photo of the row above or below that lies nearest. */
export function stepInTimeline(layout: TimelineLayout, index: number, key: string): number | null {
  const last = layout.ratios.length - 1;
  if (key === 'ArrowLeft') return Math.max(0, index - 1);
  if (key === 'ArrowRight') return Math.min(last, index + 1);
  if (key === 'Home') return 0;
  if (key === 'End') return last;
  if (key !== 'ArrowUp' && key !== 'ArrowDown') return null;
  const row = rowOf(layout, index);
  const next = row + (key === 'ArrowUp' ? -1 : 1);
  if (next < 0 || next >= layout.rows) return index;
  const here = placeRow(layout, row).find((photo) => photo.index === index);
  const middle = here ? here.left + here.width / 2 : 0;
  const candidates = placeRow(layout, next);
  const under = candidates.find(({ left, width }) => middle <= left + width + layout.shape.gap);
  return (under ?? candidates.at(-1))?.index ?? index;
}

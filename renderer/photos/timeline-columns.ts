import type { PhotoId } from '../../app/contract/ids.ts';
import type { Timeline } from '../../app/contract/model.ts';

/** A timeline as flat columns: photo `i` has `ids[i]` and `ratios[i]`; a month is a stretch of them. */
export interface TimelineColumns {
  readonly ids: readonly PhotoId[];
  /** Width over height as it is shown. */
  readonly ratios: Float32Array;
  readonly months: readonly { readonly month: string; readonly first: number; readonly count: number }[];
}

/** Panoramas and strips are cropped to these ratios in the grid, or one of them would fill the window. */
const narrowest = 0.5;
const widest = 3;

export function timelineColumns(timeline: Pick<Timeline, 'months'>): TimelineColumns {
  const total = timeline.months.reduce((sum, { ids }) => sum + ids.length, 0);
  const ids = new Array<PhotoId>(total);
  const ratios = new Float32Array(total);
  const months: { month: string; first: number; count: number }[] = [];
  let next = 0;
  for (const { month, ids: some, ratios: shapes } of timeline.months) {
    months.push({ month, first: next, count: some.length });
    for (const [at, id] of Array.from(some).entries()) {
      ids[next] = id;
      ratios[next++] = Math.min(widest, Math.max(narrowest, shapes[at] ?? 1));
    }
  }
  return { ids, ratios, months };
}

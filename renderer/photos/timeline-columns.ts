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
  const ids: PhotoId[] = [];
  const months = timeline.months.map(({ month, ids: some }) => {
    const first = ids.length;
    for (const id of some) ids.push(id);
    return { month, first, count: some.length };
  });
  const ratios = new Float32Array(ids.length);
  let next = 0;
  for (const { ratios: some } of timeline.months) {
    for (const ratio of some) ratios[next++] = Math.min(widest, Math.max(narrowest, ratio));
  }
  return { ids, ratios, months };
}

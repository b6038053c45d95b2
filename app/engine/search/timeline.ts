import type { PhotoId } from '../../contract/ids.ts';
import type { Timeline } from '../../contract/model.ts';
import type { LibraryColumns } from './library-columns.ts';

type Columns = Pick<LibraryColumns, 'takenAt' | 'ratio'>;

/** Puts photos that are ordered by how well their faces match into one section. */
export function toMatches(ids: Int32Array, columns: Columns): Timeline {
  return { total: ids.length, months: ids.length === 0 ? [] : [toMonth('match', ids, columns)] };
}

/** Puts photos that come newest first, those without a date last, into months. */
export function toTimeline(ids: Int32Array, columns: Columns): Timeline {
  const takenAt = columns.takenAt.values;
  const months: Timeline['months'] = [];
  for (let first = 0; first < ids.length;) {
    const at = takenAt[ids[first] ?? 0] ?? NaN;
    const begin = startOfMonth(at);
    let end = first + 1;
    // Compared so that photos without a date go on to the end.
    while (end < ids.length && !((takenAt[ids[end] ?? 0] ?? NaN) < begin)) {
      if (!Number.isNaN(at) && Number.isNaN(takenAt[ids[end] ?? 0])) break;
      end++;
    }
    months.push(toMonth(Number.isNaN(at) ? 'unknown' : monthOf(at), ids.subarray(first, end), columns));
    first = end;
  }
  return { total: ids.length, months };
}

function toMonth(month: string, ids: Int32Array, { ratio }: Columns): Timeline['months'][number] {
  const ratios = new Array<number>(ids.length);
  for (let at = 0; at < ids.length; at++) ratios[at] = (ratio.values[ids[at] ?? 0] ?? 0) / 1000;
  return { month, ids: Array.from(ids) as PhotoId[], ratios };
}

function monthOf(at: number): string {
  return new Date(at).toISOString().slice(0, -'-01T00:00:00.000Z'.length);
}

function startOfMonth(at: number): number {
  const date = new Date(at);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth());
}

import type { PhotoId } from '../../contract/ids.ts';
import type { Timeline } from '../../contract/model.ts';
import type { LibraryColumns } from './library-columns.ts';

type Columns = Pick<LibraryColumns, 'takenAt' | 'ratio'>;

/** Puts photos that are ordered by how well their faces match into one section. */
export function toMatches(ids: Int32Array, columns: Columns): Timeline {
  const ratios = ratiosOf(ids, columns);
  return { total: ids.length, months: ids.length === 0 ? [] : [toMonth('match', ids, ratios)] };
}

/** Puts photos that come newest first, those without a date last, into months. */
export function toTimeline(ids: Int32Array, columns: Columns): Timeline {
  const takenAt = columns.takenAt.values;
  const ratios = ratiosOf(ids, columns);
  const months: Timeline['months'] = [];
  for (let first = 0; first < ids.length;) {
    const at = takenAt[ids[first] ?? 0] ?? NaN;
    let end = first;
    if (Number.isNaN(at)) end = ids.length;
    else for (const begin = startOfMonth(at); (takenAt[ids[end] ?? -1] ?? NaN) >= begin;) end++;
    months.push(toMonth(Number.isNaN(at) ? 'unknown' : monthOf(at), ids.subarray(first, end), ratios.subarray(first, end)));
    first = end;
  }
  return { total: ids.length, months };
}

function toMonth(month: string, ids: Int32Array, ratios: Float64Array): Timeline['months'][number] {
  // Ids are branded numbers: the types of arrays cannot say so.
  return { month, ids: ids as ArrayLike<number> as ArrayLike<PhotoId>, ratios };
}

function ratiosOf(ids: Int32Array, { ratio }: Columns): Float64Array {
  const thousandths = ratio.values;
  const ratios = new Float64Array(ids.length);
  for (let at = 0; at < ids.length; at++) ratios[at] = (thousandths[ids[at] ?? 0] ?? 0) / 1000;
  return ratios;
}

function monthOf(at: number): string {
  return new Date(at).toISOString().slice(0, -'-01T00:00:00.000Z'.length);
}

function startOfMonth(at: number): number {
  const date = new Date(at);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth());
}

import type { PhotoId } from '../../contract/ids.ts';
import type { Timeline } from '../../contract/model.ts';
import { bitOf, countIds, type IdSet } from './id-set.ts';
import type { LibraryColumns } from './library-columns.ts';

/** Photos in an order, in columns: photo `ids[i]` is `ratios[i]` times as wide as high. */
export interface PhotoList {
  readonly ids: Int32Array<ArrayBuffer>;
  readonly ratios: Float64Array<ArrayBuffer>;
  /** The months that they fall into, one after the other, each up to a place; none where the order is another. */
  readonly months: readonly Month[];
}

interface Month {
  /** `2019-08`, or `unknown` where no date is known. */
  readonly month: string;
  readonly end: number;
}

/** Every photo, newest first. Searches pick from it, so what can be known before is worked out here. */
export function listEverything(columns: Pick<LibraryColumns, 'order' | 'takenAt' | 'ratio'>): PhotoList {
  const { order: ids, takenAt, ratio } = columns;
  const ratios = Float64Array.from(ids, (id) => ratio.get(id) / 1000);
  const months: Month[] = [];
  for (let first = 0; first < ids.length;) {
    const at = takenAt.get(ids[first] ?? 0);
    const begin = startOfMonth(at);
    let end = Number.isNaN(at) ? ids.length : first;
    while (end < ids.length && takenAt.get(ids[end] ?? 0) >= begin) end++;
    months.push({ month: Number.isNaN(at) ? 'unknown' : monthOf(at), end });
    first = end;
  }
  return { ids, ratios, months };
}

/** Where the photos that are picked stand in the list: used again for every search, 4 MB for a million photos. */
let places = new Int32Array(0);

/** Those of a list that are in a set, in the same order. */
export function pickFrom(all: PhotoList, set: IdSet): PhotoList {
  // A set may hold what is gone: then fewer are picked.
  const most = Math.min(countIds(set), all.ids.length);
  if (places.length <= most) places = new Int32Array(Math.max(most, all.ids.length) + 1);
  const few = most < all.ids.length / 16;
  const months: Month[] = [];
  const [from, picked] = [all.ids, places];
  let [first, count] = [0, 0];
  for (const { month, end } of all.months) {
    const before = count;
    if (few) {
      for (let at = first; at < end; at++) if (bitOf(set, from[at] ?? 0) === 1) picked[count++] = at;
    } else {
      // Every place is written down, and kept only where its photo is in the set: no branch to be guessed.
      for (let at = first; at < end; at++) {
        picked[count] = at;
        count += bitOf(set, from[at] ?? 0);
      }
    }
    first = end;
    if (count > before) months.push({ month, end: count });
  }
  if (count === from.length) return all;
  const ids = new Int32Array(count);
  const ratios = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const place = picked[i] ?? 0;
    ids[i] = from[place] ?? 0;
    ratios[i] = all.ratios[place] ?? 1;
  }
  return { ids, ratios, months };
}

/** What the pages get of a list; one without months is a single section, ordered by how well faces match. */
export function toTimeline({ ids, ratios, months }: PhotoList): Timeline {
  const sections = months.length === 0 && ids.length > 0 ? [{ month: 'match', end: ids.length }] : months;
  let first = 0;
  return {
    total: ids.length,
    months: sections.map(({ month, end }) => {
      const [from, to] = [first, end];
      first = end;
      // Ids are branded numbers: the types of arrays cannot say so.
      const some = ids.subarray(from, to) as ArrayLike<number> as ArrayLike<PhotoId>;
      return { month, ids: some, ratios: ratios.subarray(from, to) };
    }),
  };
}

function monthOf(at: number): string {
  return new Date(at).toISOString().slice(0, -'-01T00:00:00.000Z'.length);
}

function startOfMonth(at: number): number {
  const date = new Date(at);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth());
}

import type { PhotoId } from '../../contract/ids.ts';
import type { Timeline } from '../../contract/model.ts';
import type { PhotoRow } from '../db/photo-search.ts';

/** Puts photos that are ordered by how well their faces match into one section. */
export function toMatches(rows: readonly PhotoRow[]): Timeline {
  if (rows.length === 0) return { total: 0, months: [] };
  const ids = rows.map(([id]) => id as PhotoId);
  return { total: rows.length, months: [{ month: 'match', ids, ratios: rows.map(ratioOf) }] };
}

/** Puts photos that come newest first, those without a date last, into months. */
export function toTimeline(rows: readonly PhotoRow[]): Timeline {
  const months: Timeline['months'] = [];
  let current: Timeline['months'][number] | undefined;
  // The month that `current` covers begins here; later rows are older.
  let begin = Infinity;
  for (const row of rows) {
    const [id, takenAt] = row;
    if (!current || (takenAt === null ? current.month !== 'unknown' : takenAt < begin)) {
      const month = takenAt === null ? 'unknown' : monthOf(takenAt);
      begin = takenAt === null ? -Infinity : startOfMonth(takenAt);
      months.push((current = { month, ids: [], ratios: [] }));
    }
    current.ids.push(id as PhotoId);
    current.ratios.push(ratioOf(row));
  }
  return { total: rows.length, months };
}

/** A thousandth is less than a pixel of a row. */
function ratioOf([, , width, height]: PhotoRow): number {
  return Math.round((width / height) * 1000) / 1000;
}

function monthOf(at: number): string {
  return new Date(at).toISOString().slice(0, -'-01T00:00:00.000Z'.length);
}

function startOfMonth(at: number): number {
  const date = new Date(at);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth());
}

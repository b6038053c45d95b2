import { setImmediate } from 'node:timers/promises';

import type { ColumnReads, FaceColumns, PartColumns, PhotoColumns } from '../db/column-reads.ts';
import { createGrowing, type Growing } from './growing.ts';
import { addId, createIdSet, hasId } from './id-set.ts';

/**
 * What searches need of every photo and face, in memory: about 30 bytes a photo and 10 a face, so that a search over a
 * million photos is a pass or two over arrays. Read once, and after that only what was written since.
 */
export interface LibraryColumns {
  /** Reads everything in slices, so that other requests get their turn; afterwards as `refresh`. */
  load(closing?: AbortSignal): Promise<void>;
  /** Brings the columns up to date, now. */
  refresh(): void;
  /** Photos, and faces that are there; undefined until everything has been read. */
  counts(): { readonly photos: number; readonly faces: number } | undefined;
  /** Ids of the photos, newest first, those without a date last. Another array whenever a photo has changed. */
  readonly order: Int32Array<ArrayBuffer>;
  /** All ids of photos and of faces lie below these. */
  readonly photosEnd: number;
  readonly facesEnd: number;
  /** All parts have ids below. */
  readonly partsEnd: number;
  /** By photo: ms as if UTC, NaN where no date is known. */
  readonly takenAt: Growing<Float64Array>;
  /** By photo: thousandths of the width over the height. Less than a pixel of a row. */
  readonly ratio: Growing<Uint32Array>;
  /** By photo: faces that are there. */
  readonly faces: Growing<Uint16Array>;
  /** By photo: place in `cameras`, 0 for none. */
  readonly camera: Growing<Uint16Array>;
  readonly cameras: readonly string[];
  /** By face: its photo. */
  readonly facePhoto: Growing<Int32Array>;
  /** By face: its part; 0 for none, -1 where it is not there or nobody's for good. */
  readonly facePart: Growing<Int32Array>;
  /** By part: whom its faces are shown as; 0 for nobody. */
  readonly partPerson: Growing<Int32Array>;
}

/** Rows read before other requests get their turn: about 5 ms. */
const rowsAtOnce = 5000;

export function createLibraryColumns(reads: ColumnReads): LibraryColumns {
  const takenAt = createGrowing((length) => new Float64Array(length), NaN);
  const ratio = createGrowing((length) => new Uint32Array(length));
  const faces = createGrowing((length) => new Uint16Array(length));
  const camera = createGrowing((length) => new Uint16Array(length));
  const facePhoto = createGrowing((length) => new Int32Array(length));
  const facePart = createGrowing((length) => new Int32Array(length), -1);
  const partPerson = createGrowing((length) => new Int32Array(length));
  const cameras = createNumbers();
  const touched = { photos: new Set<number>(), faces: new Set<number>(), parts: new Set<number>() };
  let order = new Int32Array(0);
  let [photosEnd, facesEnd, partsEnd] = [0, 0, 1];
  let loaded = false;
  let counted: { readonly order: Int32Array; readonly faces: number } | undefined;

  const putPhoto = ([id, at, width, height, count, name]: PhotoColumns): void => {
    takenAt.set(id, at ?? NaN);
    ratio.set(id, Math.round((width / height) * 1000));
    faces.set(id, count);
    camera.set(id, cameras.of(name));
    photosEnd = Math.max(photosEnd, id + 1);
  };
  const putFace = ([id, photo, part]: FaceColumns): void => {
    facePhoto.set(id, photo);
    facePart.set(id, part);
    facesEnd = Math.max(facesEnd, id + 1);
  };
  const putPart = ([id, person]: PartColumns): void => {
    partPerson.set(id, person);
    partsEnd = Math.max(partsEnd, id + 1);
  };

  /** Reads a slice at every step. */
  function* readAll(): Generator<void> {
    const sorted: number[] = [];
    const put = (row: PhotoColumns): void => {
      putPhoto(row);
      sorted.push(row[0]);
    };
    reads.watch({
      photo: (id) => touched.photos.add(id),
      face: (id) => touched.faces.add(id),
      part: (id) => touched.parts.add(id),
    });
    reads.parts().forEach(putPart);
    for (let after: [number, number] | undefined = [Infinity, 0]; after;) {
      const rows = reads.dated(after, rowsAtOnce);
      rows.forEach(put);
      const end = rows.at(-1);
      after = end && rows.length === rowsAtOnce ? [end[1] ?? 0, end[0]] : undefined;
      yield;
    }
    for (let below = Number.MAX_SAFE_INTEGER; below > 0;) {
      const rows = reads.undated(below, rowsAtOnce);
      rows.forEach(put);
      below = rows.length === rowsAtOnce ? (rows.at(-1)?.[0] ?? 0) : 0;
      yield;
    }
    for (let after = 0; after >= 0;) {
      const rows = reads.faces(after, rowsAtOnce);
      rows.forEach(putFace);
      after = rows.length === rowsAtOnce ? (rows.at(-1)?.[0] ?? -1) : -1;
      yield;
    }
    order = Int32Array.from(sorted);
    loaded = true;
  }
  const reading = readAll();

  const rereadFaces = (): void => {
    const ids = [...touched.faces];
    touched.faces.clear();
    for (const id of ids) if (id < facesEnd) facePart.set(id, -1);
    for (let at = 0; at < ids.length; at += rowsAtOnce) reads.facesOf(ids.slice(at, at + rowsAtOnce)).forEach(putFace);
  };
  const rereadPhotos = (): void => {
    const ids = [...touched.photos];
    touched.photos.clear();
    const before = new Map(ids.map((id) => [id, takenAt.get(id)]));
    const rows: PhotoColumns[] = [];
    for (let at = 0; at < ids.length; at += rowsAtOnce) rows.push(...reads.photosOf(ids.slice(at, at + rowsAtOnce)));
    rows.forEach(putPhoto);
    const there = new Set(rows.map(([id]) => id));
    const known = createIdSet(photosEnd);
    for (const id of order) addId(known, id);
    const moved = ids.filter((id) => hasId(known, id) !== there.has(id) || !Object.is(before.get(id), takenAt.get(id)));
    order = moved.length > 0 ? reorder(order, moved, there, takenAt.values) : order.slice();
  };

  const rereadParts = (): void => {
    const ids = [...touched.parts];
    touched.parts.clear();
    reads.partsOf(ids).forEach(putPart);
  };

  const refresh = (): void => {
    while (!loaded) reading.next();
    if (touched.parts.size > 0) rereadParts();
    if (touched.faces.size > 0) rereadFaces();
    if (touched.photos.size > 0) rereadPhotos();
  };
  return {
    load: async (closing) => {
      while (!loaded) {
        reading.next();
        await setImmediate();
        closing?.throwIfAborted();
      }
      refresh();
    },
    refresh,
    counts: () => {
      if (!loaded) return undefined;
      refresh();
      if (counted?.order !== order) counted = { order, faces: order.reduce((sum, id) => sum + faces.get(id), 0) };
      return { photos: order.length, faces: counted.faces };
    },
    get order() {
      return order;
    },
    get photosEnd() {
      return photosEnd;
    },
    get facesEnd() {
      return facesEnd;
    },
    get partsEnd() {
      return partsEnd;
    },
    takenAt,
    ratio,
    faces,
    camera,
    cameras: cameras.names,
    facePhoto,
    facePart,
    partPerson,
  };
}

/** The order with `moved` photos, as far as they are `there`, where their dates put them. */
function reorder(
  order: Int32Array,
  moved: readonly number[],
  there: ReadonlySet<number>,
  takenAt: Float64Array,
): Int32Array<ArrayBuffer> {
  const newestFirst = (a: number, b: number): number => {
    const [p, q] = [takenAt[a] ?? NaN, takenAt[b] ?? NaN];
    if (Number.isNaN(p) || Number.isNaN(q)) return Number(Number.isNaN(p)) - Number(Number.isNaN(q)) || b - a;
    return q - p || b - a;
  };
  const leaving = createIdSet(moved.reduce((end, id) => Math.max(end, id + 1), takenAt.length));
  for (const id of moved) addId(leaving, id);
  const kept = order.filter((id) => !hasId(leaving, id));
  const coming = moved.filter((id) => there.has(id)).sort(newestFirst);
  const merged = new Int32Array(kept.length + coming.length);
  let [from, next] = [0, 0];
  for (let at = 0; at < merged.length; at++) {
    const [old, added] = [kept[from], coming[next]];
    const takesAdded = old === undefined || (added !== undefined && newestFirst(added, old) < 0);
    merged[at] = takesAdded ? (added ?? 0) : old;
    if (takesAdded) next++;
    else from++;
  }
  return merged;
}

/** Numbers names from 1 on, in the order they come; 0 is none. */
function createNumbers(): { readonly names: readonly string[]; of(name: string | null): number } {
  const names = [''];
  const known = new Map<string, number>();
  return {
    names,
    of: (name) => {
      if (name === null) return 0;
      const number = known.get(name) ?? names.push(name) - 1;
      known.set(name, number);
      return number;
    },
  };
}

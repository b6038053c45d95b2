import type { ColumnReads } from '../db/column-reads.ts';
import type { PhotoPages } from '../db/photo-pages.ts';
import type { TextSearch } from '../db/text-search.ts';
import { addAll, addBit, addId, createIdSet, keepCommon, removeAll, type IdSet } from './id-set.ts';
import { createLibraryColumns, type LibraryColumns } from './library-columns.ts';
import type { QueryNode, TextField, TimeSpan } from './query.ts';
import { listEverything, pickFrom, type PhotoList } from './timeline.ts';

export interface PhotoSearch {
  /** The photos that a query finds, newest first, those without a date last. */
  find(tree: QueryNode): PhotoList;
  /** What is known of every photo; up to date after `find`. */
  readonly columns: LibraryColumns;
}

/** What a search is made of: columns of the whole library, and SQLite where there are words to be looked up. */
export interface SearchSource {
  readonly reads: ColumnReads;
  readonly text: TextSearch;
  readonly pages: Pick<PhotoPages, 'peopleKinds'>;
}

/** Sets of photos that have some words, which are kept: 125 kB each for a million photos. */
const keptTexts = 40;

/** Finds photos by set operations in memory: a few passes over arrays, whatever the query. What is gone is in no list. */
export function createPhotoSearch({ reads, text, pages }: SearchSource): PhotoSearch {
  const columns = createLibraryColumns(reads);
  const texts = createKeptTexts(text, reads);

  let kept: { readonly list: PhotoList; readonly set: IdSet } | undefined;
  /** The order of everything, as a list and as a set, until a photo changes. */
  const whole = () => {
    const { order } = columns;
    if (kept?.list.ids !== order) kept = { list: listEverything(columns), set: setOf(order, columns.photosEnd) };
    return kept;
  };
  /** A set of its own: the caller may change it. */
  const everything = (): IdSet => whole().set.slice();
  const none = (): IdSet => createIdSet(columns.photosEnd);
  const evaluate = (node: QueryNode): IdSet => {
    switch (node.kind) {
      case 'all':
        return allOf(node.parts.map(evaluate), everything);
      case 'any':
        return anyOf(node.parts.map(evaluate), none);
      case 'not': {
        const set = everything();
        removeAll(set, evaluate(node.part));
        return set;
      }
      case 'people':
        return showing(columns, (person) => node.people.includes(person as never));
      case 'only':
        return showingOnly(node.names);
      case 'taken':
        if (node.from === -Infinity && node.to === Infinity) return everything();
        return takenIn(columns, [node]);
      case 'takenIn':
        return takenIn(columns, node.spans);
      case 'faces':
        return withFaces(columns, node.from, node.to);
      case 'unnamed': {
        const { named, hidden } = pages.peopleKinds();
        const known = new Set([...named, ...hidden]);
        return showing(columns, (person) => !known.has(person), true);
      }
      case 'favourite':
        return setOf(reads.favourites(), columns.photosEnd);
      case 'camera':
        return takenWith(columns, node.text);
      case 'text':
        return texts.photosWith(node.field, node.text, node.prefix, columns.photosEnd);
    }
  };
  const showingOnly = (names: readonly (readonly number[])[]): IdSet => {
    const wanted = names.map((people) => showing(columns, (person) => people.includes(person)));
    const asked = new Set<number>(names.flat());
    const { named, hidden } = pages.peopleKinds();
    const others = new Set(named.filter((person) => !asked.has(person)));
    for (const person of hidden) others.delete(person);
    const set = allOf(wanted, everything);
    removeAll(
      set,
      showing(columns, (person) => others.has(person)),
    );
    return set;
  };

  return {
    columns,
    find: (tree) => {
      columns.refresh();
      const { list } = whole();
      return tree.kind === 'all' && tree.parts.length === 0 ? list : pickFrom(list, evaluate(tree));
    },
  };
}

function allOf(sets: readonly IdSet[], everything: () => IdSet): IdSet {
  const [first = everything(), ...others] = sets;
  for (const other of others) keepCommon(first, other);
  return first;
}

function anyOf(sets: readonly IdSet[], none: () => IdSet): IdSet {
  const [first = none(), ...others] = sets;
  for (const other of others) addAll(first, other);
  return first;
}

function setOf(ids: ArrayLike<number>, end: number): IdSet {
  const set = createIdSet(end);
  for (let at = 0; at < ids.length; at++) addId(set, ids[at] ?? 0);
  return set;
}

function withFaces({ faces, photosEnd }: LibraryColumns, from: number, to: number): IdSet {
  const set = createIdSet(photosEnd);
  const counts = faces.values;
  for (let id = 0; id < photosEnd; id++) {
    const count = counts[id] ?? 0;
    addBit(set, id, Number(from <= count && count <= to));
  }
  return set;
}

/** Photos with a face of somebody of whom it holds, or of nobody where `orNobody`. */
function showing(
  { facePhoto, facePart, partPerson, facesEnd, partsEnd, photosEnd }: LibraryColumns,
  holds: (person: number) => boolean,
  orNobody = false,
): IdSet {
  const set = createIdSet(photosEnd);
  const [parts, photos] = [facePart.values, facePhoto.values];
  // By part, one place further up: the first is that of faces which are not there.
  const wanted = new Uint8Array(partsEnd + 1);
  for (let part = 0; part < partsEnd; part++) {
    const person = partPerson.get(part);
    wanted[part + 1] = Number(person === 0 ? orNobody : holds(person));
  }
  for (let face = 0; face < facesEnd; face++) addBit(set, photos[face] ?? 0, wanted[(parts[face] ?? -1) + 1] ?? 0);
  return set;
}

/** Each span is a stretch of the order. */
function takenIn({ order, takenAt, photosEnd }: LibraryColumns, spans: readonly TimeSpan[]): IdSet {
  const set = createIdSet(photosEnd);
  const times = takenAt.values;
  /** The first place in the order whose photo was taken before `time`; photos without a date come after all. */
  const placeBefore = (time: number): number => {
    let [low, high] = [0, order.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((times[order[middle] ?? 0] ?? NaN) >= time) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  for (const { from, to } of spans) {
    for (let at = placeBefore(to), end = placeBefore(from); at < end; at++) addId(set, order[at] ?? 0);
  }
  return set;
}

/** There are few cameras. ASCII letters match in either case. */
function takenWith(columns: LibraryColumns, text: string): IdSet {
  const wanted = asciiLower(text);
  const fitting = Uint8Array.from(columns.cameras, (name, at) => Number(at > 0 && asciiLower(name).includes(wanted)));
  const set = createIdSet(columns.photosEnd);
  const numbers = columns.camera.values;
  for (let id = 0, end = columns.photosEnd; id < end; id++) addBit(set, id, fitting[numbers[id] ?? 0] ?? 0);
  return set;
}

function asciiLower(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/** Remembers which photos have some words; only photos that came since are looked up again. */
function createKeptTexts(text: TextSearch, reads: ColumnReads) {
  const kept = new Map<string, { set: IdSet; end: number }>();
  reads.watchPaths(() => kept.clear());
  return {
    /** A set of its own: the caller may change it. */
    photosWith: (field: TextField, words: string, prefix: boolean, end: number): IdSet => {
      const key = JSON.stringify([field, words, prefix]);
      const known = kept.get(key);
      const set = createIdSet(end);
      if (known) set.set(known.set.subarray(0, set.length));
      if (!known || known.end < end) {
        for (const id of text.photosWith(field, words, prefix, (known?.end ?? 0) - 1)) addId(set, id);
      }
      kept.delete(key);
      kept.set(key, { set: set.slice(), end });
      const [oldest] = kept.keys();
      if (kept.size > keptTexts && oldest !== undefined) kept.delete(oldest);
      return set;
    },
  };
}

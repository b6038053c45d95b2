import type { DatabaseSync } from 'node:sqlite';

/** A face as the photo page shows it. */
export interface ShownFace {
  readonly id: number;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly points: Uint8Array | null;
  readonly score: number;
  readonly quality: number;
  readonly manual: number;
  readonly person: number | null;
  readonly name: string | null;
  readonly birth: number | null;
  readonly confirmed: number;
  readonly notPerson: number;
}

export interface ShownPhoto {
  readonly id: number;
  readonly path: string;
  readonly bytes: number;
  readonly width: number;
  readonly height: number;
  readonly takenAt: number | null;
  readonly dateSource: 'exif' | 'name' | 'file' | null;
  readonly camera: string | null;
  readonly favourite: number;
  readonly mirror: number;
}

export interface PhotoCardRow {
  readonly id: number;
  readonly path: string;
  readonly takenAt: number | null;
  readonly blur: Uint8Array | null;
  /** JSON array of names. */
  readonly people: string;
  readonly favourite: number;
}

export interface PhotoWithPeople {
  readonly path: string;
  readonly takenAt: number | null;
  /** JSON array of `{id, name}`. */
  readonly people: string;
}

export interface ExportedFace {
  readonly id: number;
  readonly photo: string;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly score: number;
  readonly quality: number;
  readonly person: number | null;
}

export interface LibraryStates {
  readonly failures: number;
  /** Faces with an embedding that came after the last grouping. */
  readonly ungrouped: number;
}

/** What the pages read of photos. Only faces that are there (gone = 0) count. */
export interface PhotoPages {
  /** Changes whenever anything was written through this connection, which is the library's only writer. */
  epoch(): number;
  /** Photos, and faces that are there: a look at every row. */
  counts(): { readonly photos: number; readonly faces: number };
  states(): LibraryStates;
  sources(): string[];
  /** Those of `ids` that exist, in the order given. */
  cards(ids: readonly number[]): PhotoCardRow[];
  photo(id: number): ShownPhoto | undefined;
  /** From left to right. */
  facesIn(photo: number): ShownFace[];
  /** In the order given, with everyone in them who is not hidden. */
  withPeople(ids: readonly number[]): PhotoWithPeople[];
  /** A person's faces with their photos, and whether the user confirmed them. */
  facesOf(person: number): { id: number; photo: number; confirmed: boolean }[];
  /** Named people who are not hidden in these photos, other than some, by the photos that they are in. */
  peopleIn(
    photos: readonly number[],
    but: readonly number[],
    limit: number,
  ): { id: number; name: string; photos: number }[];
  allFaces(): ExportedFace[];
  /** Folders with a word that begins with `word`, of a sample of the photos that have one. */
  foldersWith(word: string, sample: number): string[];
  /** Queries, newest first. */
  savedSearches(): string[];
  /** Named people who are not hidden. */
  named(): { id: number; name: string }[];
  /** People with a name, and people or groups that are hidden. */
  peopleKinds(): { named: number[]; hidden: number[] };
}

/** Setting that holds the highest face id that the last whole grouping has seen. */
export const groupedTo = 'grouped_to';

/** A list of ids given as JSON, in its order. */
const listed = '(SELECT key AS place, value AS wanted FROM json_each(?)) JOIN photo ON photo.id = wanted';

const isFavourite = 'EXISTS (SELECT 1 FROM favourite WHERE photo_id = photo.id)';

export function createPhotoPages(sql: DatabaseSync): PhotoPages {
  const epoch = sql.prepare('SELECT total_changes() AS epoch');
  const counts = sql.prepare(`
    SELECT (SELECT count(*) FROM photo) AS photos, (SELECT count(*) FROM face_row WHERE gone = 0) AS faces`);
  const states = sql.prepare(`
    SELECT (SELECT count(*) FROM failure) AS failures,
      EXISTS (SELECT 1 FROM embedding CROSS JOIN face ON face.id = face_id
        WHERE gone = 0 AND face_id > coalesce((SELECT CAST(value AS INTEGER) FROM setting WHERE key = '${groupedTo}'), 0)
      ) AS ungrouped`);
  const sources = sql.prepare('SELECT path FROM source ORDER BY path');
  const cards = sql.prepare(`
    SELECT photo.id, path, taken_at AS takenAt, blur, ${isFavourite} AS favourite, (
      SELECT json_group_array(name) FROM (
        SELECT DISTINCT person.id, name FROM face JOIN person ON person.id = person_id
        WHERE photo_id = photo.id AND gone = 0 AND name IS NOT NULL AND hidden = 0 ORDER BY face.left)) AS people
    FROM ${listed} ORDER BY place`);
  const photo = sql.prepare(`
    SELECT id, path, size AS bytes, width, height, taken_at AS takenAt, date_source AS dateSource, camera,
      ${isFavourite} AS favourite, EXISTS (SELECT 1 FROM mirror WHERE photo_id = photo.id) AS mirror
    FROM photo WHERE id = ?`);
  const facesIn = sql.prepare(`
    SELECT face.id, face.left, top, width, height, points, score, quality, manual, face.person_id AS person, name, birth,
      coalesce(strength = 'confirmed', 0) AS confirmed,
      EXISTS (SELECT 1 FROM not_person WHERE face_id = face.id) AS notPerson
    FROM face LEFT JOIN person ON person.id = face.person_id
    WHERE photo_id = ? AND gone = 0 ORDER BY face.left, face.id`);
  const withPeople = sql.prepare(`
    SELECT path, taken_at AS takenAt, (
      SELECT json_group_array(json_object('id', id, 'name', name)) FROM (
        SELECT DISTINCT person.id, name FROM face JOIN person ON person.id = person_id
        WHERE photo_id = photo.id AND gone = 0 AND hidden = 0 ORDER BY face.left)) AS people
    FROM ${listed} ORDER BY place`);
  const allFaces = sql.prepare(`
    SELECT face.id, path AS photo, face.left, top, face.width, face.height, score, quality, person_id AS person
    FROM face JOIN photo ON photo.id = photo_id WHERE gone = 0 ORDER BY face.id`);
  const facesOf = sql.prepare(`
    SELECT id, photo_id, coalesce(strength = 'confirmed', 0)
    FROM face WHERE person_id = ? AND gone = 0`);
  facesOf.setReturnArrays(true);
  const peopleIn = sql.prepare(`
    SELECT person.id, name, count(DISTINCT photo_id) AS photos
    FROM json_each(?) AS found CROSS JOIN face ON photo_id = found.value JOIN person ON person.id = person_id
    WHERE gone = 0 AND name IS NOT NULL AND hidden = 0 AND person.id NOT IN (SELECT value FROM json_each(?))
    GROUP BY person.id ORDER BY photos DESC, person.id LIMIT ?`);
  const foldersWith = sql.prepare(`
    SELECT DISTINCT folder FROM (SELECT folder FROM photo_text WHERE photo_text MATCH ? LIMIT ?)`);
  const named = sql.prepare('SELECT id, name FROM person WHERE name IS NOT NULL AND hidden = 0 ORDER BY id');
  const kinds = sql.prepare(`
    SELECT (SELECT json_group_array(id) FROM person WHERE name IS NOT NULL) AS named,
      (SELECT json_group_array(id) FROM person WHERE hidden = 1) AS hidden`);
  const savedSearches = sql.prepare('SELECT query FROM saved_search ORDER BY saved_at DESC, rowid DESC');

  return {
    epoch: () => Number(epoch.get()?.['epoch']),
    counts: () => counts.get() as unknown as ReturnType<PhotoPages['counts']>,
    states: () => states.get() as unknown as LibraryStates,
    sources: () => sources.all().map((row) => String(row['path'])),
    cards: (ids) => cards.all(JSON.stringify(ids)) as unknown as PhotoCardRow[],
    photo: (id) => photo.get(id) as unknown as ShownPhoto | undefined,
    facesIn: (id) => facesIn.all(id) as unknown as ShownFace[],
    withPeople: (ids) => withPeople.all(JSON.stringify(ids)) as unknown as PhotoWithPeople[],
    facesOf: (person) =>
      (facesOf.all(person) as unknown as [number, number, number][]).map(([id, photo, confirmed]) => ({
        id,
        photo,
        confirmed: confirmed === 1,
      })),
    peopleIn: (photos, but, limit) =>
      peopleIn.all(JSON.stringify(photos), JSON.stringify(but), limit) as unknown as ReturnType<PhotoPages['peopleIn']>,
    allFaces: () => allFaces.all() as unknown as ExportedFace[],
    foldersWith: (word, sample) =>
      foldersWith.all(`folder : "${word.replaceAll('"', '""')}" *`, sample).map((row) => String(row['folder'])),
    savedSearches: () => savedSearches.all().map((row) => String(row['query'])),
    peopleKinds: () => {
      const row = kinds.get();
      return {
        named: JSON.parse(String(row?.['named'])) as number[],
        hidden: JSON.parse(String(row?.['hidden'])) as number[],
      };
    },
    named: () => named.all() as unknown as { id: number; name: string }[],
  };
}

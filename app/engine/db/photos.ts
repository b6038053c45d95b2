import type { DatabaseSync } from 'node:sqlite';

export interface PhotoRow {
  readonly id: number;
  readonly path: string;
  readonly hash: Uint8Array;
  readonly size: number;
  readonly mtime_ms: number;
  readonly width: number;
  readonly height: number;
  readonly read_version: number;
  readonly faces_version: string | null;
}

/** What a read of the file says; the columns of the table by name. */
export interface PhotoValues {
  readonly path: string;
  readonly hash: Uint8Array;
  readonly size: number;
  readonly mtime_ms: number;
  readonly width: number;
  readonly height: number;
  readonly taken_at: number | null;
  readonly date_source: string | null;
  readonly camera: string | null;
  readonly blur: Uint8Array;
  readonly read_version: number;
}

export interface PhotoTable {
  atPath(path: string): PhotoRow | undefined;
  byId(id: number): PhotoRow | undefined;
  withHash(hash: Uint8Array): PhotoRow[];
  /** A new photo, not looked at for faces yet. Gives its id. */
  add(values: PhotoValues, addedAt: number): number;
  /** The same photo after its file was read again; its faces are another matter. */
  update(id: number, values: PhotoValues): void;
  setPath(id: number, path: string): void;
  setFacesVersion(id: number, version: string | null): void;
  /** The words search finds a photo by. */
  setText(id: number, folder: string, name: string): void;
}

const columns = 'id, path, hash, size, mtime_ms, width, height, read_version, faces_version';

/** What the import reads and writes of photos. */
export function photoTable(sql: DatabaseSync): PhotoTable {
  const atPath = sql.prepare(`SELECT ${columns} FROM photo WHERE path = ?`);
  const byId = sql.prepare(`SELECT ${columns} FROM photo WHERE id = ?`);
  const withHash = sql.prepare(`SELECT ${columns} FROM photo WHERE hash = ? ORDER BY id`);
  const add = sql.prepare(`
    INSERT INTO photo (path, hash, size, mtime_ms, width, height, taken_at, date_source, camera, blur, read_version, added_at)
    VALUES (:path, :hash, :size, :mtime_ms, :width, :height, :taken_at, :date_source, :camera, :blur, :read_version, :added_at)
  `);
  const update = sql.prepare(`
    UPDATE photo SET path = :path, hash = :hash, size = :size, mtime_ms = :mtime_ms, width = :width, height = :height,
      taken_at = :taken_at, date_source = :date_source, camera = :camera, blur = :blur, read_version = :read_version
    WHERE id = :id
  `);
  const setPath = sql.prepare('UPDATE photo SET path = ? WHERE id = ?');
  const setFacesVersion = sql.prepare('UPDATE photo SET faces_version = ? WHERE id = ?');
  const forgetText = sql.prepare('DELETE FROM photo_text WHERE rowid = ?');
  const addText = sql.prepare('INSERT INTO photo_text (rowid, folder, name) VALUES (?, ?, ?)');
  return {
    atPath: (path) => atPath.get(path) as PhotoRow | undefined,
    byId: (id) => byId.get(id) as PhotoRow | undefined,
    withHash: (hash) => withHash.all(hash) as unknown as PhotoRow[],
    add: (values, addedAt) => Number(add.run({ ...values, added_at: addedAt }).lastInsertRowid),
    update: (id, values) => void update.run({ ...values, id }),
    setPath: (id, path) => void setPath.run(path, id),
    setFacesVersion: (id, version) => void setFacesVersion.run(version, id),
    setText: (id, folder, name) => {
      forgetText.run(id);
      addText.run(id, folder, name);
    },
  };
}

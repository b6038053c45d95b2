import type { DatabaseSync } from 'node:sqlite';

export type Box = readonly [left: number, top: number, width: number, height: number];

/** A face as the database knows it when its photo is looked at again. */
export interface KnownFace {
  readonly id: number;
  /** Upright pixels. */
  readonly box: Box;
  /** L2 norm 1; null where this embedder has not seen the face. */
  readonly vector: Float32Array<ArrayBuffer> | null;
  readonly labelled: boolean;
  readonly manual: boolean;
  readonly gone: boolean;
  readonly notFace: boolean;
  /** Of somebody who was erased: only its place is known. */
  readonly erased: boolean;
}

/** Everything that a look at the picture says of a face. */
export interface FaceValues {
  readonly box: Box;
  /** 5 × (x, y) in upright pixels; null where only a box is known. */
  readonly points: Float32Array | null;
  readonly score: number;
  readonly sharpness: number;
  /** Degrees. */
  readonly yaw: number;
  readonly pitch: number;
  readonly roll: number;
  readonly quality: number;
  /** 256-pixel WebP. */
  readonly crop: Uint8Array;
  /** L2 norm 1. */
  readonly vector: Float32Array<ArrayBuffer>;
}

export interface FaceTable {
  ofPhoto(photoId: number, version: string): KnownFace[];
  /** Gives the new face's id. */
  add(photoId: number, face: FaceValues, version: string): number;
  /** The same face, seen anew; a face that was gone is back. */
  update(id: number, face: FaceValues, version: string): void;
  setGone(id: number): void;
  /** Keeps a box that the detector does not see. */
  setManual(id: number): void;
}

const bytesOf = (floats: Float32Array): Uint8Array =>
  new Uint8Array(floats.buffer, floats.byteOffset, floats.byteLength);
/** Copied, because a row's bytes need not lie on a float's boundary. */
const floatsOf = (bytes: Uint8Array): Float32Array<ArrayBuffer> => new Float32Array(new Uint8Array(bytes).buffer);

/** A row's box in upright pixels. */
export function boxOf(row: Record<string, unknown>): Box {
  return [Number(row['left']), Number(row['top']), Number(row['width']), Number(row['height'])];
}

/** What the import reads and writes of faces, their crops and their embeddings. */
export function faceTable(sql: DatabaseSync): FaceTable {
  const ofPhoto = sql.prepare(`
    SELECT face.id, left, top, width, height, manual, gone, erased, embedding.vector,
      label_id IS NOT NULL AS labelled, not_face.face_id IS NOT NULL AS not_face
    FROM face
      LEFT JOIN embedding ON embedding.face_id = face.id AND embedding.version = ?
      LEFT JOIN not_face ON not_face.face_id = face.id
    WHERE photo_id = ? ORDER BY face.id`);
  const add = sql.prepare(`
    INSERT INTO face_row (photo_id, left, top, width, height, points, score, sharpness, yaw, pitch, roll, quality)
    VALUES (:photoId, :left, :top, :width, :height, :points, :score, :sharpness, :yaw, :pitch, :roll, :quality)`);
  const update = sql.prepare(`
    UPDATE face_row SET left = :left, top = :top, width = :width, height = :height, points = :points, score = :score,
      sharpness = :sharpness, yaw = :yaw, pitch = :pitch, roll = :roll, quality = :quality, gone = 0
    WHERE id = :id`);
  const setCrop = sql.prepare('INSERT OR REPLACE INTO crop (face_id, webp) VALUES (?, ?)');
  const setVector = sql.prepare('INSERT OR REPLACE INTO embedding (face_id, version, vector) VALUES (?, ?, ?)');
  // What another embedder made of the former crop: it is made again before that embedder is used.
  const dropOthers = sql.prepare('DELETE FROM embedding WHERE face_id = ? AND version <> ?');
  const setGone = sql.prepare('UPDATE face_row SET gone = 1 WHERE id = ?');
  const setManual = sql.prepare('UPDATE face_row SET manual = 1 WHERE id = ?');

  const columns = ({ box, points, score, sharpness, yaw, pitch, roll, quality }: FaceValues) => {
    const [left, top, width, height] = box;
    return { left, top, width, height, points: points && bytesOf(points), score, sharpness, yaw, pitch, roll, quality };
  };
  const setPictures = (id: number, { crop, vector }: FaceValues, version: string): void => {
    setCrop.run(id, crop);
    setVector.run(id, version, bytesOf(vector));
    dropOthers.run(id, version);
  };
  return {
    ofPhoto: (photoId, version) => ofPhoto.all(version, photoId).map(knownFace),
    add: (photoId, face, version) => {
      const id = Number(add.run({ photoId, ...columns(face) }).lastInsertRowid);
      setPictures(id, face, version);
      return id;
    },
    update: (id, face, version) => {
      update.run({ id, ...columns(face) });
      setPictures(id, face, version);
    },
    setGone: (id) => void setGone.run(id),
    setManual: (id) => void setManual.run(id),
  };
}

function knownFace(row: Record<string, unknown>): KnownFace {
  const vector = row['vector'] as Uint8Array | null;
  return {
    id: Number(row['id']),
    box: boxOf(row),
    vector: vector && floatsOf(vector),
    labelled: row['labelled'] === 1,
    manual: row['manual'] === 1,
    gone: row['gone'] === 1,
    notFace: row['not_face'] === 1,
    erased: row['erased'] === 1,
  };
}

/** What was kept of a face's surroundings, and the size of its photo, upright. */
export interface StoredCrop {
  readonly webp: Uint8Array;
  readonly box: Box;
  readonly points: Float32Array | null;
  readonly width: number;
  readonly height: number;
}

export function cropOf(sql: DatabaseSync, faceId: number): StoredCrop | undefined {
  const row = sql
    .prepare(
      `SELECT webp, face.left, top, face.width, face.height, points, photo.width AS across, photo.height AS down
       FROM crop JOIN face ON face.id = face_id JOIN photo ON photo.id = photo_id WHERE face_id = ?`,
    )
    .get(faceId);
  if (!row) return undefined;
  const points = row['points'] as Uint8Array | null;
  return {
    webp: row['webp'] as Uint8Array,
    box: boxOf(row),
    points: points && floatsOf(points),
    width: Number(row['across']),
    height: Number(row['down']),
  };
}

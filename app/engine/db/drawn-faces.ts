import type { DatabaseSync } from 'node:sqlite';

type Box = readonly [left: number, top: number, width: number, height: number];

/** A face that the user drew, in upright pixels of the original. */
export interface DrawnFace {
  readonly box: Box;
  /** 5 × (x, y); null where the detector sees no face in the box. */
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
  /** L2 norm 1, of embedding `version`. */
  readonly vector: Float32Array<ArrayBuffer>;
  readonly version: string;
}

export interface DrawnFaceTable {
  photo(id: number): { readonly path: string; readonly width: number; readonly height: number } | undefined;
  /** Of the faces that are there in a photo. */
  boxes(photo: number): Box[];
  /** Gives the new face's id. It is gone until the journal says that it is there. */
  add(photo: number, face: DrawnFace): number;
}

const bytesOf = (floats: Float32Array): Uint8Array =>
  new Uint8Array(floats.buffer, floats.byteOffset, floats.byteLength);

/** What drawing a face reads and writes. */
export function drawnFaceTable(sql: DatabaseSync): DrawnFaceTable {
  const photo = sql.prepare('SELECT path, width, height FROM photo WHERE id = ?');
  const boxes = sql.prepare('SELECT left, top, width, height FROM face WHERE photo_id = ? AND gone = 0');
  const add = sql.prepare(`
    INSERT INTO face (photo_id, left, top, width, height, points, score, sharpness, yaw, pitch, roll, quality, manual, gone)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, 1)`);
  const addCrop = sql.prepare('INSERT INTO crop (face_id, webp) VALUES (?, ?)');
  const addVector = sql.prepare('INSERT INTO embedding (face_id, version, vector) VALUES (?, ?, ?)');
  return {
    photo: (id) => photo.get(id) as { path: string; width: number; height: number } | undefined,
    boxes: (id) =>
      boxes
        .all(id)
        .map((row): Box => [Number(row['left']), Number(row['top']), Number(row['width']), Number(row['height'])]),
    add: (photoId, { box, points, score, sharpness, yaw, pitch, roll, quality, crop, vector, version }) => {
      const bytes = points && bytesOf(points);
      const { lastInsertRowid } = add.run(photoId, ...box, bytes, score, sharpness, yaw, pitch, roll, quality);
      addCrop.run(lastInsertRowid, crop);
      addVector.run(lastInsertRowid, version, bytesOf(vector));
      return Number(lastInsertRowid);
    },
  };
}

import type { DatabaseSync } from 'node:sqlite';

import { boxOf, faceTable, type Box, type FaceValues } from './faces.ts';

export interface DrawnFaceTable {
  photo(id: number): { readonly path: string; readonly width: number; readonly height: number } | undefined;
  /** Of the faces that are there in a photo. */
  boxes(photo: number): Box[];
  /** Gives the new face's id. It is gone until the journal says that it is there. */
  add(photo: number, face: FaceValues, version: string): number;
}

/** What drawing a face reads and writes. */
export function drawnFaceTable(sql: DatabaseSync): DrawnFaceTable {
  const photo = sql.prepare('SELECT path, width, height FROM photo WHERE id = ?');
  const boxes = sql.prepare('SELECT left, top, width, height FROM face WHERE photo_id = ? AND gone = 0');
  const setDrawn = sql.prepare('UPDATE face_row SET manual = 1, gone = 1 WHERE id = ?');
  const faces = faceTable(sql);
  return {
    photo: (id) => photo.get(id) as { path: string; width: number; height: number } | undefined,
    boxes: (id) => boxes.all(id).map(boxOf),
    add: (photoId, face, version) => {
      const id = faces.add(photoId, face, version);
      setDrawn.run(id);
      return id;
    },
  };
}

import { resolve, sep } from 'node:path';

import { Failure } from '../../contract/errors.ts';
import type { EvaluationFaces, FaceBelow } from '../db/evaluation-faces.ts';
import { prominence } from './prominence.ts';

/** A photo below the folder that is judged, and the face it is about. */
export interface JudgedPhoto {
  /** Below the folder, with `/` between names. */
  readonly path: string;
  /** Null where no face was found. */
  readonly face: { readonly id: number; readonly person: number | null } | null;
}

/**
 * Every photo below `root` with its most prominent face, by path.
 * @throws {Failure} `not-found` when the library has no photo from there
 */
export function centralFaces(faces: EvaluationFaces, root: string, version: string): JudgedPhoto[] {
  const resolved = resolve(root);
  const folder = resolved.endsWith(sep) ? resolved : resolved + sep;
  const best = new Map<number, FaceBelow>();
  for (const row of faces.below(folder, version)) {
    const other = best.get(row.photo);
    if (!other || prominenceOf(row) > prominenceOf(other)) best.set(row.photo, row);
  }
  if (best.size === 0) throw new Failure('not-found', `the library has no photo from ${root}; scan the folder first`);
  return Array.from(best.values(), (row) => ({
    path: row.path.slice(folder.length).replaceAll(sep, '/'),
    face: row.face === null ? null : { id: row.face, person: row.person },
  }));
}

function prominenceOf(row: FaceBelow): number {
  return row.face === null ? -1 : prominence(row);
}

import type { EngineContext } from '../context.ts';
import { faceTable, type FaceTable, type FaceValues, type KnownFace } from '../db/faces.ts';
import { matchFaces, overlap } from '../face/match-faces.ts';
import { estimatePose } from '../face/pose.ts';
import { qualityOf } from '../face/quality.ts';
import { settings } from '../settings.ts';
import type { EmbeddedPhoto } from './photo-flow.ts';

export interface FaceChanges {
  /** New or seen anew, with the vectors they have now. */
  readonly added: readonly { readonly id: number; readonly vector: Float32Array }[];
  /** No longer there, or there with another vector. */
  readonly gone: readonly number[];
}

const { minIou, erasedIou } = settings.import;

/**
 * Writes down the faces of a photo inside the caller's transaction. A face that was known keeps its id; what the user
 * drew or said is no face stays as it is; a labelled face that is not found again stays as a manual box. Where an erased face was none is
 * found.
 */
export function createFaceRecorder(context: EngineContext): (photo: EmbeddedPhoto) => FaceChanges {
  const table = faceTable(context.db.sql);
  const { embedder, embeddingVersion } = context.packs();
  // Vectors as they are kept, so the embedder's own threshold, whatever head is in use.
  const limits = { minIou, maxDistance: embedder.thresholds.eps };
  return (photo) => {
    const all = table.ofPhoto(photo.photoId, embeddingVersion);
    const erased = all.filter((face) => face.erased);
    const found = faceValues(photo).filter(({ box }) => !erased.some((face) => overlap(face.box, box) >= erasedIou));
    const known = all.filter((face) => !face.erased && !isTakenBack(face));
    const matches = matchFaces(known, found, limits);
    const byId = new Map(known.map((face) => [face.id, face]));
    const added: { id: number; vector: Float32Array }[] = [];
    const gone: number[] = [];
    for (const { id, found: index } of matches.pairs) {
      const [face, values] = [byId.get(id), found[index]];
      if (!face || !values || face.notFace || face.manual) continue;
      table.update(id, values, embeddingVersion);
      added.push({ id, vector: values.vector });
      if (!face.gone) gone.push(id);
    }
    for (const index of matches.new) {
      const values = found[index];
      if (values) added.push({ id: table.add(photo.photoId, values, embeddingVersion), vector: values.vector });
    }
    for (const id of matches.lost) if (loseFace(table, byId.get(id))) gone.push(id);
    return { added, gone };
  };
}

/** Drawn, and undone: nobody says any more that it is a face, or that it is none. */
function isTakenBack({ manual, gone, notFace }: KnownFace): boolean {
  return manual && gone && !notFace;
}

/** True where the face is gone now. */
function loseFace(table: FaceTable, face: KnownFace | undefined): boolean {
  if (!face || face.manual || face.gone) return false;
  if (face.labelled) {
    table.setManual(face.id);
    return false;
  }
  table.setGone(face.id);
  return true;
}

/** From pixels of the working picture to those of the original. */
function faceValues({ faces, cuts, vectors, size, workingSize }: EmbeddedPhoto): FaceValues[] {
  const [sx, sy] = [size.width / workingSize.width, size.height / workingSize.height];
  return faces.flatMap(({ box, points, score }, i) => {
    const [cut, vector] = [cuts[i], vectors[i]];
    if (!cut || !vector) return [];
    const pose = estimatePose(points);
    const [left, top, width, height] = box;
    const { sharpness } = cut;
    return {
      box: [left * sx, top * sy, width * sx, height * sy] as const,
      points: points.map((value, at) => value * (at % 2 === 0 ? sx : sy)),
      score,
      sharpness,
      ...pose,
      quality: qualityOf({ side: Math.max(width, height), sharpness, pose, score }),
      crop: cut.crop,
      vector,
    };
  });
}

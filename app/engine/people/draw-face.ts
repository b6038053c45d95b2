import { Failure } from '../../contract/errors.ts';
import type { FaceId } from '../../contract/ids.ts';
import type { EngineContext, Subject } from '../context.ts';
import { drawnFaceTable } from '../db/drawn-faces.ts';
import type { FaceValues } from '../db/faces.ts';
import { iou } from '../face/detect/boxes.ts';
import { estimatePose } from '../face/pose.ts';
import { qualityOf } from '../face/quality.ts';
import type { History } from '../history/history.ts';
import type { FaceGeometry } from '../image/media-service.ts';
import type { RgbImage } from '../image/rgb-image.ts';
import type { DetectedFace } from '../model/model-service.ts';
import { settings } from '../settings.ts';
import type { FaceVectors } from '../vector/index-service.ts';

type Box = FaceGeometry['box'];
interface Size {
  readonly width: number;
  readonly height: number;
}

const { smallestDrawn, drawnSurroundings, drawnLook, drawnIou, unseenScore } = settings.face;
/** A pose that takes nothing off the quality: where there are no points, the score says how little is known. */
const frontal = { yaw: 0, pitch: 0, roll: 0 };

/**
 * A face that the detector missed, drawn by the user. The detector looks once more, closer; where it finds a face
 * now its points are taken, else the box alone aligns it. `place` takes it into the index and shows whose it may be.
 */
export function createFaceDrawing(
  context: EngineContext,
  history: History,
  place: (faces: FaceVectors) => Promise<void>,
): Subject<'faces.add'> {
  const table = drawnFaceTable(context.db.sql);

  const look = async (path: string, size: Size, drawn: Box, signal: AbortSignal): Promise<FaceValues> => {
    const models = await context.models();
    const { embedder } = context.packs();
    const region = regionAround(drawn, size);
    const image = await context.media.region({ path, box: region, longest: drawnLook }, signal);
    const [found = []] = await models.detect({ images: [image] }, signal);
    const inImage = toRegion(drawn, region, image);
    const seen = mostOverlapping(found, inImage);
    const face: FaceGeometry = seen ?? { box: inImage, points: null };
    const [cut] = await context.media.cut({ image, faces: [face], template: embedder.template }, signal);
    if (!cut) throw new Failure('internal', 'the media thread cut nothing out');
    const vector = await models.embed({ chips: cut.chip, count: 1 }, signal);
    const pose = seen ? estimatePose(seen.points) : frontal;
    const { sharpness, crop } = cut;
    const score = seen?.score ?? unseenScore;
    const quality = qualityOf({ side: Math.max(face.box[2], face.box[3]), sharpness, pose, score });
    const { box, points } = toPicture(face, region, image);
    return { box, points, score, sharpness, ...pose, quality, crop, vector };
  };

  return {
    handlers: {
      'faces.add': async ({ photo, box }, signal) => {
        const original = table.photo(photo);
        if (!original)
          throw new Failure('not-found', 'this photo is no longer in the library; go back and choose another');
        const drawn = withinPicture(box, original);
        refuseKnown(table.boxes(photo), drawn);
        const { embeddingVersion } = context.packs();
        const face = await look(original.path, original, drawn, signal);
        // Another click may have been quicker.
        refuseKnown(table.boxes(photo), face.box);
        let id = 0;
        const action = history.record('add-face', 'Added a face', (recorder) => {
          id = table.add(photo, face, embeddingVersion);
          recorder.draw([id]);
        });
        await place({ ids: Int32Array.of(id), vectors: face.vector });
        return { ...action, face: id as FaceId };
      },
    },
  };
}

/** The part of a drawn box that lies in the picture. @throws {Failure} `bad-request` where too little does */
function withinPicture([left, top, width, height]: Box, size: Size): Box {
  const [x, y] = [Math.max(0, left), Math.max(0, top)];
  const box: Box = [x, y, Math.min(size.width, left + width) - x, Math.min(size.height, top + height) - y];
  if (box[2] <= 0 || box[3] <= 0)
    throw new Failure('bad-request', 'the box lies outside the picture; draw it around the face');
  if (Math.min(box[2], box[3]) < smallestDrawn) {
    throw new Failure('bad-request', `the box is too small; a face needs at least ${smallestDrawn} pixels each way`);
  }
  return box;
}

function refuseKnown(known: readonly Box[], box: Box): void {
  if (known.some((other) => overlapOf(other, box) >= settings.import.minIou)) {
    throw new Failure('bad-request', 'there is a box around this face already; click it to say who it is');
  }
}

/** Whole pixels within the picture. */
function regionAround([left, top, width, height]: Box, size: Size): Box {
  const half = (Math.max(width, height) * drawnSurroundings) / 2;
  const [x, y] = [left + width / 2, top + height / 2];
  const from = [Math.max(0, Math.floor(x - half)), Math.max(0, Math.floor(y - half))] as const;
  const to = [Math.min(size.width, Math.ceil(x + half)), Math.min(size.height, Math.ceil(y + half))] as const;
  return [from[0], from[1], to[0] - from[0], to[1] - from[1]];
}

function toRegion([left, top, width, height]: Box, region: Box, image: RgbImage): Box {
  const [sx, sy] = [image.width / region[2], image.height / region[3]];
  return [(left - region[0]) * sx, (top - region[1]) * sy, width * sx, height * sy];
}

function toPicture(
  { box: [left, top, width, height], points }: FaceGeometry,
  region: Box,
  image: RgbImage,
): FaceGeometry {
  const [sx, sy] = [region[2] / image.width, region[3] / image.height];
  return {
    box: [region[0] + left * sx, region[1] + top * sy, width * sx, height * sy],
    points: points?.map((value, i) => (i % 2 === 0 ? region[0] + value * sx : region[1] + value * sy)) ?? null,
  };
}

function mostOverlapping(found: readonly DetectedFace[], drawn: Box): DetectedFace | undefined {
  const best = found.toSorted((one, other) => overlapOf(other.box, drawn) - overlapOf(one.box, drawn))[0];
  return best && overlapOf(best.box, drawn) >= drawnIou ? best : undefined;
}

function overlapOf(one: Box, other: Box): number {
  return iou(edges(one), edges(other));
}

function edges([left, top, width, height]: Box): { left: number; top: number; right: number; bottom: number } {
  return { left, top, right: left + width, bottom: top + height };
}

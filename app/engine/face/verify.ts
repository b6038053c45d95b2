import { resolve } from 'node:path';

import { Failure } from '../../contract/errors.ts';
import type { FaceId } from '../../contract/ids.ts';
import type { EngineContext, Subject } from '../context.ts';
import { cropOf } from '../db/faces.ts';
import { prominence } from '../evaluate/prominence.ts';
import type { RgbImage } from '../image/rgb-image.ts';
import type { DetectedFace } from '../model/model-service.ts';
import { fileFailure } from '../scan/file-failure.ts';
import { squaredDistance } from '../vector/distance.ts';
import { falseAcceptRate } from './false-accept-rate.ts';

interface Shown {
  /** L2 norm 1. */
  readonly vector: Float32Array;
  readonly faces: number;
  /** WebP of the face that counts. */
  readonly crop: Uint8Array;
}

/**
 * Says whether two photos show the same person, without taking them into the library. By the embedder alone, vectors and
 * threshold: what was learnt of the user's people says nothing of strangers.
 */
export function createVerify(context: EngineContext): Subject<'verify.pair'> {
  const embed = async (chips: Uint8Array<ArrayBuffer>, signal: AbortSignal): Promise<Float32Array> =>
    (await context.models()).embed({ chips, count: 1 }, signal);

  const lookAtPhoto = async (path: string, signal: AbortSignal): Promise<Shown> => {
    const { template } = context.packs().embedder;
    const models = await context.models();
    const image = await context.media.look({ path }, signal).catch((error: unknown) => {
      const failure = fileFailure(error);
      throw failure instanceof Failure
        ? new Failure(failure.code, `${path}: ${failure.message}`, { cause: error })
        : error;
    });
    const [faces = []] = await models.detect({ images: [image] }, signal);
    const face = mostProminent(faces, image);
    if (!face) throw new Failure('no-face', `There is no face in ${path}.`);
    const [cut] = await context.media.cut({ image, faces: [face], template }, signal);
    if (!cut) throw new Failure('internal', `the face in ${path} was not cut out`);
    return { vector: await embed(cut.chip, signal), faces: faces.length, crop: cut.crop };
  };

  /** From its crop: the photo may be on a drive that is not there. */
  const lookAtFace = async (id: FaceId, signal: AbortSignal): Promise<Shown> => {
    const { template } = context.packs().embedder;
    const crop = cropOf(context.db.sql, id);
    if (!crop) throw new Failure('not-found', `there is no face ${id}`);
    const { webp, box, points } = crop;
    const [chip] = await context.media.alignCrops({ crops: [{ webp, face: { box, points } }], template }, signal);
    if (!chip) throw new Failure('damaged-picture', `the picture of the face ${id} cannot be read`);
    return { vector: await embed(chip, signal), faces: 1, crop: webp };
  };

  const look = (place: string | FaceId, signal: AbortSignal): Promise<Shown> =>
    typeof place === 'string' ? lookAtPhoto(resolve(place), signal) : lookAtFace(place, signal);

  return {
    handlers: {
      'verify.pair': async ({ paths, pictures }, signal) => {
        const { embedder } = context.packs();
        const [one, other] = [await look(paths[0], signal), await look(paths[1], signal)];
        const distance = Math.sqrt(squaredDistance(one.vector, 0, other.vector, 0, embedder.dimensions));
        const { pair: threshold, far = null } = embedder.thresholds;
        return {
          distance,
          threshold,
          same: distance < threshold,
          far: far && falseAcceptRate(far, threshold),
          farAtDistance: far && falseAcceptRate(far, distance),
          embedder: embedder.name,
          faces: [one.faces, other.faces],
          pictures: pictures ? [base64(one.crop), base64(other.crop)] : null,
        };
      },
    },
  };
}

function mostProminent(faces: readonly DetectedFace[], { width, height }: RgbImage): DetectedFace | undefined {
  const weight = ({ box }: DetectedFace): number =>
    prominence({ left: box[0], top: box[1], width: box[2], height: box[3], photoWidth: width, photoHeight: height });
  return faces.toSorted((one, other) => weight(other) - weight(one))[0];
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}

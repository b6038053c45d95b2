import type { Remote } from '../../workers/channel.ts';
import type { EngineContext } from '../context.ts';
import type { QueuedFile } from '../db/queue.ts';
import { thumbDirOf } from '../image/pictures.ts';
import type { ModelService } from '../model/model-service.ts';
import { settings } from '../settings.ts';
import type { CutPhoto, DetectedPhoto, EmbeddedPhoto, PictureOfFile, RecordedPhoto } from './photo-flow.ts';

/** What a photo goes through. Each is a function over a batch that keeps nothing and can be run again. */
export interface Stages {
  readonly read: (file: QueuedFile) => Promise<PictureOfFile>;
  readonly detect: (photos: readonly RecordedPhoto[]) => Promise<DetectedPhoto[]>;
  readonly cut: (photo: DetectedPhoto) => Promise<CutPhoto>;
  readonly embed: (photos: readonly CutPhoto[]) => Promise<EmbeddedPhoto[]>;
}

export function createStages(
  context: Pick<EngineContext, 'dir' | 'media' | 'packs'>,
  models: Remote<ModelService>,
  signal: AbortSignal,
): Stages {
  const { embedder } = context.packs();
  const thumbDir = thumbDirOf(context.dir);
  return {
    read: async (file) => ({ file, read: await context.media.read({ path: file.path, thumbDir }, signal) }),

    detect: async (photos) => {
      const faces = await models.detect({ images: photos.map(({ read }) => read.image) }, signal);
      return photos.map((photo, i) => ({ ...photo, faces: faces[i] ?? [] }));
    },

    cut: async ({ file, photoId, read, faces }) => {
      const { width, height, image } = read;
      const workingSize = { width: image.width, height: image.height };
      const cuts =
        faces.length > 0 ? await context.media.cut({ image, faces, template: embedder.template }, signal) : [];
      return { file, photoId, workingSize, size: { width, height }, faces, cuts };
    },

    embed: async (photos) => {
      const chips = photos.flatMap(({ cuts }) => cuts.map(({ chip }) => chip));
      const vectors: Float32Array<ArrayBuffer>[] = [];
      for (let at = 0; at < chips.length; at += settings.import.embedFaces) {
        const some = chips.slice(at, at + settings.import.embedFaces);
        const rows = await models.embed({ chips: joined(some), count: some.length }, signal);
        const { dimensions } = embedder;
        for (let i = 0; i < some.length; i++) vectors.push(rows.slice(i * dimensions, (i + 1) * dimensions));
      }
      let next = 0;
      return photos.map((photo) => ({ ...photo, vectors: vectors.slice(next, (next += photo.cuts.length)) }));
    },
  };
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

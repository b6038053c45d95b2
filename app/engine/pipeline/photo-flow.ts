import type { QueuedFile } from '../db/queue.ts';
import type { FaceCut, PictureRead } from '../image/media-service.ts';
import type { DetectedFace } from '../model/model-service.ts';

/** A photo on its way through the stages; each stage adds what it found out. */
export interface PictureOfFile {
  readonly file: QueuedFile;
  readonly read: PictureRead;
}

export interface RecordedPhoto extends PictureOfFile {
  readonly photoId: number;
}

export interface DetectedPhoto extends RecordedPhoto {
  readonly faces: readonly DetectedFace[];
}

/** The picture itself is let go here: only what was cut out of it goes on. */
export interface CutPhoto {
  readonly file: QueuedFile;
  readonly photoId: number;
  /** Pixels of the working picture that boxes and points refer to. */
  readonly workingSize: { readonly width: number; readonly height: number };
  /** Pixels of the original, upright. */
  readonly size: { readonly width: number; readonly height: number };
  readonly faces: readonly DetectedFace[];
  readonly cuts: readonly FaceCut[];
}

export interface EmbeddedPhoto extends CutPhoto {
  /** One a face, L2 norm 1. */
  readonly vectors: readonly Float32Array<ArrayBuffer>[];
}

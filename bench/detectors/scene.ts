import type { RgbImage } from '../../app/engine/image/rgb-image.ts';
import type { DetectedFace } from '../../app/engine/model/model-service.ts';

export type Box = DetectedFace['box'];

/** A picture of which it is known where its faces are. */
export interface Scene {
  /** What it tests: names a row of the table. */
  readonly row: string;
  readonly image: RgbImage;
  /** All of them. */
  readonly faces: readonly Box[];
  /** Patches cut from photos of people, who may have others behind them: what is found there beside a face is not counted. */
  readonly patches: readonly Box[];
}

import type { RgbImage } from './rgb-image.ts';

/** What the pipeline learns from one file. Everything about the picture is upright (EXIF orientation applied). */
export interface PictureRead {
  /** SHA-256 of picture data and orientation: other metadata may change without changing it. */
  readonly hash: Uint8Array;
  readonly size: number;
  readonly mtimeMs: number;
  /** Pixels of the original, upright. */
  readonly width: number;
  readonly height: number;
  readonly takenAt: number | null;
  readonly dateSource: 'exif' | 'name' | 'file' | null;
  readonly camera: string | null;
  /** WebP of 16 pixels. */
  readonly blur: Uint8Array;
  /** The picture as decoded for detection and crops, at most the original's size. */
  readonly image: RgbImage;
}

/** A face in pixels of the image it was found in. */
export interface FaceGeometry {
  readonly box: readonly [left: number, top: number, width: number, height: number];
  /** 5 × (x, y); null where only a box is known. */
  readonly points: Float32Array | null;
}

export interface FaceCut {
  /** 256-pixel WebP with margin. */
  readonly crop: Uint8Array;
  /** RGB chip aligned to the embedder's template, `chipSize² × 3` bytes. */
  readonly chip: Uint8Array<ArrayBuffer>;
  /** 0 (blurred) to 1, from the variance of the Laplacian of the chip. */
  readonly sharpness: number;
}

/** A face as the library keeps it. */
export interface KeptCrop {
  readonly webp: Uint8Array;
  /** In pixels of the picture that the crop was cut from. */
  readonly face: FaceGeometry;
}

/** What media threads do. They keep no state, so any thread may answer any call. */
export interface MediaService {
  /** Reads and decodes a file and writes its thumbnails below `thumbDir`, named by hash. */
  read(input: { readonly path: string; readonly thumbDir: string }, signal: AbortSignal): Promise<PictureRead>;
  /** Cuts the faces out of an image that is handed over. */
  cut(
    input: { readonly image: RgbImage; readonly faces: readonly FaceGeometry[]; readonly template: string },
    signal: AbortSignal,
  ): Promise<FaceCut[]>;
  /** The part of a picture in `box`, which lies within it; at most `longest` pixels long, never enlarged. */
  region(
    input: { readonly path: string; readonly box: FaceGeometry['box']; readonly longest: number },
    signal: AbortSignal,
  ): Promise<RgbImage>;
  /** Decodes a file and nothing else. */
  look(input: { readonly path: string }, signal: AbortSignal): Promise<RgbImage>;
  /** The part of a WebP in `square`, which lies within it, as WebP. */
  trim(
    input: { readonly webp: Uint8Array; readonly square: { left: number; top: number; side: number } },
    signal: AbortSignal,
  ): Promise<Uint8Array>;
  /** Aligns faces within the crops that were kept of them; null where a crop cannot be read. */
  alignCrops(
    input: { readonly crops: readonly KeptCrop[]; readonly template: string },
    signal: AbortSignal,
  ): Promise<(Uint8Array<ArrayBuffer> | null)[]>;
}

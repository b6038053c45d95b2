import sharp, { type Metadata, type Sharp } from 'sharp';

import { Failure } from '../../contract/errors.ts';
import { settings } from '../settings.ts';
import type { RgbImage } from './rgb-image.ts';
import { isSrgb } from './srgb-profile.ts';

export interface Decoded {
  /** Pixels of the whole picture, upright. */
  readonly width: number;
  readonly height: number;
  /** 8-bit sRGB, upright, on white, at most `workingPixels` large. */
  readonly image: RgbImage;
}

/**
 * Decodes a picture once, at the size that detection needs; JPEGs are shrunk while they are decoded.
 * @throws {Failure} `damaged-picture`, `picture-too-large`
 */
export async function decodePicture(bytes: Uint8Array): Promise<Decoded> {
  try {
    const { picture, autoOrient } = await openPicture(bytes);
    const size = workingSize(autoOrient.width, autoOrient.height);
    const { data, info } = await picture
      .resize({ ...size, fit: 'fill' })
      .flatten({ background: '#fff' })
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    return { ...autoOrient, image: { width: info.width, height: info.height, data: toRgb(data, info.channels) } };
  } catch (error) {
    throw decodeFailure(error);
  }
}

/**
 * Decodes a part of a picture: `[left, top, width, height]` in upright pixels, shrunk to `longest` at most.
 * @throws {Failure} `damaged-picture`, `picture-too-large`
 */
export async function decodeRegion(
  bytes: Uint8Array,
  [left, top, width, height]: readonly [number, number, number, number],
  longest: number,
): Promise<RgbImage> {
  try {
    const { picture } = await openPicture(bytes);
    const { data, info } = await picture
      .extract({ left, top, width, height })
      .resize(longest, longest, { fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#fff' })
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    return { width: info.width, height: info.height, data: toRgb(data, info.channels) };
  } catch (error) {
    throw decodeFailure(error);
  }
}

/** A picture to be turned upright, and made sRGB where it is not. */
async function openPicture(bytes: Uint8Array): Promise<Pick<Metadata, 'autoOrient'> & { readonly picture: Sharp }> {
  // 'truncated': a file cut off is a failure, a decoder's lesser complaint is not.
  const options = { failOn: 'truncated', limitInputPixels: settings.import.inputPixels } as const;
  const { autoOrient, icc } = await sharp(bytes, options).metadata();
  const ignoreIcc = icc !== undefined && isSrgb(icc);
  return { autoOrient, picture: sharp(bytes, { ...options, ignoreIcc }).autoOrient() };
}

/** How much smaller than it may be, in length, a working picture is where a JPEG is then decoded at that very size. */
const smallerAtOnce = 0.8;

/**
 * About the largest size of the same shape within `workingPixels` and `workingSide`, never enlarged: a half, quarter or
 * eighth where one is near, because a JPEG is decoded at these without a detour over the whole.
 */
export function workingSize(width: number, height: number): { width: number; height: number } {
  const { workingPixels, workingSide } = settings.import;
  const most = Math.min(1, Math.sqrt(workingPixels / (width * height)), workingSide / Math.max(width, height));
  const atOnce = [1 / 2, 1 / 4, 1 / 8].find((scale) => scale <= most && scale >= smallerAtOnce * most);
  const scale = most < 1 ? (atOnce ?? most) : 1;
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** An image as sharp takes it. */
export function sharpFrom({ data, width, height }: RgbImage): Sharp {
  return sharp(data, { raw: { width, height, channels: 3 } });
}

/** Copies out of sharp's own memory into such as threads can share; grey becomes RGB. */
function toRgb(pixels: Uint8Array, channels: number): Uint8Array {
  const count = pixels.length / channels;
  const rgb = new Uint8Array(new SharedArrayBuffer(3 * count));
  if (channels === 3) {
    rgb.set(pixels);
    return rgb;
  }
  const [g, b] = channels < 3 ? [0, 0] : [1, 2];
  for (let from = 0, to = 0; from < pixels.length; from += channels, to += 3) {
    rgb[to] = pixels[from] ?? 0;
    rgb[to + 1] = pixels[from + g] ?? 0;
    rgb[to + 2] = pixels[from + b] ?? 0;
  }
  return rgb;
}

function decodeFailure(error: unknown): Failure {
  const message = error instanceof Error ? error.message : String(error);
  if (/pixel limit/i.test(message)) {
    const millions = Math.floor(settings.import.inputPixels / 1e6);
    return new Failure('picture-too-large', `it declares more than ${millions} million pixels`, { cause: error });
  }
  const reason = message.split('\n').find((line) => line.trim() !== '') ?? 'unknown';
  return new Failure('damaged-picture', `the picture is damaged or cut off (${reason.trim()})`, { cause: error });
}

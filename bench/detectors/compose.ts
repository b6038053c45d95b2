import sharp from 'sharp';

import type { RgbImage } from '../../app/engine/image/rgb-image.ts';
import type { Box, Scene } from './scene.ts';

/** LFW photos are cut so that the face is in the middle: width and height of what shows of it, of 250 pixels. */
const lfwSide = 250;
const lfwFace = { width: 95, height: 114 };
/** Of the face and what is around it that is put into a picture: side over the face's width. */
const surroundings = 2;

/** A photo of lfw-dev to be put somewhere. */
export interface Placed {
  readonly file: string;
  /** Of the face's middle, in pixels of the picture; it may lie outside. */
  readonly x: number;
  readonly y: number;
  /** Of the face, pixels. */
  readonly width: number;
  /** Clockwise, degrees. */
  readonly turn: number;
}

/** Puts faces with soft edges on a background. */
export async function compose(row: string, background: RgbImage, placed: readonly Placed[]): Promise<Scene> {
  const { width, height } = background;
  const margin = Math.ceil(Math.max(0, ...placed.map((face) => face.width)) * surroundings);
  const canvas = { width: width + 2 * margin, height: height + 2 * margin };
  const layers = await Promise.all(
    placed.map(async (face) => {
      const side = patchSide(face);
      const at = (middle: number): number => Math.round(middle - side / 2) + margin;
      return { input: await patchOf(face), left: at(face.x), top: at(face.y) };
    }),
  );
  const whole = await sharp(background.data, { raw: { width, height, channels: 3 } })
    .extend({ top: margin, bottom: margin, left: margin, right: margin })
    .png({ compressionLevel: 0 })
    .toBuffer();
  const composed = await sharp(whole).composite(layers).removeAlpha().raw().toBuffer();
  const data = await sharp(composed, { raw: { ...canvas, channels: 3 } })
    .extract({ left: margin, top: margin, width, height })
    .raw()
    .toBuffer();
  return {
    row,
    image: { width, height, data: new Uint8Array(data) },
    faces: placed.map((face) => clip(boxOf(face), width, height)),
    patches: placed.map((face) => {
      const side = patchSide(face);
      return [face.x - side / 2, face.y - side / 2, side, side];
    }),
  };
}

/** The middle of a photo of lfw-dev, in which the face takes `share` of the width. */
export async function filled(row: string, file: string, share: number, height: number): Promise<Scene> {
  const side = Math.round(lfwFace.width / share);
  const start = Math.round((lfwSide - side) / 2);
  const { data, info } = await sharp(file)
    .extract({ left: start, top: start, width: side, height: side })
    .resize(height, height, { kernel: 'lanczos3' })
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  const face = { width: share * height, x: height / 2, y: height / 2, turn: 0 };
  return {
    row,
    image: { width: info.width, height: info.height, data: new Uint8Array(data) },
    faces: [clip(boxOf(face), height, height)],
    patches: [[0, 0, height, height]],
  };
}

function patchSide({ width }: Pick<Placed, 'width'>): number {
  return Math.round(surroundings * width);
}

async function patchOf(face: Placed): Promise<Buffer> {
  const side = patchSide(face);
  const cut = Math.round(surroundings * lfwFace.width);
  const start = Math.round((lfwSide - cut) / 2);
  const mask = `<svg width="${side}" height="${side}"><defs><radialGradient id="g"><stop offset="85%" stop-color="#fff"/>
    <stop offset="100%" stop-color="#fff" stop-opacity="0"/></radialGradient></defs>
    <circle cx="50%" cy="50%" r="50%" fill="url(#g)"/></svg>`;
  const round = await sharp(face.file)
    .extract({ left: start, top: start, width: cut, height: cut })
    .resize(side, side, { kernel: 'lanczos3' })
    .ensureAlpha()
    .composite([{ input: Buffer.from(mask), blend: 'dest-in' }])
    .png({ compressionLevel: 0 })
    .toBuffer();
  if (face.turn === 0) return round;
  const turned = await sharp(round)
    .rotate(face.turn, { background: { r: 0, g: 0, b: 0, alpha: 0 } })
    .png({ compressionLevel: 0 })
    .toBuffer({ resolveWithObject: true });
  const [left, top] = [turned.info.width, turned.info.height].map((length) => Math.floor((length - side) / 2));
  return sharp(turned.data)
    .extract({ left: left ?? 0, top: top ?? 0, width: side, height: side })
    .png({ compressionLevel: 0 })
    .toBuffer();
}

/** Upright box of a turned face: between its width and its height, as detectors give it. */
function boxOf({ x, y, width, turn }: Omit<Placed, 'file'>): Box {
  const upright = Math.cos((turn * Math.PI) / 180) ** 2;
  const long = (width * lfwFace.height) / lfwFace.width;
  const wide = upright * width + (1 - upright) * long;
  const high = upright * long + (1 - upright) * width;
  return [x - wide / 2, y - high / 2, wide, high];
}

/** The part of a box that lies in the picture. */
export function clip([left, top, width, height]: Box, across: number, down: number): Box {
  const [x, y] = [Math.max(0, left), Math.max(0, top)];
  return [x, y, Math.max(0, Math.min(across, left + width) - x), Math.max(0, Math.min(down, top + height) - y)];
}

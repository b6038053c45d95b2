import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import sharp, { type Sharp } from 'sharp';

import type { RgbImage } from '../../app/engine/image/rgb-image.ts';
import { shared } from '../../test/fixtures/photos.ts';
import { compose, filled, type Placed } from './compose.ts';
import type { Scene } from './scene.ts';

const width = 1280;
const height = 960;
/** Photos that show nobody, or nobody whose face could be seen: what lies behind the faces. */
const empty = [
  ...['DSCN0010', 'DSCN0012', 'DSCN0021', 'DSCN0027', 'DSCN0040', 'DSCN0042'].map((name) => `gps/${name}.jpg`),
  'formats/denali.webp',
  'formats/8bit-sRGB.avif',
  'formats/IMG_4120.JPG',
  'orientation/Landscape_1.jpg',
  'groups/count-9.jpg',
];
/** Photos without a face that show something like one. */
const alike = [
  ...['groups/dogs.jpg', 'groups/count-7.jpg', 'groups/count-8.jpg'],
  ...['orientation/Portrait_1.jpg', 'formats/dog_created_1919.jpg'],
];
/** Sides of a picture that can cut a face: the direction out of the picture. */
const outwards = [
  [1, 0],
  [-1, 0],
  [0, 1],
  [0, -1],
] as const;

/** What a group of pictures is made of. */
interface Plan {
  readonly row: string;
  readonly pictures: number;
  readonly faces: number;
  /** Widths of the faces in pixels, from and to. */
  readonly widths: readonly [number, number];
  /** Degrees, one drawn for each face. */
  readonly turns: readonly number[];
  /** Share of the face that the picture's edge cuts off; 0 for none. */
  readonly cut: number;
}

const whole = { turns: [0], cut: 0 };
const plans: readonly Plan[] = [
  ...[20, 28, 40].map((side) => ({
    ...whole,
    row: `${side} px`,
    pictures: 7,
    faces: 12,
    widths: [side, side] as const,
  })),
  { ...whole, row: '80 px', pictures: 10, faces: 8, widths: [80, 80] },
  { ...whole, row: '160 px', pictures: 20, faces: 4, widths: [160, 160] },
  { ...whole, row: '320 px', pictures: 40, faces: 2, widths: [320, 320] },
  ...[15, 30, 45].map((turn) => ({
    ...{ row: `±${turn}°`, pictures: 12, faces: 8, widths: [40, 120] as const, turns: [turn, -turn], cut: 0 },
  })),
  ...[0.15, 0.3, 0.45].map((cut) => ({
    ...{
      row: `${Math.round(100 * cut)} % cut off`,
      pictures: 12,
      faces: 8,
      widths: [40, 160] as const,
      turns: [0],
      cut,
    },
  })),
];
/** Pictures that a face fills: its width as part of theirs. */
const filling = { row: 'fills the frame', shares: [0.7, 0.8, 0.9], pictures: 90, height: 800 };

/** Number of pictures that are turned as a whole, for each of the three quarter turns. */
const turnedPictures = 10;

export const compositeRows = [
  ...plans.slice(0, 6).map(({ row }) => row),
  filling.row,
  ...plans.slice(6).map(({ row }) => row),
];

/** Pictures with faces of lfw-dev, each used once as far as they go. The same `random` gives the same pictures. */
export async function* composites(random: () => number): AsyncGenerator<Scene> {
  const next = takeTurns(faceFiles(), random);
  for (const plan of plans) {
    for (let i = 0; i < plan.pictures; i++) yield composeOne(plan, random, next);
  }
  for (let i = 0; i < filling.pictures; i++) {
    yield filled(filling.row, next(), filling.shares[i % filling.shares.length] ?? 1, filling.height);
  }
}

/** Upright pictures of a few large faces, to be turned. */
export async function* toBeTurned(random: () => number): AsyncGenerator<Scene> {
  const next = takeTurns(faceFiles(), random);
  const plan: Plan = { row: 'turned', pictures: 0, faces: 5, widths: [40, 200], turns: [0], cut: 0 };
  for (let i = 0; i < turnedPictures; i++) yield composeOne(plan, random, next);
}

/** Pictures without a face. */
export async function* faceless(): AsyncGenerator<Scene> {
  for (const name of [...empty, ...alike]) {
    yield { row: 'no face', image: await decode(sharp(shared('data/photos', name))), faces: [], patches: [] };
  }
}

export async function decode(picture: Sharp): Promise<RgbImage> {
  const { data, info } = await picture
    .rotate()
    .flatten({ background: 'white' })
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data: new Uint8Array(data) };
}

function faceFiles(): string[] {
  const root = shared('data/lfw-dev');
  return readdirSync(root).map((person) => join(root, person, readdirSync(join(root, person)).toSorted()[0] ?? ''));
}

/** Deals the files in a random order, over and over. */
function takeTurns(files: readonly string[], random: () => number): () => string {
  let left: string[] = [];
  return () => {
    if (left.length === 0)
      left = files
        .map((file) => ({ file, at: random() }))
        .toSorted((a, b) => a.at - b.at)
        .map(({ file }) => file);
    return left.pop() ?? '';
  };
}

async function composeOne(plan: Plan, random: () => number, next: () => string): Promise<Scene> {
  const background = await backgroundOf(random);
  const placed: Placed[] = [];
  // A place that is taken is drawn again; where the picture is full, it has fewer faces.
  for (let tries = 0; placed.length < plan.faces && tries < 1000; tries++) {
    const face = draw(plan, random);
    const apart = placed.every((other) => Math.hypot(other.x - face.x, other.y - face.y) > other.width + face.width);
    if (apart) placed.push({ ...face, file: next() });
  }
  return compose(plan.row, background, placed);
}

function draw({ widths: [from, to], turns, cut }: Plan, random: () => number): Omit<Placed, 'file'> {
  const faceWidth = Math.round(from + (to - from) * random());
  const turn = turns[Math.floor(random() * turns.length)] ?? 0;
  const within = (length: number): number => faceWidth + (length - 2 * faceWidth) * random();
  const [x, y] = [within(width), within(height)];
  if (cut === 0) return { x, y, width: faceWidth, turn };
  const [across, down] = outwards[Math.floor(random() * outwards.length)] ?? [1, 0];
  // From the middle of the face to the edge of the picture; faces are a fifth longer than wide.
  const beyond = (0.5 - cut) * faceWidth;
  if (across !== 0) return { x: across > 0 ? width - beyond : beyond, y, width: faceWidth, turn };
  return { x, y: down > 0 ? height - 1.2 * beyond : 1.2 * beyond, width: faceWidth, turn };
}

const quarters = new Map<string, Promise<Buffer>>();

function quarterOf(name: string): Promise<Buffer> {
  const known = quarters.get(name);
  if (known) return known;
  const made = sharp(shared('data/photos', name))
    .rotate()
    .resize(width / 2, height / 2, { fit: 'cover' })
    .removeAlpha()
    .toColourspace('srgb')
    .png({ compressionLevel: 0 })
    .toBuffer();
  quarters.set(name, made);
  return made;
}

/** Four photos without faces, side by side. */
async function backgroundOf(random: () => number): Promise<RgbImage> {
  const layers = await Promise.all(
    [0, 1, 2, 3].map(async (quarter) => {
      const input = await quarterOf(empty[Math.floor(random() * empty.length)] ?? '');
      return { input, left: ((quarter % 2) * width) / 2, top: (Math.floor(quarter / 2) * height) / 2 };
    }),
  );
  const data = await sharp({ create: { width, height, channels: 3, background: '#777' } })
    .composite(layers)
    .removeAlpha()
    .raw()
    .toBuffer();
  return { width, height, data: new Uint8Array(data) };
}

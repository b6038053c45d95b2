import type { RgbImage } from '../image/rgb-image.ts';

/** Faces that a test photo shows. */
export const facesInTestPhoto = 2;

const [width, height] = [1500, 1000];
/** Places of the faces: centre and height, pixels. */
const faces = [
  { x: 420, y: 480, size: 460 },
  { x: 1080, y: 560, size: 300 },
] as const;

type Colour = readonly [number, number, number];
/** An ellipse in a face, whose centre is (0, 0) and height about 1; `blur` as a share of it. `twice`: on both sides. */
interface Part {
  readonly colour: Colour;
  readonly x: number;
  readonly y: number;
  readonly wide: number;
  readonly high: number;
  readonly blur: number;
  readonly twice?: boolean;
}

const parts: readonly Part[] = [
  { colour: [52, 38, 30], x: 0, y: -0.06, wide: 0.4, high: 0.46, blur: 0.05 },
  { colour: [150, 110, 90], x: 0, y: 0.45, wide: 0.16, high: 0.25, blur: 0.08 },
  { colour: [214, 168, 142], x: 0, y: 0.03, wide: 0.31, high: 0.41, blur: 0.05 },
  { colour: [70, 48, 38], x: 0.145, y: -0.115, wide: 0.095, high: 0.022, blur: 0.3, twice: true },
  { colour: [175, 130, 112], x: 0.14, y: -0.045, wide: 0.085, high: 0.05, blur: 0.25, twice: true },
  { colour: [235, 230, 225], x: 0.14, y: -0.04, wide: 0.06, high: 0.027, blur: 0.15, twice: true },
  { colour: [40, 28, 22], x: 0.14, y: -0.042, wide: 0.03, high: 0.03, blur: 0.15, twice: true },
  { colour: [232, 190, 165], x: 0, y: 0.04, wide: 0.025, high: 0.12, blur: 0.4 },
  { colour: [160, 110, 92], x: 0, y: 0.125, wide: 0.07, high: 0.022, blur: 0.4 },
  { colour: [168, 84, 80], x: 0, y: 0.235, wide: 0.115, high: 0.038, blur: 0.2 },
  { colour: [110, 45, 45], x: 0, y: 0.233, wide: 0.1, high: 0.008, blur: 0.4 },
];

/**
 * Drawn faces on a soft ground, 1,500 × 1,000 pixels: what a detector has to find, and takes about as long for as for
 * a photo.
 */
export function createTestPhoto(): RgbImage {
  const data = new Uint8Array(3 * width * height);
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0; x < width; x++, to += 3) {
      const colour: [number, number, number] = [120 + 40 * Math.sin(x / 90), 120 + 30 * Math.cos(y / 70), 110];
      for (const face of faces) {
        const [u, v] = [(x - face.x) / face.size, (y - face.y) / face.size];
        if (Math.abs(u) < 0.6 && Math.abs(v) < 0.7) paint(colour, u, v);
      }
      data.set(colour, to);
    }
  }
  return { width, height, data };
}

function paint(colour: [number, number, number], u: number, v: number): void {
  for (const part of parts) {
    const x = part.twice ? Math.abs(u) : u;
    const distance = ((x - part.x) / part.wide) ** 2 + ((v - part.y) / part.high) ** 2;
    const cover = 1 / (1 + Math.exp((distance - 1) / part.blur));
    for (const [c, value] of part.colour.entries()) colour[c] = (colour[c] ?? 0) * (1 - cover) + value * cover;
  }
}

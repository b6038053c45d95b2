import { describe, expect, test } from 'vitest';

import { alignmentOf } from '../../../app/engine/face/align.ts';
import { cropSquare, pointsInCrop, shownPart } from '../../../app/engine/face/crop.ts';
import { cutFaces } from '../../../app/engine/face/cut-faces.ts';
import { createSampler } from '../../../app/engine/face/sampler.ts';
import { applyTo } from '../../../app/engine/face/similarity.ts';
import { templateOf } from '../../../app/engine/face/templates.ts';
import { createTestPattern } from '../../../app/engine/face/test-pattern.ts';

const template = templateOf('arcface-112');

/** The template's points turned by `degrees`, three times as large, somewhere in a picture. */
function faceAt(degrees: number) {
  const angle = (degrees * Math.PI) / 180;
  const to = { a: 3 * Math.cos(angle), b: 3 * Math.sin(angle), tx: 400, ty: 300 };
  const points = new Float32Array(10);
  for (let i = 0; i < 5; i++) {
    points.set(applyTo(to, template.points[2 * i]!, template.points[2 * i + 1]!), 2 * i);
  }
  return { box: [400, 300, 300, 300] as const, points };
}

describe.each(['arcface-112', 'facenet-160', 'dlib-150'])('the crop holds the whole chip of %s', (name) => {
  test.each([0, 30, 45, 90, 200, 315])('at a roll of %i degrees', (degrees) => {
    const face = faceAt(degrees);
    const { left, top, side } = cropSquare(face);
    const wanted = templateOf(name);
    const toPicture = alignmentOf(face, wanted);
    for (const [right, down] of [
      [0, 0],
      [1, 0],
      [0, 1],
      [1, 1],
    ] as const) {
      const [x, y] = applyTo(toPicture, right * wanted.size, down * wanted.size);
      expect(x).toBeGreaterThanOrEqual(left);
      expect(x).toBeLessThanOrEqual(left + side);
      expect(y).toBeGreaterThanOrEqual(top);
      expect(y).toBeLessThanOrEqual(top + side);
    }
  });
});

test('the chip cut from the crop is the chip cut from the picture', () => {
  const image = createTestPattern(1200, 1000);
  const face = faceAt(20);
  const [cut] = cutFaces(image, [face], 'arcface-112');
  const points = pointsInCrop(face.points, cropSquare(face), cut!.crop.width);
  const [again] = cutFaces(cut!.crop, [{ box: [0, 0, 256, 256], points }], 'arcface-112');
  let sum = 0;
  cut!.chip.forEach((value, i) => (sum += Math.abs(value - again!.chip[i]!)));
  expect(sum / cut!.chip.length).toBeLessThan(6);
});

test('a face known only by its box is aligned by the box', () => {
  const face = { box: [100, 200, 100, 100] as const, points: null };
  const [x, y] = applyTo(alignmentOf(face, template), 56, 56);
  expect(Math.abs(x - 150)).toBeLessThan(8);
  expect(Math.abs(y - 250)).toBeLessThan(15);
});

test('faces that reach out of the picture are cut all the same', () => {
  const image = createTestPattern(60, 50);
  const [cut] = cutFaces(image, [{ box: [-30, -20, 90, 90], points: null }], 'arcface-112');
  expect(cut!.crop.data.length).toBe(3 * 256 * 256);
  expect(cut!.chip.length).toBe(3 * 112 * 112);
});

test('the picture is only read', () => {
  const image = createTestPattern(300, 300);
  const before = image.data.slice();
  createSampler(image);
  cutFaces(image, [{ box: [50, 50, 100, 100], points: null }], 'arcface-112');
  expect(image.data).toEqual(before);
});

test('an unknown template is refused', () => {
  expect(() => cutFaces(createTestPattern(9, 9), [], 'nothing')).toThrow('nothing');
});

test('what is shown of a crop is all of it where it lies in the picture', () => {
  expect(shownPart({ left: 10, top: 20, side: 100 }, 400, 300, 200)).toEqual({ left: 0, top: 0, side: 200 });
});

test('what is shown of a crop ends at the edges of the picture', () => {
  // A quarter hangs out on the left: three quarters remain, as near to the middle as they go.
  expect(shownPart({ left: -25, top: 50, side: 100 }, 400, 300, 200)).toEqual({ left: 50, top: 25, side: 150 });
  // A picture that lies within the crop is shown whole in its narrow direction.
  expect(shownPart({ left: -50, top: -20, side: 200 }, 100, 150, 200)).toEqual({ left: 50, top: 50, side: 100 });
});

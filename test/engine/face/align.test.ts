import { expect, test } from 'vitest';

import { alignFace, alignmentOf, pointsOf } from '../../../app/engine/face/align.ts';
import { cutFaces } from '../../../app/engine/face/cut-faces.ts';
import { createSampler } from '../../../app/engine/face/sampler.ts';
import { templateOf } from '../../../app/engine/face/templates.ts';
import { createTestPattern } from '../../../app/engine/face/test-pattern.ts';
import type { RgbImage } from '../../../app/engine/image/rgb-image.ts';

const template = templateOf('arcface-112');
const face = (points: readonly number[]) => ({ box: [0, 0, 1, 1] as const, points: Float32Array.from(points) });

test('a face turned by a quarter, three times as large, is taken to the template by the transform worked out by hand', () => {
  // (x, y) ↦ (−3y + 700, 3x + 20), applied to ArcFace's points.
  const points = Array.from({ length: 5 }, (_, i) => [
    700 - 3 * template.points[2 * i + 1]!,
    20 + 3 * template.points[2 * i]!,
  ]).flat();
  const { a, b, tx, ty } = alignmentOf(face(points), template);
  expect(a).toBeCloseTo(0, 4);
  expect(b).toBeCloseTo(3, 4);
  expect(tx).toBeCloseTo(700, 2);
  expect(ty).toBeCloseTo(20, 2);
});

test('one point that is off moves the transform by its share of the least squares', () => {
  // Of five points one is 5 pixels too far right: the others are shifted by the mean, 1, before turn and scale adapt.
  const points = Array.from(template.points);
  points[4]! += 5;
  const { a, b, tx, ty } = alignmentOf(face(points), template);
  const centre = Array.from({ length: 5 }, (_, i) => [template.points[2 * i]! - 56, template.points[2 * i + 1]! - 72]);
  const mean = [0, 1].map((axis) => centre.reduce((sum, point) => sum + point[axis]!, 0) / 5);
  const variance = centre.reduce((sum, [x, y]) => sum + (x! - mean[0]!) ** 2 + (y! - mean[1]!) ** 2, 0);
  const [noseX, noseY] = [centre[2]![0]! - mean[0]!, centre[2]![1]! - mean[1]!];
  expect(a).toBeCloseTo(1 + (5 * noseX) / variance, 5);
  expect(b).toBeCloseTo((-5 * noseY) / variance, 5);
  const [x, y] = [mean[0]! + 56, mean[1]! + 72];
  expect(a * x - b * y + tx).toBeCloseTo(x + 1, 3);
  expect(b * x + a * y + ty).toBeCloseTo(y, 3);
});

test('a face at the size of the template is taken pixel for pixel out of the picture that was decoded', () => {
  // 2,000 pixels wide: the detector looks at a smaller one.
  const image = createTestPattern(2000, 1200);
  const [left, top] = [1403, 611];
  const points = Array.from(template.points, (place, i) => place + (i % 2 === 0 ? left : top));
  const [cut] = cutFaces(image, [{ box: [left, top, 112, 112], points: Float32Array.from(points) }], 'arcface-112');
  const expected = new Uint8Array(3 * 112 * 112);
  for (let y = 0; y < 112; y++) {
    const from = 3 * ((top + y) * image.width + left);
    expected.set(image.data.subarray(from, from + 3 * 112), 3 * 112 * y);
  }
  const farthest = cut!.chip.reduce((most, value, i) => Math.max(most, Math.abs(value - expected[i]!)), 0);
  expect(farthest).toBeLessThanOrEqual(1);
});

test.each([0, 33])('a face ten times the template, turned by %i degrees, is shrunk without aliases', (degrees) => {
  const image: RgbImage = { width: 1200, height: 1200, data: new Uint8Array(3 * 1200 * 1200) };
  for (let i = 0; i < 1200 * 1200; i++) image.data.fill(((i + Math.floor(i / 1200)) % 2) * 200, 3 * i, 3 * i + 3);
  const angle = (degrees * Math.PI) / 180;
  const [a, b] = [10 * Math.cos(angle), 10 * Math.sin(angle)];
  const points = Array.from({ length: 5 }, (_, i) => {
    const [x, y] = [template.points[2 * i]! - 56, template.points[2 * i + 1]! - 56];
    return [a * x - b * y + 600, b * x + a * y + 600];
  }).flat();
  const chip = alignFace(createSampler(image), face(points), template);
  const seen = chip.filter(
    (_, i) => Math.abs((Math.floor(i / 3) % 112) - 56) < 40 && Math.abs(Math.floor(i / 336) - 56) < 40,
  );
  expect([Math.min(...seen), Math.max(...seen)]).toEqual([100, 100]);
});

test('where only a box is known, the points are those of a frontal face in it', () => {
  const points = pointsOf({ box: [100, 200, 50, 100], points: null });
  expect(Array.from(points.subarray(0, 4))).toEqual([114.5, 239, 135.5, 239]);
});

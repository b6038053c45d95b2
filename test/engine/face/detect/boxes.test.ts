import { expect, test } from 'vitest';

import { iom, iou, shifted, squared, suppress } from '../../../../app/engine/face/detect/boxes.ts';

const box = (left: number, top: number, right: number, bottom: number, score = 1) => ({
  left,
  top,
  right,
  bottom,
  score,
});

test('intersection over union of boxes that share a quarter each is a seventh', () => {
  expect(iou(box(0, 0, 2, 2), box(1, 1, 3, 3))).toBeCloseTo(1 / 7);
  expect(iou(box(0, 0, 2, 2), box(2, 0, 4, 2))).toBe(0);
  expect(iou(box(1, 1, 1, 1), box(1, 1, 1, 1))).toBe(0);
});

test('a box within another overlaps it wholly by the smaller one', () => {
  expect(iom(box(0, 0, 10, 10), box(2, 2, 4, 4))).toBe(1);
});

test('of boxes that overlap the best stays', () => {
  const kept = suppress([box(0, 0, 10, 10, 0.8), box(1, 0, 11, 10, 0.9), box(20, 0, 30, 10, 0.5)], 0.5);
  expect(kept.map(({ score }) => score)).toEqual([0.9, 0.5]);
});

test('a box that only overlaps a suppressed one stays', () => {
  const kept = suppress([box(0, 0, 10, 10, 0.9), box(4, 0, 14, 10, 0.8), box(8, 0, 18, 10, 0.7)], 0.4);
  expect(kept.map(({ left }) => left)).toEqual([0, 8]);
});

test('boxes are squared round their centre and shifted by parts of their sides', () => {
  expect(squared(box(0, 0, 4, 10))).toMatchObject({ left: -3, top: 0, right: 7, bottom: 10 });
  const moved = shifted(box(10, 10, 20, 30), Float32Array.of(9, 0.5, 0.25, -0.5, 0.5), 1);
  expect(moved).toMatchObject({ left: 15, top: 15, right: 15, bottom: 40 });
});

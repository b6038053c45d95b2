import { expect, test } from 'vitest';

import { matchFaces, type FoundFace, type OldFace } from '../../../app/engine/face/match-faces.ts';

const limits = { minIou: 0.4, maxDistance: 0.9 };
const vector = (degrees: number): Float32Array =>
  Float32Array.of(Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180));
const old = (id: number, left: number, degrees: number | null = null, labelled = false): OldFace => ({
  id,
  box: [left, 0, 10, 10],
  vector: degrees === null ? null : vector(degrees),
  labelled,
});
const found = (left: number, degrees = 180): FoundFace => ({ box: [left, 0, 10, 10], vector: vector(degrees) });

test('a face is found again at its place, whatever the order', () => {
  expect(matchFaces([old(1, 0), old(2, 50)], [found(51), found(1)], limits)).toEqual({
    pairs: [
      { id: 1, found: 1 },
      { id: 2, found: 0 },
    ],
    lost: [],
    new: [],
  });
});

test('a face that moved is known by its likeness, and the nearest wins', () => {
  const result = matchFaces([old(1, 0, 0), old(2, 100, 40)], [found(300, 35), found(200, 5)], limits);
  expect(result.pairs).toEqual([
    { id: 1, found: 1 },
    { id: 2, found: 0 },
  ]);
});

test('place goes before likeness', () => {
  const result = matchFaces([old(1, 0, 0)], [found(80, 0), found(2, 20)], limits);
  expect(result).toEqual({ pairs: [{ id: 1, found: 1 }], lost: [], new: [0] });
});

test('a face without a likely counterpart is lost, and what is left is new', () => {
  expect(matchFaces([old(1, 0, 0)], [found(80, 90)], limits)).toEqual({ pairs: [], lost: [1], new: [0] });
});

test('of two old faces with equal claim the labelled one keeps its place', () => {
  const result = matchFaces([old(1, 0), old(2, 0, null, true)], [found(0)], limits);
  expect(result).toEqual({ pairs: [{ id: 2, found: 0 }], lost: [1], new: [] });
});

test('nothing matches nothing', () => {
  expect(matchFaces([], [], limits)).toEqual({ pairs: [], lost: [], new: [] });
});

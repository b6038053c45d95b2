import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { closeness } from '../../../app/engine/vector/closeness.ts';
import { openFaceIndex } from '../../../app/engine/vector/face-index.ts';

test('a face is as near to its person as to the three nearest of the person’s other faces', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'familiar-test-'));
  const index = openFaceIndex(dir, 'test', 2);
  // On the unit circle, in degrees; face 6 is somebody else, in the midst of them.
  const angles = [0, 10, 20, 30, 90, 15];
  for (const [i, angle] of angles.entries()) {
    const at = (angle * Math.PI) / 180;
    index.add(i + 1, Float32Array.of(Math.cos(at), Math.sin(at)));
  }
  await index.link();
  const chord = (degrees: number): number => 2 * Math.sin((degrees * Math.PI) / 360);
  const [first, second, , , fifth] = closeness(index, Int32Array.of(1, 2, 3, 4, 5));
  expect(first).toBeCloseTo((chord(10) + chord(20) + chord(30)) / 3);
  expect(second).toBeCloseTo((chord(10) + chord(10) + chord(20)) / 3);
  expect(fifth).toBeCloseTo((chord(60) + chord(70) + chord(80)) / 3);
  // Of two faces each has the other; one alone, and one that the index does not hold, have nobody.
  expect(closeness(index, Int32Array.of(1, 5))[0]).toBeCloseTo(chord(90));
  expect([...closeness(index, Int32Array.of(1))]).toEqual([Infinity]);
  expect([...closeness(index, Int32Array.of(77, 1))]).toEqual([Infinity, Infinity]);
  rmSync(dir, { recursive: true, force: true });
});

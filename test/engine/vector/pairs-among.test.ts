import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import { squaredDistance } from '../../../app/engine/vector/distance.ts';
import { openFaceIndex } from '../../../app/engine/vector/face-index.ts';
import { pairsAmong } from '../../../app/engine/vector/pairs-among.ts';
import { createIdentities } from '../../factories/identities.ts';

it('gives the pairs of some faces within a radius, each once', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'familiar-test-'));
  const index = openFaceIndex(dir, 'test', 16);
  const { face } = createIdentities(1, 16, 0.8);
  const vectors = Array.from({ length: 60 }, (_, id) => face(id % 6));
  for (const [at, vector] of vectors.entries()) index.add(at + 1, vector);
  await index.link();
  const ids = Int32Array.from({ length: 40 }, (_, at) => at + 11);
  const expected: string[] = [];
  for (const a of ids) {
    for (const b of ids) {
      const distance = Math.sqrt(squaredDistance(vectors[a - 1]!, 0, vectors[b - 1]!, 0, 16));
      if (a < b && distance <= 1) expected.push(`${a} ${b} ${distance.toFixed(5)}`);
    }
  }
  const { faces, others, distances } = pairsAmong(index.compared, ids, 1);
  const found = Array.from(faces, (one, at) => {
    const [a, b] = [Math.min(one, others[at]!), Math.max(one, others[at]!)];
    return `${a} ${b} ${distances[at]!.toFixed(5)}`;
  });
  expect(expected.length).toBeGreaterThan(20);
  expect(found.sort()).toEqual(expected.sort());
  rmSync(dir, { recursive: true, force: true });
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { subGroups } from '../../../app/engine/cluster/sub-groups.ts';
import { settings } from '../../../app/engine/settings.ts';
import { openFaceIndex, type FaceIndex } from '../../../app/engine/vector/face-index.ts';
import { createIdentities } from '../../factories/identities.ts';

const dimensions = 32;
const { splitShares, clearGap } = settings.people;

describe('sub-groups of one person', () => {
  let dir: string;
  let index: FaceIndex;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'familiar-parts-'));
    index = openFaceIndex(dir, 'test', dimensions);
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  /** Ids from 1 on, as many of each made-up person as told. */
  const fill = async (seed: number, counts: readonly number[], spread = 0.4): Promise<Int32Array<ArrayBuffer>> => {
    const { face } = createIdentities(seed, dimensions, spread);
    const faces = counts.flatMap((count, who) => Array.from({ length: count }, () => face(who)));
    for (const [at, vector] of faces.entries()) index.add(at + 1, vector);
    await index.link();
    return Int32Array.from(faces, (_, at) => at + 1);
  };
  const part = (ids: Int32Array<ArrayBuffer>, apart: number[] = []) =>
    subGroups(index, {
      ids,
      apart: Int32Array.from(apart),
      radii: splitShares.map((share) => share * 0.9),
      least: 2,
    });
  const sorted = (groups: readonly Int32Array[]) => groups.map((group) => [...group].sort((a, b) => a - b));

  it('parts two people who were taken for one, the larger first, with a clear gap', async () => {
    for (let seed = 1; seed <= 5; seed++) {
      index = openFaceIndex(join(dir, String(seed)), 'test', dimensions);
      const { groups, between, within } = part(await fill(seed, [6, 9]));
      expect(sorted(groups)).toEqual([
        [7, 8, 9, 10, 11, 12, 13, 14, 15],
        [1, 2, 3, 4, 5, 6],
      ]);
      expect(between / within).toBeGreaterThan(2);
    }
  });

  it('sees no clear gap in one person, however tightly it is parted', async () => {
    for (let seed = 1; seed <= 5; seed++) {
      index = openFaceIndex(join(dir, String(seed)), 'test', dimensions);
      const ids = await fill(seed, [40]);
      const { groups, between, within } = part(ids);
      expect(groups.flatMap((group) => [...group]).sort((a, b) => a - b)).toEqual([...ids]);
      expect(groups.length > 1 ? between / within : 0).toBeLessThan(clearGap);
    }
  });

  it('puts a single face with the part it is most like, and keeps every face', async () => {
    const ids = await fill(3, [5, 4, 1]);
    const { groups } = part(ids);
    expect(groups).toHaveLength(2);
    expect(groups.flatMap((group) => [...group]).sort((a, b) => a - b)).toEqual([...ids]);
  });

  it('parts faces that were in one photo', async () => {
    const ids = await fill(4, [4]);
    const { groups } = part(ids, [1, 2, 3, 4]);
    expect(groups).toHaveLength(2);
    for (const group of groups) expect(group).not.toEqual(expect.arrayContaining([1, 2]));
  });

  it('answers for nobody, for one face and for faces that it does not know', async () => {
    const ids = await fill(5, [1]);
    expect(part(new Int32Array(0)).groups).toEqual([]);
    expect(sorted(part(ids).groups)).toEqual([[1]]);
    expect(sorted(part(Int32Array.of(1, 99)).groups)).toEqual([[1]]);
  });
});

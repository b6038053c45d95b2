import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { connect } from '../../../app/workers/channel.ts';
import { spawnThread } from '../../../app/workers/spawn.ts';
import type { SpawnedWorker } from '../../../app/workers/spawned-worker.ts';
import type { IndexService } from '../../../app/engine/vector/index-service.ts';

describe('the index thread', () => {
  let dir: string;
  let worker: SpawnedWorker;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'familiar-index-'));
    worker = spawnThread('index');
  });
  afterEach(async () => {
    await worker.close();
    rmSync(dir, { recursive: true, force: true });
  });

  it('adds faces, tells their neighbours, refuses bad vectors, saves and opens', async () => {
    const { remote } = connect<IndexService>(worker.port);
    await expect(remote.nearest({ id: 1, count: 1 })).rejects.toThrow(/before it was opened/);
    await remote.open({ dir, version: 'v', dimensions: 2 });
    const vectors = Float32Array.from([1, 0, 0, 1, NaN, 0, 0.6, 0.8]);
    const { neighbours, refused } = await remote.add({ ids: Int32Array.of(11, 12, 13, 14), vectors });
    expect(refused).toEqual([13]);
    expect([...neighbours[3]!.ids]).toEqual([12, 11]);
    expect(neighbours[3]!.distances[0]).toBeCloseTo(Math.hypot(0.6, 0.2), 6);
    expect([...(await remote.nearest({ id: 11, count: 1 })).ids]).toEqual([14]);
    await remote.save(null);
    expect([...(await remote.open({ dir, version: 'v', dimensions: 2 })).ids]).toEqual([11, 12, 14]);
    await remote.remove({ ids: Int32Array.of(14) });
    expect([...(await remote.nearest({ id: 11, count: 9 })).ids]).toEqual([12]);
  });

  it('compares faces after a head in every answer, until it is dropped or another index is opened', async () => {
    const { remote } = connect<IndexService>(worker.port);
    const ids = Int32Array.of(1, 2, 3);
    const vectors = Float32Array.from([1, 0, 0.8, 0.6, 0.8, -0.6]);
    // Twice as tall: (0.8, 0.6) becomes (0.8, 1.2), at length 1 (0.55, 0.83).
    const weights = Float32Array.of(0, 0, 0, 1);
    const [x, y] = [0.8 / Math.hypot(0.8, 1.2), 1.2 / Math.hypot(0.8, 1.2)];
    const tuned = Math.hypot(1 - x, y);
    const open = () => remote.open({ dir, version: 'v', dimensions: 2 });
    const ask = async (): Promise<(number | undefined)[]> => [
      (await remote.nearest({ id: 1, count: 1 })).distances[0],
      (await remote.around({ ids: Int32Array.of(1), radius: 2 })).distances[0],
      (await remote.closeness({ ids: Int32Array.of(1, 2) }))[0],
      (await remote.nearestPeople({ units: Int32Array.of(1, 9), people: Int32Array.of(2, 8), radius: 2 })).distances[0],
      (await remote.subGroups({ ids, apart: Int32Array.of(1, 2, 1, 3, 2, 3), radii: [2], least: 1 })).between,
    ];
    const expectEach = (answers: readonly (number | undefined)[], distance: number): void => {
      for (const answer of answers) expect(answer).toBeCloseTo(distance, 5);
    };
    await expect(remote.use({ weights })).rejects.toThrow(/before it was opened/);
    await open();
    await remote.add({ ids, vectors });
    await remote.save(null);
    expectEach(await ask(), Math.hypot(0.2, 0.6));
    await remote.use({ weights });
    expectEach(await ask(), tuned);
    const { neighbours } = await remote.add({ ids: Int32Array.of(4), vectors: Float32Array.of(-1, 0) });
    expect(neighbours[0]!.distances[0]).toBeCloseTo(Math.hypot(1 + x, y), 5);
    await remote.use({ weights: null });
    expectEach(await ask(), Math.hypot(0.2, 0.6));
    await remote.use({ weights });
    await open();
    expectEach(await ask(), Math.hypot(0.2, 0.6));
    await expect(remote.use({ weights: weights.subarray(1) })).rejects.toMatchObject({ code: 'bad-request' });
  });
});

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
});

import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { settings } from '../../../app/engine/settings.ts';
import { squaredDistance } from '../../../app/engine/vector/distance.ts';
import { openFaceIndex, type FaceIndex } from '../../../app/engine/vector/face-index.ts';
import { createIdentities } from '../../factories/identities.ts';

const k = settings.index.neighbours;

describe('face index', () => {
  let dir: string;
  beforeEach(() => (dir = mkdtempSync(join(tmpdir(), 'familiar-index-'))));
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  const fill = (index: FaceIndex, count: number, dimensions: number): void => {
    const identities = createIdentities(7, dimensions, 0.8);
    for (let i = 0; i < count; i++) index.add(i + 1, identities.face(Math.floor(identities.random() * (count / 40))));
  };
  const row = ({ graph }: FaceIndex, slot: number): number[] => [...graph.slots.subarray(slot * k, slot * k + k)];
  const trueNeighbours = ({ store }: FaceIndex, slot: number): number[] =>
    Array.from({ length: store.size }, (_, other) => other)
      .filter((other) => other !== slot)
      .map((other) => ({ other, d: squaredDistance(store.vectors, slot, store.vectors, other, store.dimensions) }))
      .sort((a, b) => a.d - b.d)
      .slice(0, k)
      .map(({ other }) => other);
  /** Share of the true neighbours found: all `k` of them, or those `within` a distance, seen from either end. */
  const recall = (index: FaceIndex, slots: readonly number[], within = Infinity): number => {
    const { store } = index;
    let hits = 0;
    let all = 0;
    for (const slot of slots) {
      const held = new Set(row(index, slot));
      for (const other of trueNeighbours(index, slot)) {
        if (squaredDistance(store.vectors, slot, store.vectors, other, store.dimensions) > within ** 2) continue;
        hits += Number(held.has(other) || (within < Infinity && row(index, other).includes(slot)));
        all++;
      }
    }
    return hits / all;
  };

  it('knows the exact neighbours of every face of a small library', () => {
    const index = openFaceIndex(dir, 'v', 16);
    fill(index, 300, 16);
    for (let slot = 0; slot < 300; slot += 17) expect(row(index, slot)).toEqual(trueNeighbours(index, slot));
  });

  it('finds at least 99 % of the neighbours once it searches a graph', () => {
    const index = openFaceIndex(dir, 'v', 64);
    const count = settings.index.exactFaces + 2000;
    fill(index, count, 64);
    const newcomers = createIdentities(7, 64, 0.8);
    const found = Array.from({ length: 60 }, (_, i) =>
      recall(index, [index.add(count + 1 + i, newcomers.face(i % 40))!]),
    );
    expect(found.reduce((sum, share) => sum + share, 0) / found.length).toBeGreaterThanOrEqual(0.99);
    // An older face is in the lists of those that came later, unless they have nearer ones.
    const any = Array.from({ length: 100 }, (_, i) => i * Math.floor(count / 100));
    expect(recall(index, any, 1.12)).toBeGreaterThanOrEqual(0.99);
  });

  it('is the same after saving and opening, with a graph and without', () => {
    for (const count of [100, settings.index.exactFaces + 50]) {
      const index = openFaceIndex(dir, `v${count}`, 8);
      fill(index, count, 8);
      index.save();
      const again = openFaceIndex(dir, `v${count}`, 8);
      expect(again.store.size).toBe(count);
      expect(row(again, count - 1)).toEqual(row(index, count - 1));
      const next = createIdentities(9, 8, 1).face(0);
      expect(row(again, again.add(count + 1, next)!)).toEqual(row(index, index.add(count + 1, next)!));
      expect(readdirSync(dir).filter((name) => /faces|hnsw/.test(name)).length).toBe(
        count > settings.index.exactFaces ? 2 : 1,
      );
    }
  });

  it('begins anew for another embedding version, a damaged file or a damaged header', () => {
    const index = openFaceIndex(dir, 'v', 8);
    fill(index, 50, 8);
    index.save();
    expect(openFaceIndex(dir, 'other', 8).store.size).toBe(0);
    expect(openFaceIndex(dir, 'v', 16).store.size).toBe(0);
    const faces = join(
      dir,
      readdirSync(dir).find((name) => name.endsWith('.faces'))!,
    );
    const bytes = readFileSync(faces);
    bytes[200]! ^= 1;
    writeFileSync(faces, bytes);
    expect(openFaceIndex(dir, 'v', 8).store.size).toBe(0);
    writeFileSync(faces, bytes.subarray(0, 100));
    expect(openFaceIndex(dir, 'v', 8).store.size).toBe(0);
    writeFileSync(join(dir, 'index.json'), '{"format":');
    expect(openFaceIndex(dir, 'v', 8).store.size).toBe(0);
  });

  it('opens as the former one after a kill while saving', () => {
    const index = openFaceIndex(dir, 'v', 8);
    fill(index, 50, 8);
    index.save();
    // What a kill before the last rename leaves: files of the next generation and the old header.
    writeFileSync(join(dir, '2.faces'), 'half a file');
    writeFileSync(join(dir, 'index.json.new'), '{"format":1,"gen');
    expect(openFaceIndex(dir, 'v', 8).store.size).toBe(50);
  });

  it('forgets removed faces as neighbours and takes them in again', () => {
    const index = openFaceIndex(dir, 'v', 16);
    fill(index, settings.index.exactFaces + 100, 16);
    const vector = index.store.vectors.slice(0, 16);
    const [nearest] = row(index, 0);
    index.remove([1]);
    expect(index.store.slotOf(1)).toBeUndefined();
    expect(row(index, nearest!)).not.toContain(0);
    const slot = index.add(1, vector)!;
    expect(row(index, slot)[0]).toBe(nearest);
    expect(row(index, slot)).not.toContain(0);
  });

  it('begins anew when a quarter of what it kept was removed', () => {
    const index = openFaceIndex(dir, 'v', 8);
    fill(index, 100, 8);
    index.remove(Array.from({ length: 30 }, (_, i) => i + 1));
    index.save();
    expect(openFaceIndex(dir, 'v', 8).store.size).toBe(0);
  });

  it('refuses vectors that are zero, NaN, of another length or not of norm 1', () => {
    const index = openFaceIndex(dir, 'v', 4);
    for (const bad of [[0, 0, 0, 0], [NaN, 0, 0, 0], [1, 1, 0, 0], [1]]) {
      expect(index.add(1, Float32Array.from(bad))).toBeUndefined();
    }
    expect(index.add(1, Float32Array.from([0, 1, 0, 0]))).toBe(0);
  });
});

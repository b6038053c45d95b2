import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { settings } from '../../../app/engine/settings.ts';
import { squaredDistance } from '../../../app/engine/vector/distance.ts';
import { openFaceIndex, type FaceIndex } from '../../../app/engine/vector/face-index.ts';
import { blockRows } from '../../../app/engine/vector/rows.ts';
import { createIdentities } from '../../factories/identities.ts';

const { neighbours: k, filledPerFace, batch } = settings.index;

describe('face index', () => {
  let dir: string;
  beforeEach(() => (dir = mkdtempSync(join(tmpdir(), 'familiar-index-'))));
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  const addFaces = (index: FaceIndex, first: number, count: number): void => {
    const identities = createIdentities(first, index.store.dimensions, 0.8);
    for (let i = 0; i < count; i++)
      index.add(first + i, identities.face(Math.floor(identities.random() * Math.max(1, count / 40))));
  };
  const filled = async (count: number, dimensions: number, exactFaces?: number, version = 'v'): Promise<FaceIndex> => {
    const index = openFaceIndex(dir, version, dimensions, exactFaces);
    addFaces(index, 1, count);
    await index.link();
    return index;
  };
  const row = ({ graph }: FaceIndex, slot: number): number[] => [...graph.slots.at(slot)].filter((other) => other >= 0);
  const between = ({ store }: FaceIndex, a: number, b: number): number =>
    Math.sqrt(squaredDistance(store.vectors.at(a), 0, store.vectors.at(b), 0, store.dimensions));
  const trueNeighbours = (index: FaceIndex, slot: number, count: number = k): number[] =>
    Array.from({ length: index.store.size }, (_, other) => other)
      .filter((other) => other !== slot && index.store.idAt(other) !== 0)
      .map((other) => ({ other, d: between(index, slot, other) }))
      .sort((a, b) => a.d - b.d)
      .slice(0, count)
      .map(({ other }) => other);
  /** Share of the 32 nearest that are in the lists. */
  const recall = (index: FaceIndex, slots: readonly number[]): number => {
    let hits = 0;
    for (const slot of slots) {
      const held = new Set(row(index, slot));
      for (const other of trueNeighbours(index, slot, 32)) hits += Number(held.has(other));
    }
    return hits / slots.length / 32;
  };
  const every = (count: number, step: number): number[] =>
    Array.from({ length: Math.ceil(count / step) }, (_, i) => i * step);

  it('knows the exact neighbours of every face, nearest first, in whatever portions they came', async () => {
    const index = openFaceIndex(dir, 'v', 16);
    for (const [first, count] of [
      [1, 1],
      [2, 3],
      [5, batch + 1],
      [1000, blockRows],
    ] as const) {
      addFaces(index, first, count);
      await index.link();
    }
    const { size } = index.store;
    for (const slot of [0, 1, 4, 37, size - 1, ...every(size, 97)]) {
      expect(row(index, slot)).toEqual(trueNeighbours(index, slot));
      expect(index.graph.distances.at(slot)[0]).toBe(Math.fround(between(index, slot, row(index, slot)[0]!)));
    }
  });

  it('knows how far the neighbours lie where many vectors are the same, opposite or along one axis', async () => {
    const dimensions = 20;
    const index = openFaceIndex(dir, 'v', dimensions);
    const { face, random } = createIdentities(3, dimensions, 0.1);
    const often = face(0);
    for (let id = 1; id <= 700; id++) {
      const vector = face(id % 3);
      const axis = new Float32Array(dimensions);
      axis[id % 4] = id % 8 < 4 ? 1 : -1;
      const kind = random();
      if (kind < 0.3) index.add(id, axis);
      else if (kind < 0.6) index.add(id, often);
      else index.add(id, kind < 0.8 ? vector : vector.map((value) => -value));
      if (id % 7 === 0) await index.link();
    }
    await index.link();
    for (const slot of every(700, 9)) {
      const expected = trueNeighbours(index, slot).map((other) => Math.fround(between(index, slot, other)));
      expect([...index.graph.distances.at(slot)]).toEqual(expected);
    }
  });

  it('goes over to a graph a few faces at a time, and then finds at least 99 % of the neighbours', async () => {
    const begun = 500;
    const index = openFaceIndex(dir, 'v', 64, begun);
    const count = begun + Math.ceil(begun / (filledPerFace - 1)) + 2 * batch;
    addFaces(index, 1, count);
    await index.link();
    expect(recall(index, every(count, 60))).toBe(1);
    // From here on every face comes by way of the graph.
    addFaces(index, 10_001, 500);
    await index.link();
    expect(
      recall(
        index,
        every(500, 20).map((at) => count + at),
      ),
    ).toBeGreaterThanOrEqual(0.99);
    // Older faces learn of those that come later.
    expect(recall(index, every(count, 30))).toBeGreaterThanOrEqual(0.99);
  });

  it('is the same after saving and opening: exact, with a graph half filled and with a whole one', async () => {
    for (const exactFaces of [1000, 290, 100]) {
      const index = await filled(300, 8, exactFaces, `v${exactFaces}`);
      await index.save();
      const again = openFaceIndex(dir, `v${exactFaces}`, 8, exactFaces);
      expect(again.store.size).toBe(300);
      expect(row(again, 299)).toEqual(row(index, 299));
      for (const one of [index, again]) {
        addFaces(one, 1000, 70);
        await one.link();
      }
      for (const slot of every(370, 30)) expect(row(again, slot)).toEqual(row(index, slot));
      expect(readdirSync(dir).filter((name) => /faces|hnsw/.test(name)).length).toBe(exactFaces < 300 ? 2 : 1);
    }
  });

  it('grows past its first block without a stop and keeps what it had', async () => {
    const index = await filled(blockRows - 1, 4);
    const before = row(index, 0).length;
    addFaces(index, 100_000, 3);
    await index.link();
    expect(index.store.vectors.blocks.length).toBe(2);
    expect(row(index, 0).length).toBe(before);
    expect(row(index, blockRows + 1)).toEqual(trueNeighbours(index, blockRows + 1));
  });

  it('links faces that are added, removed and saved while it links', async () => {
    const index = openFaceIndex(dir, 'v', 16);
    addFaces(index, 1, 200);
    const linking = index.link();
    addFaces(index, 301, 50);
    index.remove([5, 320]);
    const saving = index.save();
    addFaces(index, 401, 10);
    await Promise.all([linking, index.link(), saving]);
    index.remove([]);
    for (const slot of [0, 100, 205, 255]) {
      const held = row(index, slot).filter((other) => index.store.idAt(other) !== 0);
      expect(held).toEqual(trueNeighbours(index, slot).slice(0, held.length));
      expect(held.length).toBeGreaterThanOrEqual(k - 2);
    }
  });

  it('begins anew for another version, length or format, and where a file is damaged, cut short or missing', async () => {
    const index = await filled(400, 8, 100);
    await index.save();
    const size = (version = 'v', dimensions = 8): number => openFaceIndex(dir, version, dimensions, 100).store.size;
    expect([size(), size('other'), size('v', 16)]).toEqual([400, 0, 0]);
    for (const name of readdirSync(dir)) {
      const file = join(dir, name);
      const bytes = readFileSync(file);
      const damaged = Buffer.from(bytes);
      damaged[bytes.length >> 1]! ^= 1;
      for (const content of [damaged, bytes.subarray(0, bytes.length >> 1), Buffer.alloc(0)]) {
        writeFileSync(file, content);
        expect(size()).toBe(0);
      }
      rmSync(file);
      expect(size()).toBe(0);
      writeFileSync(file, bytes);
      expect(size()).toBe(400);
    }
    const header = readFileSync(join(dir, 'index.json'), 'utf8');
    writeFileSync(join(dir, 'index.json'), header.replace('"format":2', '"format":1'));
    expect(size()).toBe(0);
  });

  it('opens as the former one after a kill while saving', async () => {
    const index = await filled(50, 8);
    await index.save();
    // What a kill before the last rename leaves: files of the next generation and the old header.
    writeFileSync(join(dir, '2.faces'), 'half a file');
    copyFileSync(join(dir, 'index.json'), join(dir, 'index.json.new'));
    expect(openFaceIndex(dir, 'v', 8).store.size).toBe(50);
  });

  it('forgets removed faces as neighbours and takes them in again', async () => {
    for (const exactFaces of [1000, 100]) {
      const index = await filled(300, 16, exactFaces, `v${exactFaces}`);
      const vector = index.store.vectors.at(0).slice();
      const [nearest] = row(index, 0);
      index.remove([1]);
      expect(index.store.slotOf(1)).toBeUndefined();
      await index.save();
      expect(row(index, nearest!)).not.toContain(0);
      const slot = index.add(1, vector)!;
      await index.link();
      expect(row(index, slot)[0]).toBe(nearest);
      expect(row(index, slot)).not.toContain(0);
    }
  });

  it('keeps nothing of a removed vector in its files', async () => {
    const index = await filled(200, 16, 100);
    const vector = Buffer.from(index.store.vectors.at(7).slice().buffer);
    await index.save();
    const holders = (): string[] => readdirSync(dir).filter((name) => readFileSync(join(dir, name)).includes(vector));
    expect(holders().length).toBe(2);
    index.remove([8]);
    await index.save();
    expect(holders()).toEqual([]);
  });

  it('begins anew when a quarter of what it kept was removed', async () => {
    const index = await filled(100, 8);
    index.remove(Array.from({ length: 30 }, (_, i) => i + 1));
    await index.save();
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

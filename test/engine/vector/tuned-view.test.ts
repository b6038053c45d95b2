import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { groupFaces } from '../../../app/engine/cluster/group-faces.ts';
import type { ComparedFaces } from '../../../app/engine/vector/compared-faces.ts';
import { squaredDistance } from '../../../app/engine/vector/distance.ts';
import { openFaceIndex, type FaceIndex } from '../../../app/engine/vector/face-index.ts';
import { blockRows } from '../../../app/engine/vector/rows.ts';
import { createIdentities, normal, unit } from '../../factories/identities.ts';
import { createRandom } from '../../factories/library.ts';

const dimensions = 16;
const never = new AbortController().signal;

/** Weights of a head that turns and stretches, the same for the same seed. */
function weightsOf(seed: number, strength = 0.3): Float32Array<ArrayBuffer> {
  const random = createRandom(seed);
  return Float32Array.from({ length: dimensions ** 2 }, () => (strength / 4) * normal(random));
}

/** z = normalise(x + x·W), as the definition has it. */
function tunedBy(weights: Float32Array, x: Float32Array): Float32Array {
  return unit(Array.from(x, (own, j) => x.reduce((sum, value, i) => sum + value * weights[i * dimensions + j]!, own)));
}

function listOf({ graph }: ComparedFaces, slot: number): { slots: number[]; distances: number[] } {
  const slots = [...graph.slots.at(slot)].filter((other) => other >= 0);
  return { slots, distances: [...graph.distances.at(slot).subarray(0, slots.length)] };
}

describe('faces after a head', () => {
  let dir: string;
  beforeEach(() => (dir = mkdtempSync(join(tmpdir(), 'familiar-index-'))));
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  const addFaces = (index: FaceIndex, first: number, count: number): void => {
    const identities = createIdentities(first, dimensions, 0.8);
    for (let id = first; id < first + count; id++) {
      index.add(id, identities.face(Math.floor(identities.random() * Math.max(1, count / 40))));
    }
  };
  const filled = async (count: number, exactFaces?: number): Promise<FaceIndex> => {
    const index = openFaceIndex(dir, 'v', dimensions, exactFaces);
    addFaces(index, 1, count);
    await index.link();
    return index;
  };
  /** The lists of faces that are there, without those that are not. */
  const liveLists = ({ store, compared }: FaceIndex): ReturnType<typeof listOf>[] =>
    Array.from({ length: store.size }, (_, slot) => {
      const { slots, distances } = store.idAt(slot) === 0 ? { slots: [], distances: [] } : listOf(compared, slot);
      const isThere = (_: number, at: number): boolean => store.idAt(slots[at]!) !== 0;
      return { slots: slots.filter(isThere), distances: distances.filter(isThere) };
    });
  /** Every list is what a head asked for at this moment would give. */
  const expectWhole = async (index: FaceIndex, weights: Float32Array): Promise<void> => {
    expect(index.compared.graph).not.toBe(index.graph);
    const lists = liveLists(index);
    await index.use(weights, never);
    expect(lists).toEqual(liveLists(index));
  };

  it('are compared by their projected vectors, each with the candidates that it had, nearest first', async () => {
    const index = await filled(blockRows + 300);
    const weights = weightsOf(1);
    await index.use(weights, never);
    const { store } = index.compared;
    expect(store.size).toBe(index.store.size);
    for (const slot of [0, 17, blockRows - 1, blockRows, blockRows + 299]) {
      const tuned = tunedBy(weights, index.store.vectors.at(slot));
      for (const [i, value] of store.vectors.at(slot).entries()) expect(value).toBeCloseTo(tuned[i]!, 5);
      const candidates = listOf({ store, graph: index.graph }, slot).slots;
      const { slots, distances } = listOf(index.compared, slot);
      expect([...slots].sort((a, b) => a - b)).toEqual(candidates.sort((a, b) => a - b));
      expect(distances).toEqual([...distances].sort((a, b) => a - b));
      for (const [at, other] of slots.entries()) {
        const square = squaredDistance(store.vectors.at(slot), 0, store.vectors.at(other), 0, dimensions);
        expect(distances[at]).toBeCloseTo(Math.sqrt(square), 6);
      }
    }
  });

  it('come in and go like others, by comparing all and by the graph, also while the head is taken over', async () => {
    for (const exactFaces of [10_000, 400]) {
      const index = await filled(700, exactFaces);
      const weights = weightsOf(2);
      const changing = index.use(weights, never);
      addFaces(index, 10_001, 40);
      const linking = index.link();
      index.remove([3, 10_002]);
      expect(index.compared.graph).toBe(index.graph);
      await Promise.all([changing, linking]);
      await expectWhole(index, weights);
      addFaces(index, 20_001, 40);
      index.remove([5, 20_001]);
      await index.link();
      await expectWhole(index, weights);
      await index.save();
      await expectWhole(index, weights);
      const gone = index.store.size - 40;
      expect([...index.compared.store.vectors.at(gone)]).toEqual(Array(dimensions).fill(0));
      const newest = index.store.size - 1;
      expect(listOf(index.compared, listOf(index.compared, newest).slots[0]!).slots).toContain(newest);
      rmSync(dir, { recursive: true });
    }
  });

  it('are grouped by what the head says, and as before once it is dropped', async () => {
    // So few that every list holds everybody.
    const index = await filled(120);
    const none = new Int32Array(0);
    const core = Int32Array.from({ length: 120 }, (_, at) => at + 1);
    const facts = { core, cannotLink: none, mustLink: none, labels: none, rejections: none };
    const groups = async (): Promise<Int32Array> =>
      (await groupFaces(index, { eps: 0.9, acceptance: 0.9, minSamples: 2, ...facts }, never)).clusters;
    const before = await groups();
    const weights = weightsOf(3, 2);
    await index.use(weights, never);
    const after = await groups();
    expect(after).not.toEqual(before);

    const projected = openFaceIndex(join(dir, 'projected'), 'v', dimensions);
    for (let slot = 0; slot < 120; slot++) projected.add(slot + 1, index.compared.store.vectors.at(slot));
    await projected.link();
    const alone = await groupFaces(projected, { eps: 0.9, acceptance: 0.9, minSamples: 2, ...facts }, never);
    expect(after).toEqual(alone.clusters);

    await index.use(null, never);
    expect(index.compared.graph).toBe(index.graph);
    expect(await groups()).toEqual(before);
  });

  it('serve by the former head until the next is whole, and stay so where that is cancelled or overtaken', async () => {
    const index = await filled(3000);
    const watchers = index.graph.watchers.size;
    await index.use(weightsOf(4), never);
    const former = index.compared;
    const controller = new AbortController();
    const cancelled = index.use(weightsOf(5), controller.signal);
    await setImmediate();
    expect(index.compared).toBe(former);
    controller.abort();
    await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' });
    expect(index.compared).toBe(former);

    const overtaken = index.use(weightsOf(5), never);
    const next = index.use(weightsOf(6), never);
    await expect(overtaken).rejects.toMatchObject({ code: 'cancelled' });
    await next;
    await expectWhole(index, weightsOf(6));
    const dropped = index.use(weightsOf(5), never);
    await index.use(null, never);
    await expect(dropped).rejects.toMatchObject({ code: 'cancelled' });
    expect(index.compared.graph).toBe(index.graph);
    expect(index.graph.watchers.size).toBe(watchers);
  });

  it('refuse a head of another size, one with NaN and one that leaves nothing, and say why', async () => {
    const index = await filled(100);
    await index.use(weightsOf(7), never);
    const former = index.compared;
    const watchers = index.graph.watchers.size;
    const minusIdentity = Float32Array.from({ length: dimensions ** 2 }, (_, at) => (at % (dimensions + 1) ? 0 : -1));
    for (const [weights, words] of [
      [new Float32Array(9), /9 weights, but faces of 16 numbers need 256/],
      [weightsOf(8).fill(NaN, 3, 4), /no numbers/],
      [weightsOf(8).fill(Infinity, 3, 4), /no numbers/],
      [minusIdentity, /leaves nothing of 100 faces/],
    ] as const) {
      await expect(index.use(weights, never)).rejects.toMatchObject({ code: 'bad-request', message: words });
    }
    expect(index.compared).toBe(former);
    expect(index.graph.watchers.size).toBe(watchers);
  });

  it('are kept in no file: the index opens with the embeddings as they are', async () => {
    const index = await filled(300);
    await index.save();
    const contents = (): Buffer[] => readdirSync(dir).map((name) => readFileSync(join(dir, name)));
    const before = contents();
    await index.use(weightsOf(9), never);
    await index.save();
    expect(contents()).toEqual(before);
    expect(openFaceIndex(dir, 'v', dimensions).compared.store.vectors.at(0)).toEqual(index.store.vectors.at(0));
  });
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { groupFaces, groupFacesBy } from '../../../app/engine/cluster/group-faces.ts';
import { openFaceIndex, type FaceIndex } from '../../../app/engine/vector/face-index.ts';
import type { ClusterInput } from '../../../app/engine/vector/index-service.ts';
import { createIdentities, unit } from '../../factories/identities.ts';

const ints = (...values: number[]) => Int32Array.from(values);

describe('grouping faces', () => {
  let dir: string;
  let index: FaceIndex;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'familiar-index-'));
    index = openFaceIndex(dir, 'v', 2);
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  /** Faces 1, 2, … at these degrees on the unit circle: 10° are 0.174 apart. */
  const place = (...degrees: number[]): void => {
    for (const [at, angle] of degrees.entries()) {
      index.add(at + 1, unit([Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)]));
    }
  };
  const group = async (input: Partial<ClusterInput> = {}) => {
    const { ids, clusters, near } = await groupFaces(
      index,
      {
        eps: 0.2,
        acceptance: 0.4,
        minSamples: 2,
        core: Int32Array.from({ length: 99 }, (_, i) => i + 1),
        cannotLink: ints(),
        mustLink: ints(),
        labels: ints(),
        rejections: ints(),
        ...input,
      },
      new AbortController().signal,
    );
    expect([...ids]).toEqual([...ids].sort((a, b) => a - b));
    return { clusters: [...clusters], near: [...near] };
  };

  it('gives the same groups in whatever order the faces came', async () => {
    const identities = createIdentities(5, 16, 0.45);
    const faces = Array.from({ length: 200 }, (_, i) => identities.face(i % 12));
    const grouped = async (order: readonly number[]) => {
      index = openFaceIndex(dir, `v${order[0]}`, 16);
      for (const i of order) index.add(i + 1, faces[i]!);
      return (await group({ eps: 0.7, acceptance: 0.8 })).clusters;
    };
    const order = faces.map((_, i) => i);
    expect(await grouped(order.toReversed())).toEqual(await grouped(order));
  });

  it('parts a chain that DBSCAN would call one person', async () => {
    place(0, 10, 20, 30, 40, 50, 60, 70, 80, 90);
    const { clusters } = await group();
    expect(new Set(clusters).size).toBeGreaterThan(1);
    expect(clusters).not.toContain(-1);
    expect((await group({ acceptance: 2 })).clusters).toEqual(Array.from({ length: 10 }, () => 0));
  });

  it('keeps apart what must not be linked, and divides what lies between by distance', async () => {
    place(0, 8, 18, 26);
    expect((await group()).clusters).toEqual([0, 0, 0, 0]);
    expect((await group({ cannotLink: ints(1, 4) })).clusters).toEqual([0, 0, 1, 1]);
  });

  it('never puts faces labelled as two people in one group', async () => {
    place(0, 8, 18, 26);
    expect((await group({ labels: ints(1, 5, 4, 6) })).clusters).toEqual([0, 0, 1, 1]);
    expect((await group({ labels: ints(1, 5, 4, 5) })).clusters).toEqual([0, 0, 0, 0]);
  });

  it('keeps a rejected face out of the group of that person', async () => {
    place(0, 2, 4);
    expect((await group({ labels: ints(1, 5), rejections: ints(3, 5) })).clusters).toEqual([0, 0, -1]);
  });

  it('attaches a poor face to its nearest group but lets it join nobody', async () => {
    place(0, 5, 14, 25, 30);
    const core = ints(1, 2, 4, 5);
    expect((await group({ core })).clusters).toEqual([0, 0, 0, 1, 1]);
    expect((await group({ core, cannotLink: ints(2, 3) })).clusters).toEqual([0, 0, 1, 1, 1]);
    expect((await group({ core: ints() })).clusters).toEqual([-1, -1, -1, -1, -1]);
  });

  it('tells the person of the nearest labelled face within acceptance', async () => {
    place(0, 15, 60);
    expect((await group({ labels: ints(1, 5) })).near).toEqual([5, 5, 0]);
  });

  it('groups nothing where there is nothing, and a face alone not at all', async () => {
    expect((await group()).clusters).toEqual([]);
    place(0);
    expect((await group()).clusters).toEqual([-1]);
  });

  it('are the same by each of several inputs as by that one alone', async () => {
    const identities = createIdentities(7, 16, 0.45);
    index = openFaceIndex(dir, 'several', 16);
    // Copies of one face fill lists, so that DBSCAN needs bridges.
    for (let id = 1; id <= 400; id++) index.add(id, id % 3 === 0 ? unit(Array(16).fill(1)) : identities.face(id % 12));
    const core = Int32Array.from({ length: 400 }, (_, i) => i + 1).filter((id) => id % 7 !== 0);
    const none = { cannotLink: ints(), mustLink: ints(), labels: ints(), rejections: ints() };
    const facts = { ...none, cannotLink: ints(1, 13, 2, 14), labels: ints(4, 77, 5, 78) };
    const distances = [0.7, 0.7, 0.4, 0.9].map((eps) => ({ eps, acceptance: eps + 0.1, minSamples: 2, core }));
    const inputs = distances.map((some, at) => ({ ...some, ...(at === 1 ? facts : none) }));
    const signal = new AbortController().signal;
    const together = await groupFacesBy(index, inputs, signal);
    for (const [at, input] of inputs.entries()) expect(together[at]).toEqual(await groupFaces(index, input, signal));
    expect(new Set(together.map(({ clusters }) => clusters.join())).size).toBeGreaterThan(2);
  });
});

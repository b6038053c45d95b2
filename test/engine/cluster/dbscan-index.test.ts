import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { createDbscan, dbscan } from '../../../app/engine/cluster/dbscan.ts';
import { dbscanIndex } from '../../../app/engine/cluster/dbscan-index.ts';
import { edgesBetween, edgesWithin, mergeEdges } from '../../../app/engine/cluster/edges.ts';
import { squaredDistance } from '../../../app/engine/vector/distance.ts';
import { openFaceIndex, type FaceIndex } from '../../../app/engine/vector/face-index.ts';
import { eachNearPair } from '../../../app/engine/vector/near-pairs.ts';
import { dbscanCases, type DbscanCase } from '../../factories/dbscan-cases.ts';

/** Labels by scikit-learn; made again by bench/people/remake-labels.ts. */
const expected = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../fixtures/dbscan-labels.json'), 'utf8'),
) as Record<string, number[]>;
const signal = new AbortController().signal;
const everyone = (count: number): Uint8Array => new Uint8Array(count).fill(1);

describe("scikit-learn's labels", () => {
  let dir: string;
  beforeEach(() => (dir = mkdtempSync(join(tmpdir(), 'familiar-index-'))));
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  const indexOf = ({ width, faces }: DbscanCase): FaceIndex => {
    const index = openFaceIndex(dir, 'v', width);
    for (const [at, face] of faces.entries()) index.add(at + 1, face);
    return index;
  };

  it.each(dbscanCases())('are those of all pairs: $name', async ({ name, width, eps, minSamples, faces }) => {
    const values = Float32Array.from(faces.flatMap((face) => [...face]));
    const scan = createDbscan({ minSamples, eligible: everyone(faces.length) });
    await eachNearPair({ values, rows: faces.length }, width, eps, (a, b) => scan.near(a, b), signal);
    expect([...scan.result().labels]).toEqual(expected[name]);
  });

  it.each(dbscanCases())('are those of the index, from its lists: $name', async (one) => {
    const index = indexOf(one);
    await index.link();
    const slots = Int32Array.from(one.faces, (_, slot) => slot);
    const rules = { eps: one.eps, minSamples: one.minSamples, eligible: everyone(slots.length) };
    const { labels, bridges } = await dbscanIndex(index, slots, rules, signal);
    expect([...labels]).toEqual(expected[one.name]);
    // Linkage walks edges: with the bridges they join what DBSCAN joined.
    const edges = mergeEdges(edgesWithin(index, slots, one.eps), edgesBetween(index, slots, bridges));
    expect([...dbscan({ edges, ...rules }).labels]).toEqual(expected[one.name]);
  });

  it('miss what lies between bursts where only the nearest are compared', async () => {
    const bursts = dbscanCases().find(({ name }) => name === 'bursts')!;
    const index = indexOf(bursts);
    await index.link();
    const slots = Int32Array.from(bursts.faces, (_, slot) => slot);
    const edges = edgesWithin(index, slots, bursts.eps);
    const { labels } = dbscan({ edges, eps: bursts.eps, minSamples: 2, eligible: everyone(slots.length) });
    expect(Math.max(...labels)).toBeGreaterThan(Math.max(...expected['bursts']!));
  });
});

describe('near pairs', () => {
  it('are all pairs within the radius, the border included, each once and in order', async () => {
    const [{ faces, width }] = dbscanCases() as [DbscanCase];
    const values = Float32Array.from(faces.flatMap((face) => [...face]));
    const distance = (a: number, b: number): number => Math.sqrt(squaredDistance(values, a, values, b, width));
    // A radius that some pair lies at exactly.
    const radius = distance(3, 600);
    const found: string[] = [];
    await eachNearPair({ values, rows: faces.length }, width, radius, (a, b) => found.push(`${a} ${b}`), signal);
    const wanted = new Set<string>();
    for (let b = 0; b < faces.length; b++) {
      for (let a = 0; a < b; a++) if (distance(a, b) <= radius) wanted.add(`${a} ${b}`);
    }
    expect(wanted.has('3 600')).toBe(true);
    expect(found.length).toBe(wanted.size);
    expect(new Set(found)).toEqual(wanted);
    const again: string[] = [];
    await eachNearPair({ values, rows: faces.length }, width, radius, (a, b) => again.push(`${a} ${b}`), signal);
    expect(again).toEqual(found);
  });

  it('can be cancelled between two products', async () => {
    const [{ faces, width }] = dbscanCases() as [DbscanCase];
    const values = Float32Array.from(faces.flatMap((face) => [...face]));
    const stop = new AbortController();
    let pairs = 0;
    const scan = eachNearPair(
      { values, rows: faces.length },
      width,
      0.5,
      () => ++pairs === 1 && stop.abort(),
      stop.signal,
    );
    await expect(scan).rejects.toMatchObject({ code: 'cancelled' });
  });
});

import { createDbscan } from '../../app/engine/cluster/dbscan.ts';
import { eachNearPair } from '../../app/engine/vector/near-pairs.ts';
import { head, measure, row } from './measure.ts';
import { scikitDbscan } from './scikit-dbscan.ts';
import { createSyntheticFaces, space128 } from './synthetic-faces.ts';

/** DBSCAN of all pairs of 128 numbers, ours and scikit-learn's one after the other, twice. */
export async function benchExact(faces = 50_000): Promise<void> {
  const { dimensions, eps } = space128;
  const { vectors } = createSyntheticFaces(faces, space128);
  console.log(`\nDBSCAN of ${faces} × ${dimensions}, eps ${eps}, min_samples 2, all pairs`);
  head('by', 'wall s', 'CPU s', 'clusters', 'labels that differ');
  for (let round = 0; round < 2; round++) {
    const ours = await measure(() => scanAll(vectors, faces));
    row('Familiar', ours.wall / 1000, ours.cpu / 1000, String(Math.max(...ours.value) + 1), '');
    const theirs = scikitDbscan(vectors, dimensions, eps, 2);
    const differing = theirs.labels.filter((label, at) => label !== ours.value[at]).length;
    row('scikit-learn', theirs.wall, theirs.cpu, String(Math.max(...theirs.labels) + 1), String(differing));
  }
}

async function scanAll(values: Float32Array, rows: number): Promise<number[]> {
  const { dimensions, eps } = space128;
  const scan = createDbscan({ minSamples: 2, eligible: new Uint8Array(rows).fill(1) });
  const take = (a: number, b: number): void => void scan.near(a, b);
  await eachNearPair({ values, rows }, dimensions, eps, take, new AbortController().signal);
  return [...scan.result().labels];
}

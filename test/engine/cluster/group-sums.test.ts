import { expect, it } from 'vitest';

import { createGroupSums } from '../../../app/engine/cluster/group-sums.ts';
import { dotProduct } from '../../../app/engine/vector/distance.ts';
import { createIdentities } from '../../factories/identities.ts';
import { createRandom } from '../../factories/library.ts';

it.each([8, 30])('multiplies the sums of groups of vectors of %d, however they were joined', (dimensions) => {
  const random = createRandom(2);
  const { face } = createIdentities(1, dimensions, 0.9);
  // So many that the memory has to grow.
  const vectors = Array.from({ length: 6000 }, (_, i) => face(i % 6));
  const sums = createGroupSums(vectors.length, (node) => vectors[node]!);
  const plain = new Map(vectors.map((vector, node) => [node, vector.slice()]));
  for (let joins = 0; joins < 5000; joins++) {
    const groups = [...plain.keys()].slice(-50);
    const into = groups[Math.floor(random() * groups.length)]!;
    const from = groups[Math.floor(random() * groups.length)]!;
    if (into === from) continue;
    expect(sums.product(into, from)).toBeCloseTo(dotProduct(plain.get(into)!, plain.get(from)!), 3);
    sums.join(into, from);
    for (const [i, value] of plain.get(from)!.entries()) plain.get(into)![i]! += value;
    plain.delete(from);
  }
});

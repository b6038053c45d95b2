import type { Output } from '../../contract/api.ts';
import { agreementOf, type Agreement } from './cluster-measures.ts';
import { hasBothKinds } from './cross-validate.ts';
import { folderPairs, type Compared } from './folder-pairs.ts';
import type { FolderPhoto } from './folder-photos.ts';
import { verification } from './verification.ts';

/**
 * The same measures for the pairs of a young photo and one that is not. `pairwise`: how well the groups bring such
 * pairs of one person together. `looks`: everybody's young photos taken together beside everybody's others, which is
 * what review and suggestions compare. Undefined where there are not such pairs of one person and of two.
 * @param compared along with `photos`
 */
export async function crossAge(
  photos: readonly FolderPhoto[],
  compared: readonly Compared[],
  dimensions: number,
  groups: Int32Array,
  distances: string,
  rest: () => Promise<void>,
): Promise<Output<'evaluate.folders'>['crossAge']> {
  if (!photos.some(({ young }) => young)) return undefined;
  const counted = await folderPairs(compared, dimensions, rest, true);
  if (!hasBothKinds(counted.all)) return undefined;
  const looks = looksOf(compared, dimensions);
  const byLook = await folderPairs(looks, dimensions, rest, true);
  const found = photos.filter(({ face }) => face !== null);
  return {
    ...(await verification(counted, rest)),
    distances,
    undetected: photos.length - found.length,
    pairwise: crossAgreement(found, groups),
    looks: {
      ...(await verification(byLook, rest)),
      distances,
      undetected: looks.filter(({ vector }) => vector === null).length,
    },
  };
}

/** The young faces of each person as one, and the others: their means as unit vectors. */
function looksOf(compared: readonly Compared[], dimensions: number): Compared[] {
  return [...Map.groupBy(compared, ({ person, young }) => `${person} ${young}`).values()].flatMap((some) => {
    const sum = new Float32Array(dimensions);
    for (const { vector } of some) for (const [i, value] of (vector ?? []).entries()) sum[i] = (sum[i] ?? 0) + value;
    const length = Math.hypot(...sum);
    return some.slice(0, 1).map((one) => ({ ...one, vector: length > 0 ? sum.map((value) => value / length) : null }));
  });
}

/** `groups[i]` is the group of photo i. */
function crossAgreement(photos: readonly FolderPhoto[], groups: Int32Array): Agreement {
  const pairsIn = (keyOf: (photo: FolderPhoto, i: number) => string | number): number => {
    const counts = new Map<string | number, [young: number, grown: number]>();
    for (const [i, photo] of photos.entries()) {
      const count = counts.get(keyOf(photo, i)) ?? [0, 0];
      count[photo.young ? 0 : 1]++;
      counts.set(keyOf(photo, i), count);
    }
    return Array.from(counts.values(), ([young, grown]) => young * grown).reduce((sum, pairs) => sum + pairs, 0);
  };
  const right = pairsIn(({ person }, i) => `${person} ${groups[i]}`);
  return agreementOf(
    right,
    pairsIn((_, i) => groups[i] ?? 0),
    pairsIn(({ person }) => person),
  );
}

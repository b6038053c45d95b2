import type { Output } from '../../contract/api.ts';
import { agreementOf, type Agreement } from './cluster-measures.ts';
import { hasBothKinds } from './cross-validate.ts';
import { folderPairs, type Vectors } from './folder-pairs.ts';
import type { FolderPhoto } from './folder-photos.ts';
import { verification } from './verification.ts';

/**
 * The same measures for the pairs of a young photo and one that is not. `pairwise`: how well the groups bring such
 * pairs of one person together. Undefined where there are not such pairs of one person and of two.
 */
export async function crossAge(
  photos: readonly FolderPhoto[],
  groups: Int32Array,
  vectors: Vectors,
  distances: string,
  rest: () => Promise<void>,
): Promise<Output<'evaluate.folders'>['crossAge']> {
  if (!photos.some(({ young }) => young)) return undefined;
  const counted = await folderPairs(photos, vectors, rest, true);
  if (!hasBothKinds(counted.all)) return undefined;
  const found = photos.filter(({ face }) => face !== null);
  return {
    ...(await verification(counted, rest)),
    distances,
    undetected: photos.length - found.length,
    pairwise: crossAgreement(found, groups),
  };
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

import type { TensorFlow } from '../model/engines/tfjs/backend.ts';
import { lone, pickFaces, rowsByPerson, type TrainingFaces } from './training-faces.ts';
import { valuesOf } from './values-of.ts';

export interface MisnamedSettings {
  /** Faces of a person below which their average says nothing of another face. */
  readonly leastFaces: number;
  /** How much nearer another person has to be, as a share of how much nearer people lie to themselves than to others. */
  readonly clearly: number;
}

/**
 * Named faces that most likely carry somebody else's name: on average they lie clearly nearer to the faces of another named
 * person than to the others of their own. Not to learn from: what they teach is wrong, and the nearest pairs of two people,
 * from which the gate takes its threshold, would be photos of one (bench/results/tune.md).
 * @returns rows, ascending
 */
export function misnamedFaces(
  tf: typeof TensorFlow,
  faces: TrainingFaces,
  { leastFaces, clearly }: MisnamedSettings,
): number[] {
  const people = [...rowsByPerson(faces).values()].map((rows) => rows.filter((row) => faces.trust[row] === 1));
  const named = people.filter((rows) => rows.length > 0);
  const rows = named.flat();
  if (rows.length === 0) return [];
  const products = productsWithSums(tf, pickFaces(faces, rows), named);
  const owners = named.flatMap((those, person) => those.map(() => person));
  const judged = rows.map((row, at) => {
    const owner = owners[at] ?? lone;
    let [own, nearest, all] = [NaN, -Infinity, 0];
    for (const [person, { length }] of named.entries()) {
      const product = products[at * named.length + person] ?? 0;
      // A face is no witness for itself, and the only one of its person has none.
      if (person === owner) own = length > 1 ? (product - 1) / (length - 1) : NaN;
      else if (length >= leastFaces) nearest = Math.max(nearest, product / length);
      if (person !== owner) all += product;
    }
    return { row, own, nearest, others: all / (rows.length - (named[owner]?.length ?? 0)) };
  });
  const apart = median(judged.map(({ own, others }) => own - others).filter(Number.isFinite));
  return judged
    .filter(({ own, nearest }) => nearest - own > clearly * apart)
    .map(({ row }) => row)
    .sort((a, b) => a - b);
}

/** Of each face its product with the sum of the vectors of each person: row by person. The faces lie person by person. */
function productsWithSums(
  tf: typeof TensorFlow,
  { vectors, dimensions, people: { length: count } }: TrainingFaces,
  people: readonly (readonly number[])[],
): Float32Array {
  const sums = new Float32Array(people.length * dimensions);
  let from = 0;
  for (const [person, { length }] of people.entries()) {
    for (const end = from + length * dimensions; from < end; from++) {
      const at = person * dimensions + (from % dimensions);
      sums[at] = (sums[at] ?? 0) + (vectors[from] ?? 0);
    }
  }
  return valuesOf(tf, () =>
    tf.matMul(tf.tensor2d(vectors, [count, dimensions]), tf.transpose(tf.tensor2d(sums, [people.length, dimensions]))),
  );
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;
}

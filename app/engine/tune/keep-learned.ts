import type { HeadId } from '../../contract/ids.ts';
import type { HeadRecord, HeadTable } from '../db/heads.ts';
import type { TrainingMaterial } from '../db/training-material.ts';
import { combined, type DistanceMove } from './distance-move.ts';
import type { Learned } from './tune-service.ts';

export interface Keeping {
  readonly heads: HeadTable;
  readonly material: TrainingMaterial;
  readonly clock: () => number;
}

/** What a run began with. */
export interface Basis {
  readonly version: string;
  readonly embedder: string;
  readonly parent: HeadId | null;
  /** What that head does to distances. */
  readonly move: DistanceMove;
}

/**
 * Writes down what a run came to. What the user has changed since it began does not undo it, because it was judged on what
 * was so then; it is said. To be called in a transaction.
 */
export function keepLearned(
  { heads, material, clock }: Keeping,
  { version, embedder, parent, move: before }: Basis,
  { weights, distances, move, record, faces, people }: Learned,
): { readonly record: HeadRecord; readonly isWaiting: boolean } {
  const labels = Array.from(faces).flatMap((face, row) => (people[row] ? [face, people[row]] : []));
  const takenBack = material.takenBack(labels);
  const words = `Of ${takenBack} of the faces you have said something else since it began.`;
  const said = takenBack > 0 ? { ...record, remedies: [...record.remedies, words] } : record;
  heads.add({
    at: clock(),
    version,
    embedder,
    state: weights ? 'waiting' : 'refused',
    from: parent,
    weights,
    distances: weights && { ...distances, move: combined(before, move) },
    record: said,
    faces,
    people,
  });
  return { record: said, isWaiting: weights !== null };
}

import { setImmediate } from 'node:timers/promises';

import { Failure } from '../../contract/errors.ts';
import type { LabelledFace, LabelledFaceQueries } from '../db/labelled-faces.ts';

/** Rows read before other requests get their turn: about 2 ms. */
const rowsAtOnce = 1000;

/**
 * The faces that the user said whose they are, of people with two such faces or more; every n-th where they are more
 * than `most`.
 * @throws {Failure} `cancelled`
 */
export async function readLabelled(
  queries: LabelledFaceQueries,
  most: number,
  signal: AbortSignal,
): Promise<LabelledFace[]> {
  const faces: LabelledFace[] = [];
  for (;;) {
    const rows = queries.after(faces.at(-1)?.id ?? 0, rowsAtOnce);
    faces.push(...rows);
    if (rows.length < rowsAtOnce) break;
    await setImmediate();
    if (signal.aborted) throw new Failure('cancelled', 'cancelled');
  }
  const step = Math.ceil(faces.length / most);
  return ofTwoOrMore(step > 1 ? faces.filter((_, at) => at % step === 0) : faces);
}

function ofTwoOrMore(faces: readonly LabelledFace[]): LabelledFace[] {
  const ofPerson = Map.groupBy(faces, ({ person }) => person);
  return faces.filter(({ person }) => (ofPerson.get(person)?.length ?? 0) > 1);
}

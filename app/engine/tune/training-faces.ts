/** A face that belongs to no known person: it can only be a negative. */
export const lone = -1;

/**
 * What a head learns from. Row i is one face; all arrays run along. People are numbered from 0 on; those that the
 * user named and those that were only guessed (tight groups, bursts) differ in `trust`.
 */
export interface TrainingFaces {
  readonly dimensions: number;
  /** Rows of L2 norm 1. */
  readonly vectors: Float32Array;
  /** Whose face it is, or `lone`. */
  readonly people: Int32Array;
  /** How far that is to be believed: 1 where the user confirmed it, less where it is guessed. */
  readonly trust: Float32Array;
  /** Photos of one moment (a burst, an outing) share an event; a face alone has an event of its own. */
  readonly events: Int32Array;
  /**
   * Pairs of rows that are surely two people: a, b, a, b, … No two of them have one person in `people`, so every such
   * pair is a negative wherever both are drawn, and mining needs not look here.
   */
  readonly apart: Int32Array;
}

/** The rows of each person, in order; lone faces are left out. */
export function rowsByPerson({ people }: Pick<TrainingFaces, 'people'>): Map<number, number[]> {
  const rows = new Map<number, number[]>();
  for (const [row, person] of people.entries()) {
    if (person === lone) continue;
    const own = rows.get(person);
    if (own) own.push(row);
    else rows.set(person, [row]);
  }
  return rows;
}

/** Some of the faces, in the order of `rows`. Pairs of which one is left out are dropped. */
export function pickFaces(faces: TrainingFaces, rows: readonly number[]): TrainingFaces {
  const { dimensions } = faces;
  const vectors = new Float32Array(rows.length * dimensions);
  const newRow = new Map(rows.map((row, at) => [row, at]));
  for (const [at, row] of rows.entries()) {
    vectors.set(faces.vectors.subarray(row * dimensions, (row + 1) * dimensions), at * dimensions);
  }
  const apart: number[] = [];
  for (let i = 0; i < faces.apart.length; i += 2) {
    const [a, b] = [newRow.get(faces.apart[i] ?? -1), newRow.get(faces.apart[i + 1] ?? -1)];
    if (a !== undefined && b !== undefined) apart.push(a, b);
  }
  return {
    dimensions,
    vectors,
    people: Int32Array.from(rows, (row) => faces.people[row] ?? lone),
    trust: Float32Array.from(rows, (row) => faces.trust[row] ?? 0),
    events: Int32Array.from(rows, (row) => faces.events[row] ?? 0),
    apart: Int32Array.from(apart),
  };
}

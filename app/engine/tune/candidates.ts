/** Faces that may be learnt from. All arrays run along. */
export interface Candidates {
  readonly faces: Int32Array<ArrayBuffer>;
  /** Whom the user said it is; 0: nobody has. */
  readonly people: Int32Array<ArrayBuffer>;
  /** The group that a face without a name is in, 0 for none. */
  readonly groups: Int32Array<ArrayBuffer>;
  readonly photos: Int32Array<ArrayBuffer>;
  /** Ms since 1970 as if UTC; NaN where nobody knows. */
  readonly taken: Float64Array<ArrayBuffer>;
}

/** Some of the candidates, in the order of `rows`. */
export function pickCandidates({ faces, people, groups, photos, taken }: Candidates, rows: Int32Array): Candidates {
  const pick = (values: Int32Array): Int32Array<ArrayBuffer> => Int32Array.from(rows, (row) => values[row] ?? 0);
  return {
    faces: pick(faces),
    people: pick(people),
    groups: pick(groups),
    photos: pick(photos),
    taken: Float64Array.from(rows, (row) => taken[row] ?? NaN),
  };
}

export const clusterSettings = {
  /** Faces of one person that make a group, the face itself counted; 2 and up. FaceNet article: 2. */
  minSamples: 2,
  /** Quality from which a face may join others into a group, 0 to 1; poorer ones are only attached. Under 1 % of lfw-dev. */
  coreQuality: 0.25,
  /** A background run follows when the faces have grown by this share since the last one. */
  growth: 0.25,
  /** Faces below which growth alone starts no run, so that the first photos do not start dozens. */
  growthFloor: 200,
  /** Milliseconds after the user's last word before the faces are grouped by it: long enough to say several things. */
  afterWordMs: 1500,
  /** And at least this many times as long as the last run took, so that grouping never takes most of the time. */
  restFactor: 2,
  /** Faces with full lists that are compared pair by pair, at most: 1.7 s of CPU at 512 numbers (bench/people). */
  bridgedFaces: 16_384,
  /** Faces of a group that grouping never gives a named person by itself: the user is asked (bench/results/tune.md). */
  manyFaces: 5,
  /** Faces linked by themselves, at most: their sums are 16 MB at 512 numbers, which a processor keeps near. */
  blockFaces: 8192,
  /** Rows a background transaction changes at most, so that it stays under 10 ms. */
  rowsAtOnce: 500,
} as const;

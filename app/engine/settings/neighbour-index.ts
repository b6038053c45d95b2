export const indexSettings = {
  /** Neighbours kept for each face, 1 kB a face: a tuned head re-weighs them instead of building another index. */
  neighbours: 128,
  /** Those of them that clustering walks: DBSCAN at min 2 needs few, and the time of linkage grows with them. */
  edges: 32,
  /** Faces linked in one turn, at most, 1 to 64: they share what is read of the others. */
  batch: 32,
  /** Pairs compared in one turn, about 100 ms: as long questions and a cancel wait. */
  comparedAtOnce: 3_000_000,
  /** Faces whose codes are made in one turn, some 30 ms. */
  encodedAtOnce: 5000,
  /** Threads of one matrix product, at most. */
  threads: 4,
  /** Links a face has in a layer of the HNSW graph, 5 to 48. Malkov and Yashunin 2018. */
  m: 16,
  /** Candidates while building, 100 to 500: quality of the graph against time to add. */
  efConstruction: 200,
  /**
   * Candidates while searching, from `neighbours` up. Of faces like those it holds 400 are enough for .99 of the 32 nearest; of
   * faces of new people, among 300,000, 400 find .83, 1000 .94, 1600 .97 (bench/results/people.md).
   */
  efSearch: 1000,
  /** Of the layers a face is drawn into; fixed, so that a library gives the same graph again. */
  seed: 100,
  /**
   * Faces up to which all are compared: exact, and cheaper than a graph that finds nearly as much (bench/results/people.md: at
   * 300,000 20 ms against 18 in the portions of an import).
   */
  exactFaces: 500_000,
  /** Faces that the graph takes in for each new one while it is filled, 2 and up: so nothing ever stops for it. */
  filledPerFace: 3,
  /** Share of removed faces from which the index is begun anew when it is opened. */
  staleShare: 0.25,
} as const;

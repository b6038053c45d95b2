export const indexSettings = {
  /** Neighbours kept for each face, 1 kB a face: a tuned head re-weighs them instead of building another index. */
  neighbours: 128,
  /** Those of them that clustering walks: DBSCAN at min 2 needs few, and the time of linkage grows with them. */
  edges: 32,
  /** Faces linked in one turn, 1 to 64: they share what is read of the others, and a cancel waits for one turn. */
  batch: 32,
  /** Threads of one matrix product, at most. */
  threads: 4,
  /** Links a face has in a layer of the HNSW graph, 5 to 48. Malkov and Yashunin 2018. */
  m: 16,
  /** Candidates while building, 100 to 500: quality of the graph against time to add. */
  efConstruction: 200,
  /** Candidates while searching, from `neighbours` up: of 100,000 faces .991 of the 32 nearest are found, .986 at 256. */
  efSearch: 400,
  /** Of the layers a face is drawn into; fixed, so that a library gives the same graph again. */
  seed: 100,
  /**
   * Faces up to which all are compared: exact, and in the portions of an import cheaper than the graph (bench/results/
   * people.md: 4 ms against 9 at 100,000).
   */
  exactFaces: 200_000,
  /** Faces that the graph takes in for each new one while it is filled, 2 and up: so nothing ever stops for it. */
  filledPerFace: 3,
  /** Share of removed faces from which the index is begun anew when it is opened. */
  staleShare: 0.25,
} as const;

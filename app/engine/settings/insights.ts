export const insightsSettings = {
  /**
   * A face is doubtful when it lies farther from its group on the average than this share of the acceptance, or when
   * another group is nearer than this many times that distance. 5 % is about what two photos of one face differ by.
   */
  nearlyTooFar: 0.95,
  nearlyAsNear: 1.05,
  calibration: {
    /** Named people with two labelled faces, and such faces, below which no distances are suggested. A guess. */
    leastPeople: 10,
    leastFaces: 50,
    /** Distances that are tried, as shares of the standard ones: each costs a clustering of the library. */
    shares: { from: 0.8, to: 1.2, step: 0.04 },
    /** How often people are dealt into halves, as in scripts/calibrate-clusters.ts; and as there, … */
    deals: 5,
    /** … the share of the pairs of faces in one group that has to be right. */
    precision: 0.99,
  },
  map: {
    /** Faces on the map, at most: 3,000 take UMAP 11 s of CPU (bench/insights.ts). */
    faces: 2000,
    /** Neighbours that a face is kept near to; McInnes et al. 2018 take 15. */
    neighbours: 15,
    epochs: 250,
    seed: 1,
  },
} as const;

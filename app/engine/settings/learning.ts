/** When and from what the library learns a head. */
export const learningSettings = {
  faces: {
    /**
     * Faces that the user has spoken of, and others, that one training gets, at most. 100 and up. Bounds its time and
     * memory: 9,000 vectors of 512 numbers are 18 MB.
     */
    labelled: 5000,
    unnamed: 4000,
    /** Rows and vectors that are read before other requests get their turn: 2 to 5 ms. */
    rowsAtOnce: 1000,
    vectorsAtOnce: 400,
  },
  events: {
    /** Minutes, 1 and up: an outing may pause for a meal. A guess; longer only keeps more photos together. */
    gapMinutes: 180,
    /** Share of eps, 0 to 1. A guess, far below what two photos of different days reach in LFW. */
    alike: 0.4,
  },
  automatic: {
    /** Faces that the user has spoken of since the last run, from which another begins by itself: at least so many … */
    faces: 50,
    /** … and at least this share of all of which that is known, so that a large library does not learn all day. */
    share: 0.1,
    /** Milliseconds after the last word, and after the library was opened, before it is looked whether one should begin. */
    quietMs: 60_000,
  },
  /** Milliseconds between two events that tell how far a run is. */
  progressMs: 250,
  /** Points of the loss that are kept of a run, about. Enough for a plot. */
  points: 300,
  /** Fresh faces that are counted, at most: nobody cares for more, and the journal is read for them. */
  mostFresh: 20_000,
} as const;

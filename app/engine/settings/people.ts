export const peopleSettings = {
  /**
   * A group without a name counts for less when it is in fewer photos than this, or when its faces are seen worse than
   * that on average (0 to 1: quality × size in the photo; a sharp face of a tenth of the photo's side is near 0.8).
   */
  shownPhotos: 3,
  shownProminence: 0.12,
  /** Average distances at which one person's faces are parted, as shares of the pack's acceptance, widest first. */
  splitShares: [1, 0.9, 0.8, 0.7, 0.6],
  /** Faces from which a part of a person is shown as one. */
  leastPart: 2,
  /**
   * Two parts look like two people when the distance between them is this many times that within them, and beyond
   * acceptance. Parts of one person in simulated identities reach 1.15, two people 2 and more (sub-groups.test.ts).
   */
  clearGap: 1.3,
  /** Faces that both parts have at least when two people are suspected unasked. */
  suspectedPart: 3,
  /** People suggested as the same as one, at most. */
  suggested: 24,
  /**
   * Of the likelihood that faces without a name are the person nearest to them: a logistic regression with about what
   * `npm run bench:review` fits for three embedders. Evidence is bounded, decades: beyond `most` nobody has measured, and
   * `least`, one in thirty pairs of different people, says nothing: in a large library somebody is always as near.
   */
  evidence: { offset: -10, own: 2.6, lead: 1.5, least: 1.5, most: 9 },
  /**
   * The share of yes among the questions that the regression was fitted on, and of how many questions it has the
   * weight when it is adjusted to a library: 100 gives 74, 68 and 16 of 111, 99 and 13 in truth.
   */
  usualYes: { share: 0.12, weight: 100 },
  /** How far the nearest face of a person may be for a question, as a share of the pack's pair threshold. */
  widestAsked: 1,
  /** Likelihood from which it is asked whether faces are a person, 0 to 1: below, 39 answers of 40 are no. */
  leastAsked: 0.05,
  /** Likelihood from which a yes about some faces of a person takes others along, 0 to 1. */
  takenAlong: 0.98,
  estimate: {
    /** Of the likelihood that a face is the person it is shown as: fitted by `npm run bench:estimates`. */
    rightWeights: { offset: -3.5, own: 1.15, lead: 1.25 },
    /** Answers of the user that weigh as much as what the distances tell of wrong faces. */
    checkWeight: 30,
    /** Missing faces that no question reaches or that it expects too few of: for each face of the person, and for each expected. */
    unreached: { perFace: 0.004, perExpected: 0.65 },
  },
  /** Faces judged in one question to the index: each costs 2 kB there. Many at a time share a walk over the lists. */
  judgedAtOnce: 5000,
  /** Faces of the person that are shown beside the one that is asked about, at most. */
  shownBeside: 5,
  /** Faces of a person that are compared with one another and with others; beyond, the best ones. Bounds the time. */
  comparedFaces: 20_000,
  /** How looks change with age (people/prototypes.ts); by what is known of growing up, not measured on photos. */
  ages: {
    /** Years over which a look lasts, where no birth is known. */
    spanYears: 5,
    /** Years after which a person changes half as fast as at birth: a look lasts 2.5 years then, 10 at the age of 30. */
    ripening: 10,
    /** Looks of a person, as many spans, from which a face of another day is compared with them. */
    leastSpans: 2,
    /**
     * What the distance of two looks is multiplied by to be as rare among two people as that of two faces: 1.01 to 1.09
     * on lfw-dev for looks of two to eight faces and rates of 1e-2 to 1e-4.
     */
    lookShare: 1.05,
    /** Decades of false accepts from which people of different years are suggested as one: 3, one pair in a thousand. */
    leastRarity: 3,
    /** Faces of one span from which they decide about faces of the same years: one or two may be poor ones. */
    decidingFaces: 3,
    /** Faces of a person that looks are made of, at most: the best. 1 MB, read in a few ms. */
    facesPerPerson: 400,
  },
} as const;

/**
 * Training of a head on the user's people: rows 2 to 9 of the FaceNet article. `Measured`: on lfw-dev with FaceNet and
 * fr-feature, simulated users that no reported run uses (bench/results/tune.md).
 */
export const tuneSettings = {
  training: {
    /**
     * P and K: the article wants 180 to 300 faces in a batch and 30 people, where there are so many. Measured: at 60 × 4
     * people never labelled gain 0.5 points more than at 40 × 5; 90 × 3 is no better.
     */
    people: 60,
    /**
     * Share of P for named people, 0 to 1; without it they are a sixth here. Measured: at 0.5 they regain 38 instead of 33 %
     * at FAR 1e-3 and 34 instead of 26 at 1e-4; at 0.7 41 and 39, and people never labelled gain 0.2 points less.
     */
    named: 0.5,
    faces: 4,
    /** Faces of nobody known in a batch. Measured: 160 gain less. */
    lone: 80,
    /**
     * What a face of nobody known weighs as an anchor, 0 up; a pair of confirmed faces weighs 1. Measured: without, dlib's
     * everybody loses 3.7 points at FAR 1e-4 and strength 0.85, gains 0.3 at 1 and 1.1 at 2; at 4 named people lose half of their gain.
     */
    strangers: 1,
    /** Of the triplet loss, in squared distance of unit vectors, up to 4. Article; see `remedies.widen`. */
    margin: 0.2,
    mining: 'semi-hard',
    /** Batches of one training; there are `split.folds`. Measured: 300 of them gain nothing over 200; at 100 1 % less is regained. */
    steps: 150,
    /** Adam, cosine annealing. Article. */
    rate: 0.05,
    beta1: 0.9,
    beta2: 0.999,
    /** Share of the change that a step takes away, over its rate, 0 up. Measured: 0.1 changes little, 0.3 gains less. */
    decay: 0.02,
  },
  watch: {
    /** Steps. */
    window: 20,
    /**
     * Shares, 0 to 1: of the first window's loss, of the first spread, of the pairs that have to teach something. At a
     * margin of 0.2 these are 11 % with dlib, which gains twice as much at 0.6.
     */
    fall: 0.02,
    collapse: 0.2,
    active: 0.15,
  },
  remedies: {
    /**
     * At 0.2 a good embedder has hardly a triplet left to learn from: of the pairs 3 % of FaceNet's and 1 % of
     * fr-feature's cost anything. Measured: at 0.6 all gain more than at 0.2 and 0.4; at 0.8 labelled people less.
     */
    widen: 3,
    widestMargin: 0.8,
    /** Article. */
    lowerRate: 0.005,
    largerBatch: 1.5,
    attempts: 3,
  },
  /**
   * Thirds of the photos and of the people: everybody is held out altogether once. Measured: with 0.15 the gain of
   * people never seen has a standard error of 1.0 points, with a third 0.7; five folds show no more and take half again.
   */
  split: { folds: 3, unseen: 1 / 3 },
  /** 0 to 1. Measured: 0.2 to 0.4 are alike; a whole whitening instead of half of one gains less than nothing. */
  shrinkage: 0.4,
  gate: {
    fars: [1e-4],
    /** Pairs of two people accepted at that rate: with 10 the threshold is known to a third of its rate. */
    leastAccepted: 10,
    /** With 100 of them it is known to a tenth, which moves the rates by less than drawing people does. */
    sureAccepted: 100,
    /** A guess: below, a bootstrap over people means nothing. */
    leastPeople: 8,
    draws: 2000,
    /** One-sided: 99.5 % confidence. */
    risk: 0.005,
    /** Half a point, under one standard error of people never seen on lfw-dev. */
    tolerance: 0.005,
    lossRisk: 0.05,
  },
  /**
   * Measured: at 0.85 known people regain 5 % more of what is missing than at 0.7, but people never seen and the groups
   * gain less, and with fr-feature the groups may be worse than without; 0.5 is for libraries where 0.7 is too much.
   */
  strengths: [0.7, 0.5],
  /** 1,000 up. All of a library as those of lfw-dev (2,800); more cost time: the products grow with the square. */
  judgedFaces: 4000,
  /**
   * Faces that carry a wrong name, most likely: least faces of the other person, 1 up, and a share, 0 to 1. Measured: of a tenth
   * of wrong labels 9 in 10 are found and of 650 right ones one at most; without the share twice as many right ones, or more.
   */
  misnamed: { leastFaces: 3, clearly: 0.5 },
  guesses: {
    /** As shares of eps: pairs taken for one person, and how near a stranger may be to somebody named. First trials. */
    tight: 0.85,
    doubtful: 1,
    /**
     * How far a guess is trusted, 0 to 1; what the user confirmed is 1. Measured: at 0.25 the named regain 1 % more at FAR
     * 1e-4 than at 0.5, people never labelled gain 0.6 points less.
     */
    trust: 0.5,
  },
} as const;

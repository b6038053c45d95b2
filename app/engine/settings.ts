/**
 * Every size and threshold of the engine that belongs to no model pack. Each line has its unit, its range
 * and where the number comes from.
 */
export const settings = {
  import: {
    /** Longest file that is read into memory, bytes. Above the largest JPEG a 200-megapixel phone writes, by far. */
    fileBytes: 512 * 2 ** 20,
    /** Most pixels a picture may declare: 16,384², above 200-megapixel phones; more is a bomb or needs gigabytes. */
    inputPixels: 2 ** 28,
    /**
     * Most pixels of the working picture that detection and crops see. A 12-megapixel photo decodes at half size in
     * 70 ms of CPU (75 ms at full size, 50 ms at a quarter); a face of 20 pixels there is 40 in the original.
     * An area rather than a side, so that a panorama keeps its faces.
     */
    workingPixels: 3.15e6,
    /** Longest side of the working picture, pixels: half of what WebP can hold. */
    workingSide: 8192,
    /** Grid thumbnail: 320 high is a row of 160 on a dense screen. Effort 2: a tenth smaller than 0 at 3 ms more. */
    smallThumb: { width: 1280, height: 320, quality: 78, effort: 2 },
    /** Viewer thumbnail: fills a laptop screen. Effort 0: 74 ms of CPU where effort 4 takes 230 to save a sixth. */
    largeThumb: { width: 1600, height: 1600, quality: 80, effort: 0 },
    /** Placeholder, pixels on the long side. */
    blurSide: 16,
    /** WebP quality of the 256-pixel crops, 0 to 100: another embedder has to be content with them. */
    cropQuality: 88,
    /** Photos one detection call gets. The detector looks at one after the other: more would only fill memory. */
    detectPhotos: 1,
    /** Faces one embedding call gets, at most. models.md: 8.5 ms a face alone, 5 ms in batches of 8. */
    embedFaces: 32,
    /** Photos whose faces may wait for an embedding call to fill: while they wait, a model thread may stand idle. */
    embedPhotos: 4,
    /** Calls of one kind that the model threads have in hand or find waiting. */
    modelCalls: 4,
    /** Milliseconds after which an incomplete batch goes on, when files come slowly. */
    batchWaitMs: 300,
    /** Calls a photo gets when a thread dies or a model run fails under it. */
    attempts: 2,
    /** Photos in a row that may fail for reasons of ours before the import stops and says so. */
    failuresInARow: 5,
    /** Times the program may die with a file in flight before the file is set aside. */
    crashes: 2,
    /** Files looked up and queued in one transaction: about 2 ms. */
    walkBatch: 128,
    /** Overlap (intersection over union) from which a face found again is the same face. */
    minIou: 0.5,
    /** The same for a face that was erased. Detectors draw boxes differently; faces side by side overlap under 0.2. */
    erasedIou: 0.25,
    /** Milliseconds between two progress events. */
    progressMs: 250,
    /** Milliseconds over which the rate is taken. */
    rateMs: 10_000,
  },
  models: {
    /** The packs that are used: see resources/models. */
    detector: 'ultra-light',
    embedder: 'fr-feature',
    /** Model threads at most; the cores are shared out among them. Few: each holds the networks (10 MB). */
    threads: 4,
  },
  backends: {
    /**
     * How much less time than ONNX Runtime's a typical photo must take on another backend for it to be chosen: their
     * ratio, above 1. Repeated measurements of one backend on a busy computer differ by up to a fifth.
     */
    clearlyFaster: 1.25,
    /** Faces of a typical photo, for that time: 371 on 300 photos (ARCHITECTURE.md). */
    facesPerPhoto: 1.25,
    /** Timed rounds at least, after one that warms up, and milliseconds that they take at least. */
    rounds: 3,
    milliseconds: 600,
    /** Milliseconds after which a backend counts as hanging. WASM takes a minute for FaceNet on two old cores. */
    patienceMs: 180_000,
    /** Milliseconds without a job after which the backends are measured unasked. */
    quietMs: 20_000,
    /** Times the program may die while a backend is used before it is left out: one may have been a power cut. */
    crashes: 2,
  },
  download: {
    /** Tries in a row that bring nothing before an address is given up. */
    tries: 4,
    /** Milliseconds between two tries. */
    pauseMs: 1000,
    /** Milliseconds without a byte after which a connection counts as broken. */
    silenceMs: 30_000,
    /** Files fetched side by side: FaceNet is 266 of 350 kB, and each begins with a wait. */
    files: 4,
    /** Milliseconds between two progress events. */
    progressMs: 250,
  },
  reEmbed: {
    /** Faces of one turn: as many as an embedding call of the import gets, so that a kill repeats half a second. */
    faces: 32,
    /** Rows of old vectors dropped in one transaction: about 2 ms. */
    rowsAtOnce: 500,
    /** Milliseconds after which an import that runs is looked at again, before the switch. */
    waitMs: 500,
  },
  face: {
    /** Chips that the embedder gets at once: from 8 on a larger batch is hardly faster; bounds memory. */
    embedBatch: 16,
    /** Side of the crop that is kept of a face, pixels. */
    cropSize: 256,
    /**
     * Side of the crop over the side of the ArcFace chip. A chip turned by 45° needs 1.41, FaceNet's (1.11 times as
     * large) 1.57: so every embedder's chip can be cut out of the crop, at any roll.
     */
    cropMargin: 1.6,
    /** Variance of the Laplacian of a chip at which sharpness is one half: about the median of lfw-dev. */
    sharpnessReference: 130,
    /** Longer side of a box in pixels: at and below the first a face is useless, from the second on size is no matter. */
    uselessSide: 12,
    amplePixels: 80,
    /** Shortest side of a box that a user may draw, pixels of the original: below, no embedder sees a person. */
    smallestDrawn: 16,
    /** Side of what is looked at around a drawn box, over the longer side of the box: room for the crop, and a context. */
    drawnSurroundings: 3,
    /** Longest side of that look, pixels. */
    drawnLook: 1280,
    /** Overlap (intersection over union) from which a face found is the one drawn: users draw by eye. */
    drawnIou: 0.25,
    /** Score of a drawn face that the detector does not see: it may be attached, but stays below `coreQuality`. */
    unseenScore: 0.2,
    /** Degrees at which a face is useless. */
    uselessYaw: 75,
    uselessPitch: 60,
    /**
     * MTCNN's cascade. Scores and factor: Zhang et al. 2016 and its authors' code; the rest was chosen on photos made
     * of lfw-dev faces 14 to 350 pixels wide, cut by the frame and turned (bench/detectors.ts).
     */
    mtcnn: {
      smallestFace: 20,
      largestSide: 1500,
      frame: 0.5,
      pyramidFactor: 0.709,
      proposalScore: 0.6,
      refinementScore: 0.7,
      faceScore: 0.7,
      levelOverlap: 0.5,
      proposalOverlap: 0.7,
      refinementOverlap: 0.7,
      faceOverlap: 0.7,
      agreement: null,
      canvasPixels: 250_000,
      batch: 64,
    },
    /**
     * Ultra-Light's looks at a picture: the first finds 99 % of faces 20 pixels wide in a photo of 1,500, the second
     * those that fill the frame or are cut by it (100 % where the photo shows nothing but eyes to chin; 61 % if it is
     * made at 320 with a border of 96). O-Net judges afterwards, so a low score costs little. R-Net between the two
     * loses faces (2 of 2,684 in lfw-dev) and finds no more.
     */
    ultraLight: {
      looks: [
        { side: 960, border: 0 },
        { side: 160, border: 64 },
      ],
      score: 0.2,
      /**
       * O-Net doubts heads that are bowed or half hidden, of which Ultra-Light is certain. In group photos, photos without
       * a face and 25 composites (302 faces) this takes nothing wrong for a face: what is wrong there from 0.4 on was
       * proposed at 0.81 at most. To be confirmed on all scenes of bench/detectors.
       */
      agreement: { proposal: 0.98, from: 0.5, counts: 0.76 },
    },
    /**
     * When a photo is looked at turned by 90, 180 and 270 degrees (bench/detectors.ts): faces score at least 0.9994 in
     * most photos the right way up, and 0.995 at most in nearly all other ways round.
     */
    turning: { sure: 0.998, side: 480 },
    /** As Ultra-Light's. */
    ssdMobilenet: {
      looks: [
        { side: 960, border: 0 },
        { side: 320, border: 128 },
      ],
      score: 0.1,
    },
    tinyFace: {
      looks: [
        { side: 1280, border: 0 },
        { side: 224, border: 96 },
      ],
      score: 0.1,
    },
  },
  doctor: {
    /** GB free below which the doctor warns: about 5,000 photos' thumbnails and crops. */
    leastFreeGigabytes: 1,
  },
  cluster: {
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
    /** Rows a background transaction changes at most, so that it stays under 10 ms. */
    rowsAtOnce: 500,
  },
  people: {
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
     * `npm run bench:review` fits for three embedders. `most` bounds the evidence, decades: nobody has measured beyond.
     */
    evidence: { offset: -10, own: 2.6, lead: 1.5, most: 9 },
    /**
     * The share of yes among the questions that the regression was fitted on, and of how many questions it has the
     * weight when it is adjusted to a library: 100 gives 376, 231 and 13 of 358, 251 and 13 in truth.
     */
    usualYes: { share: 0.25, weight: 100 },
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
      /** Missing faces that no question reaches: for each face of the person, and for each that is expected. */
      unreached: { perFace: 0.006, perExpected: 0.05 },
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
  },
  index: {
    /** Neighbours kept for each face, 1 kB a face: a tuned head re-weighs them instead of building another index. */
    neighbours: 128,
    /** Those of them that clustering walks: DBSCAN at min 2 needs few, and the time of linkage grows with them. */
    edges: 32,
    /** Faces linked in one turn, 1 to 64: a matrix product of 32 takes the time of 12, and a cancel waits for one. */
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
    /** Faces up to which all are compared: exact, and in the portions of an import cheaper than the graph (bench/people.ts). */
    exactFaces: 50_000,
    /** Faces that the graph takes in for each new one while it is filled, 2 and up: so nothing ever stops for it. */
    filledPerFace: 3,
    /** Share of removed faces from which the index is begun anew when it is opened. */
    staleShare: 0.25,
  },
  /**
   * Training of a head on the user's people: rows 2 to 9 of the FaceNet article. `Measured`: on lfw-dev with FaceNet and
   * fr-feature, two simulated users that no reported run uses, by a NumPy copy of the training (bench/results/tune.md).
   */
  tune: {
    training: {
      /**
       * P and K: the article wants 180 to 300 faces in a batch and 30 people, where there are so many. Measured: at 60 × 4
       * people never labelled gain 0.5 points more than at 40 × 5; 90 × 3 is no better.
       */
      people: 60,
      faces: 4,
      /** Faces of nobody known in a batch. Measured: 160 gain less. */
      lone: 80,
      /** Of the triplet loss, in squared distance of unit vectors, up to 4. Article; see `remedies.widen`. */
      margin: 0.2,
      mining: 'semi-hard',
      /** Batches of one training; there are `split.folds` + 1. Measured: 300 of them gain nothing over 200. */
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
      /** Shares, 0 to 1: of the first window's loss, of the first spread, of the pairs that have to teach something. */
      fall: 0.02,
      collapse: 0.2,
      active: 0.05,
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
    /** Measured: at 1 known people gain no more than at 0.85, and people never seen less; 0.4 is for packs with little to gain. */
    strengths: [0.85, 0.7, 0.4],
    guesses: {
      /** As shares of eps: pairs taken for one person, and how near a stranger may be to somebody named. First trials. */
      tight: 0.85,
      doubtful: 1,
      /**
       * How far a guess is trusted, 0 to 1; what the user confirmed is 1. Measured with this code, seeds 1 to 3: at 0.25 the
       * named regain 3.6 % more at FAR 1e-4 than at 0.5, the others gain 0.5 points less; at 0.1 they gain hardly anything.
       */
      trust: 0.25,
    },
  },
  /** When and from what the library learns a head. */
  learning: {
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
  },
  /** What is measured of the open library by the user's labels. */
  evaluate: {
    /** Labelled faces compared pair by pair, at most: every n-th beyond. 10,000 give 50 million pairs, 20 s of CPU. */
    labelledFaces: 10_000,
    /** Where faces are parted for measures of their own: years of age, … */
    ages: [3, 13, 20, 40, 60],
    /** … the longer side in pixels of the photo (`face.uselessSide` and `amplePixels` lie at 12 and 80), … */
    sizes: [40, 80, 160],
    /** … and sharpness, 0 to 1: 0.5 is about the median of lfw-dev. */
    sharpness: [0.3, 0.6],
  },
  insights: {
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
  },
  search: {
    /** Most parts of a query, 1 to 500 (SQLite nests expressions 1,000 deep). Nobody types so many. */
    maxParts: 100,
    /** Suggestions shown at a time, by kind. A list that fits below the search field. */
    suggestedSaved: 8,
    suggestedPeople: 6,
    suggestedDates: 3,
    suggestedFolders: 3,
    /** People shown as often together with those of a search, and of how many of its newest photos: 10 ms. */
    together: 5,
    togetherPhotos: 2000,
    /** Photos whose folders are looked at for suggestions: 2,000 rows are read in 5 ms. */
    folderSample: 2000,
  },
} as const;

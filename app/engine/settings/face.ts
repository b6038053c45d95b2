export const faceSettings = {
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
} as const;

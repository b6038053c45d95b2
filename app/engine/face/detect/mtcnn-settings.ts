/** Everything that can be set in MTCNN's cascade. Scores and overlaps are 0 to 1. */
export interface MtcnnSettings {
  /** Pixels, at `largestSide` or in the picture itself where that is smaller. */
  readonly smallestFace: number;
  /** The picture is searched at this many pixels on its long side at most. */
  readonly largestSide: number;
  /** Width of the border round the picture, as part of its short side. */
  readonly frame: number;
  /** Size of a pyramid level relative to the one before. */
  readonly pyramidFactor: number;
  /** Below this a place is dropped: by the proposals, R-Net, O-Net. */
  readonly proposalScore: number;
  readonly refinementScore: number;
  readonly faceScore: number;
  /** Intersection over union above which the poorer of two boxes goes: in a level, across levels, after R-Net. */
  readonly levelOverlap: number;
  readonly proposalOverlap: number;
  readonly refinementOverlap: number;
  /** Intersection over the smaller box above which the poorer of two faces goes. */
  readonly faceOverlap: number;
  /** Pixels that P-Net gets at once, at least one level of a photo. On a processor up to 500,000 make no difference and more take twice the time. */
  readonly canvasPixels: number;
  /** What O-Net's doubts count where the network before it has none; null: as much as ever. */
  readonly agreement: Agreement | null;
  /** Boxes that R-Net and O-Net get at once: bounds memory. */
  readonly batch: number;
}

/** A place that was proposed at this score at least, and that O-Net gives `from` at least, counts as one of `counts`. */
export interface Agreement {
  readonly proposal: number;
  readonly from: number;
  readonly counts: number;
}

/** What lies outside the picture: the value that the networks' normalisation brings to about 0. */
export const grey = 128;

/** What is measured of the open library by the user's labels. */
export const evaluateSettings = {
  /** Labelled faces compared pair by pair, at most: every n-th beyond. 10,000 give 50 million pairs, 20 s of CPU. */
  labelledFaces: 10_000,
  /** Where faces are parted for measures of their own: years of age, … */
  ages: [3, 13, 20, 40, 60],
  /** … the longer side in pixels of the photo (`face.uselessSide` and `amplePixels` lie at 12 and 80), … */
  sizes: [40, 80, 160],
  /** … and sharpness, 0 to 1: 0.5 is about the median of lfw-dev. */
  sharpness: [0.3, 0.6],
} as const;

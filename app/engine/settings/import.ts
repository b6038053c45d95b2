export const importSettings = {
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
} as const;

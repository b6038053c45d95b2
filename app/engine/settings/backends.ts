export const backendsSettings = {
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
} as const;

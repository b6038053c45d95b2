export const downloadSettings = {
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
} as const;

export const modelsSettings = {
  /** The packs that are used: see resources/models. */
  detector: 'ultra-light',
  embedder: 'fr-feature',
  /** Model threads at most; the cores are shared out among them. Few: each holds the networks (10 MB). */
  threads: 4,
} as const;

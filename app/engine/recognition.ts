import type { EmbedderManifest } from './model/manifest.ts';

/** How the faces of the library are compared now: the embedder, and what was learnt on top of it. */
export interface Recognition {
  /** Names it. What two versions say of distances is never mixed. */
  readonly version: string;
  /** L2 between the vectors that are compared: unit vectors. */
  readonly thresholds: EmbedderManifest['thresholds'];
}

/** Of the active packs what matters here. */
interface ActivePacks {
  readonly embedder: EmbedderManifest;
  readonly embeddingVersion: string;
}

export function createRecognition(packs: () => ActivePacks): () => Recognition {
  return () => {
    const { embeddingVersion: version, embedder } = packs();
    return { version, thresholds: embedder.thresholds };
  };
}

import type { DatabaseSync } from 'node:sqlite';

import type { HeadId } from '../contract/ids.ts';
import { createHeadTable } from './db/heads.ts';
import type { EmbedderManifest } from './model/manifest.ts';
import { movedThresholds } from './tune/distance-move.ts';

/** How the faces of the library are compared now: the embedder, and what was learnt on top of it. */
export interface Recognition {
  /** Names it. What two versions say of distances is never mixed. */
  readonly version: string;
  /** The head that is in use; null: faces are compared by their embeddings. */
  readonly head: HeadId | null;
  /** L2 between the vectors that are compared: unit vectors. */
  readonly thresholds: EmbedderManifest['thresholds'];
}

/** Of the active packs what matters here. */
interface ActivePacks {
  readonly embedder: EmbedderManifest;
  readonly embeddingVersion: string;
}

/** The library is asked each time: two short reads, and nothing that could be out of date. */
export function createRecognition(packs: () => ActivePacks, sql: DatabaseSync): () => Recognition {
  const heads = createHeadTable(sql);
  return () => {
    const { embeddingVersion, embedder } = packs();
    const head = heads.active(embeddingVersion);
    if (!head) return { version: embeddingVersion, head: null, thresholds: embedder.thresholds };
    return {
      version: `${embeddingVersion}+${head.id}`,
      head: head.id,
      thresholds: movedThresholds(embedder.thresholds, head.distances),
    };
  };
}
